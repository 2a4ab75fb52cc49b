import { Button, SegmentedControl, Select } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useRouter, useSearch } from "@tanstack/react-router";
import { contentListQuery } from "../../api/content-queries";
import { exportList } from "../../api/exports";
import type { ContentKind, ContentRow, ContentState, DealStage } from "../../api/types";
import { formatDay, formatNumber } from "../../format/format";
import { ContentTitle, maySend, SendButton } from "../../parts/ContentList";
import { ContentStateMark } from "../../parts/content-marks";
import { ChoosableTable } from "../../parts/list/ChoosableTable";
import { EmptyList } from "../../parts/list/EmptyList";
import { ExportMenu } from "../../parts/list/ExportMenu";
import { FilterButton } from "../../parts/list/FilterSheet";
import { withQuick } from "../../parts/list/filter";
import { RecordPeek } from "../../parts/list/RecordPeek";
import { sortedBy, useSortable } from "../../parts/list/sortable";
import { useLeaveTrail } from "../../parts/list/trail";
import { ViewMenu } from "../../parts/list/ViewMenu";
import { useViewState } from "../../parts/list/view-state";
import { ShareSheet } from "../../parts/ShareSheet";
import { canEditContent, canExport, canShare, useSession } from "../../parts/session";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { Filters } from "../../ui/Filters";
import { Page } from "../../ui/Page";
import { PagedList } from "../../ui/PagedList";
import { ColumnChooser, type RecordColumn, shownColumns } from "../../ui/RecordTable";
import { SearchField } from "../../ui/SearchField";
import { useSearchChange } from "../../ui/use-search-change";
import { ContentCard } from "./ContentCard";
import classes from "./ContentLibraryPage.module.css";
import { NewContentSheet } from "./NewContentSheet";
import { quick } from "./quick";
import { KINDS, STAGES, STATES } from "./words";

const SORTS = ["title", "added", "expires_on"] as const;

/** Every story that may help a deal, by the stage it helps in. */
export function ContentLibraryPage() {
  const session = useSession();
  const search = useSearch({ from: "/signed-in/content" });
  const change = useSearchChange();
  const { q, kind, stage, state, sort, filter, direction } = search;
  const query = useInfiniteQuery(
    contentListQuery({ q, kind: kind ? [kind] : undefined, stage, state, sort, filter, direction }),
  );
  const choice = { q, filter: withQuick(quick(search, session.today), filter), sort, direction };
  const router = useRouter();
  const more = () => {
    if (query.hasNextPage && !query.isFetchingNextPage && !query.isFetchNextPageError)
      void query.fetchNextPage();
  };
  const viewState = useViewState();
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const last = query.data?.pages.at(-1);
  useLeaveTrail(
    "content",
    last && {
      href: paths.list("content", viewState),
      choice,
      ids: rows.map((row) => row.id),
      total: last.total,
      cursor: last.next_cursor,
    },
  );
  const onShare = canShare(session) ? (row: ContentRow) => void change({ send: row.id }) : undefined;
  const columns = useSortable("content", columnsFor(session.today, onShare));
  const edits = canEditContent(session);
  const add = edits ? (
    <Button onClick={() => void change({ add: "yes" })}>{text("content.add")}</Button>
  ) : undefined;
  return (
    <Page title={text("content.title")} actions={add}>
      <StageTabs
        stage={stage}
        totals={query.data?.pages[0]?.stages ?? []}
        onChange={(next) => void change({ stage: next }, { replace: true })}
      />
      <Filters
        on={[kind, state].filter(Boolean).length}
        folded={
          <>
            <Choice<ContentKind>
              label={text("content.kind")}
              none={text("content.any_kind")}
              value={kind}
              choices={KINDS.map((one) => ({ value: one, label: text(`content_kind.${one}`) }))}
              onChange={(next) => void change({ kind: next }, { replace: true })}
            />
            {edits ? (
              <Choice<ContentState>
                label={text("content.state")}
                none={text("content.any_state")}
                value={state}
                choices={STATES.map((one) => ({ value: one, label: text(`content_state.${one}`) }))}
                onChange={(next) => void change({ state: next }, { replace: true })}
              />
            ) : null}
            {/* A table is sorted by its head. */}
            {search.view === "table" ? null : (
              <Choice
                label={text("content.sort")}
                none={text("content.sorts.title")}
                value={sort}
                choices={SORTS.map((one) => ({ value: one, label: text(`content.sorts.${one}`) }))}
                onChange={(next) => void change({ sort: next }, { replace: true })}
              />
            )}
            {search.view === "table" ? (
              <ColumnChooser
                columns={columns}
                shown={shownColumns(columns, search.cols).map((column) => column.key)}
                onChange={(cols) => void change({ cols }, { replace: true })}
              />
            ) : null}
            <ViewMenu list="content" state={viewState} />
            {canExport(session) ? (
              <ExportMenu
                name="content"
                take={(format) => exportList("content", choice, format)}
                total={query.data?.pages[0]?.total}
              />
            ) : null}
            <SegmentedControl
              aria-label={text("content.view")}
              size="xs"
              value={search.view ?? "cards"}
              onChange={(next) =>
                void change({ view: next === "table" ? "table" : undefined }, { replace: true })
              }
              data={[
                { value: "cards", label: text("content.view_cards") },
                { value: "table", label: text("content.view_table") },
              ]}
            />
          </>
        }
      >
        <SearchField
          label={text("content.search")}
          value={q ?? ""}
          onSearch={(next) => void change({ q: next }, { replace: true })}
        />
        <FilterButton
          list="content"
          written={filter}
          onChange={(next) => void change({ filter: next }, { replace: true })}
        />
      </Filters>
      <PagedList
        query={query}
        skeletonRows={10}
        empty={
          <EmptyList
            choice={choice}
            title={text("content.empty_title")}
            why={text(edits ? "content.empty_add_why" : "content.empty_why")}
            all={paths.list("content", { view: search.view })}
            next={add}
          />
        }
      >
        {(shown, total) =>
          search.view === "table" ? (
            <ChoosableTable
              list="content"
              narrowed={{ q, filter: choice.filter }}
              caption={text("content.title")}
              columns={shownColumns(columns, search.cols)}
              rows={shown}
              total={total}
              nameOf={(row) => row.title}
              sort={sortedBy(columns, search, { by: "title", direction: "ascending" })}
              onSort={(by, way) => void change({ sort: by, direction: way }, { replace: true })}
              onPeek={(row) => void change({ peek: row.id }, { replace: search.peek !== undefined })}
              isPeeking={search.peek !== undefined}
              onOpen={(row) => void router.navigate({ href: paths.contentPiece(row.id) })}
              onEnd={more}
            />
          ) : (
            <ul className={classes.cards}>
              {shown.map((row) => (
                <li key={row.id}>
                  <ContentCard row={row} onShare={onShare} />
                </li>
              ))}
            </ul>
          )
        }
      </PagedList>
      <RecordPeek
        rows={rows}
        id={search.peek}
        columns={columns.filter((column) => column.key !== "share")}
        nameOf={(row) => row.title}
        hrefOf={(row) => paths.contentPiece(row.id)}
        open={text("content.open")}
        onClose={() => void change({ peek: undefined })}
      >
        {(row) => (row.excerpt ? <p>{row.excerpt}</p> : null)}
      </RecordPeek>
      <NewContentSheet opened={search.add === "yes"} onClose={() => void change({ add: undefined })} />
      <ShareSheet
        content={rows.find((row) => row.id === search.send) ?? null}
        onClose={() => void change({ send: undefined })}
      />
    </Page>
  );
}

interface ChoiceProps<Value extends string> {
  label: string;
  none: string;
  value: Value | undefined;
  choices: { value: Value; label: string }[];
  onChange: (value: Value | undefined) => void;
}

function Choice<Value extends string>({ label, none, value, choices, onChange }: ChoiceProps<Value>) {
  return (
    <Select
      aria-label={label}
      placeholder={none}
      clearable
      clearButtonProps={{ "aria-label": text("action.clear") }}
      value={value ?? null}
      data={choices}
      onChange={(next) => onChange(choices.find((one) => one.value === next)?.value)}
    />
  );
}

interface StageTabsProps {
  stage: DealStage | undefined;
  totals: { stage: DealStage | null; total: number }[];
  onChange: (stage: DealStage | undefined) => void;
}

/** The stages with how much there is for each under the same filters. */
function StageTabs({ stage, totals, onChange }: StageTabsProps) {
  const all = totals.reduce((sum, one) => sum + one.total, 0);
  const of = (one: DealStage) => totals.find((total) => total.stage === one)?.total ?? 0;
  const label = (words: string, total: number) =>
    totals.length > 0 ? `${words} ${formatNumber(total)}` : words;
  return (
    <SegmentedControl
      className={classes.stages}
      aria-label={text("content.stages")}
      value={stage ?? "all"}
      onChange={(next) => onChange(STAGES.find((one) => one === next))}
      data={[
        { value: "all", label: label(text("content.every_stage"), all) },
        ...STAGES.map((one) => ({ value: one, label: label(text(`deal_stage.${one}`), of(one)) })),
      ]}
    />
  );
}

function columnsFor(today: string, onShare?: (row: ContentRow) => void): RecordColumn<ContentRow>[] {
  return [
    {
      key: "title",
      sort: "title",
      label: text("content.column.title"),
      cell: (row) => <ContentTitle row={row} />,
    },
    {
      key: "kind",
      sort: "kind",
      label: text("content.column.kind"),
      cell: (row) => text(`content_kind.${row.kind}`),
    },
    {
      key: "stage",
      sort: "stage",
      label: text("content.column.stage"),
      cell: (row) => (row.stage ? text(`deal_stage.${row.stage}`) : text("state.none")),
    },
    {
      key: "account",
      sort: "account",
      label: text("content.column.account"),
      wide: true,
      cell: (row) => row.account_name ?? text("state.none"),
    },
    {
      key: "state",
      sort: "status",
      label: text("content.column.state"),
      cell: (row) => <ContentStateMark state={row.state} consentStands={row.consent_stands} />,
    },
    {
      key: "ends",
      sort: "expires_on",
      label: text("content.column.ends"),
      wide: true,
      cell: (row) => (row.expires_on ? formatDay(row.expires_on, today) : text("content.no_end")),
    },
    {
      key: "audience",
      sort: "audience",
      label: text("content.audience"),
      wide: true,
      isExtra: true,
      cell: (row) => text(`audience.${row.audience}`),
    },
    ...(onShare
      ? [
          {
            key: "share",
            label: text("content.share"),
            cell: (row: ContentRow) => (maySend(row) ? <SendButton row={row} onShare={onShare} /> : null),
          },
        ]
      : []),
  ];
}

import "../../text/administration";
import { Select, TextInput } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { exportEvents } from "../../api/exports";
import { isCode } from "../../api/problem";
import { type EventFilter, eventsQuery, usersQuery } from "../../api/queries";
import type { RecordKind, TimelineEntry } from "../../api/types";
import { formatInstant } from "../../format/format";
import { whoActed } from "../../parts/actor";
import { ExportMenu } from "../../parts/list/ExportMenu";
import { SettingsTabs } from "../../parts/SettingsTabs";
import { canVerifyAudit, useSession } from "../../parts/session";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { type Column, DataTable } from "../../ui/DataTable";
import { Filters } from "../../ui/Filters";
import { Page } from "../../ui/Page";
import { PagedList } from "../../ui/PagedList";
import { SidePanel } from "../../ui/SidePanel";
import { Empty, Failed } from "../../ui/states";
import { useSearchChange } from "../../ui/use-search-change";
import classes from "./AuditPage.module.css";
import { EntryDetail } from "./EntryDetail";
import { VerifyLog } from "./VerifyLog";

const KINDS: readonly RecordKind[] = [
  "account",
  "contact",
  "user",
  "opportunity",
  "advocate",
  "content",
  "request",
  "candidate",
  "use",
  "term",
  "lock",
  "setting",
  "session",
  "token",
  "import",
  "job",
];

interface AuditSearch {
  kind?: RecordKind;
  actor?: string;
  record?: string;
  from?: string;
  to?: string;
}

/** The days of the address as instants in the reader's zone: the last day counts whole. */
export function filterOf({ kind, actor, record, from, to }: AuditSearch): EventFilter {
  const midnight = (day: string, later = 0) => {
    const date = new Date(`${day}T00:00:00`);
    date.setDate(date.getDate() + later);
    return date.toISOString();
  };
  return {
    kind,
    actor,
    record: kind ? record : undefined,
    since: from ? midnight(from) : undefined,
    before: to ? midnight(to, 1) : undefined,
  };
}

/** Who did what and when, from the one chained log. */
export function AuditPage() {
  const session = useSession();
  const search = useSearch({ from: "/signed-in/settings/audit" });
  const change = useSearchChange();
  const query = useInfiniteQuery(eventsQuery(filterOf(search)));
  const [shown, setShown] = useState<TimelineEntry | null>(null);
  // Nothing to narrow down where nothing may be read.
  if (isCode(query.error, "forbidden"))
    return (
      <Page title={text("audit.title")}>
        <SettingsTabs />
        <Failed error={query.error} />
      </Page>
    );
  return (
    <Page
      title={text("audit.title")}
      lead={text("audit.lead")}
      more={
        <ExportMenu
          name="audit"
          take={(format) => exportEvents(filterOf(search), format)}
          total={undefined}
        />
      }
    >
      <SettingsTabs />
      {canVerifyAudit(session) ? <VerifyLog /> : null}
      <Filters>
        <Select
          label={text("audit.kind")}
          placeholder={text("audit.any")}
          clearable
          value={search.kind ?? null}
          onChange={(kind) => void change({ kind: kind ?? undefined, record: undefined }, { replace: true })}
          data={KINDS.map((one) => ({ value: one, label: text(`record_kind.${one}`) }))}
        />
        <ActorFilter value={search.actor} onChange={(actor) => void change({ actor }, { replace: true })} />
        <TextInput
          type="date"
          label={text("audit.from")}
          value={search.from ?? ""}
          onChange={(event) =>
            void change({ from: event.currentTarget.value || undefined }, { replace: true })
          }
        />
        <TextInput
          type="date"
          label={text("audit.to")}
          value={search.to ?? ""}
          onChange={(event) => void change({ to: event.currentTarget.value || undefined }, { replace: true })}
        />
        {search.record && search.kind ? (
          <button
            type="button"
            className={classes.record}
            onClick={() => void change({ record: undefined }, { replace: true })}
          >
            {text("audit.one_record")}
          </button>
        ) : null}
      </Filters>
      <PagedList
        query={query}
        skeletonRows={12}
        empty={
          <Empty
            title={text("audit.empty_title")}
            why={text("audit.empty_why")}
            next={<AppLink href={paths.audit()}>{text("list.show_all")}</AppLink>}
          />
        }
      >
        {(rows) => (
          <DataTable
            caption={text("audit.title")}
            rows={rows}
            rowKey={(row) => String(row.position)}
            columns={columnsFor(setShown)}
            isCards
          />
        )}
      </PagedList>
      <SidePanel
        title={shown?.summary ?? text("audit.title")}
        opened={shown !== null}
        onClose={() => setShown(null)}
      >
        {shown ? (
          <EntryDetail
            entry={shown}
            onRecord={() => {
              void change({ kind: shown.record_kind, record: shown.record_id });
              setShown(null);
            }}
          />
        ) : null}
      </SidePanel>
    </Page>
  );
}

interface ActorProps {
  value: string | undefined;
  onChange: (actor: string | undefined) => void;
}

/** Colleagues by what is typed; the server searches. */
function ActorFilter({ value, onChange }: ActorProps) {
  const [typed, setTyped] = useState("");
  const people = useInfiniteQuery(usersQuery({ q: typed || undefined }));
  const rows = people.data?.pages[0]?.items ?? [];
  return (
    <Select
      label={text("audit.actor")}
      placeholder={text("audit.anybody")}
      searchable
      clearable
      value={value ?? null}
      onChange={(actor) => onChange(actor ?? undefined)}
      onSearchChange={setTyped}
      filter={({ options }) => options}
      nothingFoundMessage={text("audit.nobody")}
      data={rows.map((one) => ({ value: one.id, label: one.name }))}
    />
  );
}

function columnsFor(show: (entry: TimelineEntry) => void): Column<TimelineEntry>[] {
  return [
    {
      key: "what",
      label: text("audit.column.what"),
      cell: (row) => (
        <button type="button" className={classes.entry} onClick={() => show(row)}>
          {row.summary}
        </button>
      ),
    },
    {
      key: "who",
      label: text("audit.column.who"),
      cell: (row) => <bdi>{whoActed(row)}</bdi>,
    },
    {
      key: "kind",
      label: text("audit.column.kind"),
      wide: true,
      cell: (row) => text(`record_kind.${row.record_kind}`),
    },
    { key: "at", label: text("audit.column.at"), align: "right", cell: (row) => formatInstant(row.at) },
    {
      key: "position",
      label: text("audit.column.position"),
      align: "right",
      wide: true,
      cell: (row) => row.position,
    },
  ];
}

import { Button, Checkbox, Select } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { advocatesQuery } from "../../api/queries";
import type { AdvocateRow, AdvocateStatus } from "../../api/types";
import { formatDistance } from "../../format/format";
import { AdvocatePeek } from "../../parts/AdvocatePeek";
import { activityName } from "../../parts/activity";
import { EmptyList } from "../../parts/list/EmptyList";
import { ask, type Part, withQuick } from "../../parts/list/filter";
import { AdvocateStatusMark, AvailabilityMark } from "../../parts/marks";
import { RecordList } from "../../parts/RecordList";
import { canNominate, useSession } from "../../parts/session";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { Page } from "../../ui/Page";
import type { RecordColumn } from "../../ui/RecordTable";
import { SearchField } from "../../ui/SearchField";
import { useSearchChange } from "../../ui/use-search-change";

/** A profile that nobody confirmed for so long may no longer be true. */
const STALE_DAYS = 180;

const STATUSES: readonly AdvocateStatus[] = [
  "nominated",
  "vetting",
  "invited",
  "onboarding",
  "active",
  "paused",
  "retired",
  "declined",
];

export function AdvocatesPage() {
  const session = useSession();
  const search = useSearch({ from: "/signed-in/advocates" });
  const change = useSearchChange();
  const quick: Part[] = [];
  if (search.status) quick.push(ask.anyOf("status", search.status));
  if (search.stale) quick.push(ask.stale("verified", STALE_DAYS));
  const choice = {
    q: search.q,
    filter: withQuick(quick, search.filter),
    sort: search.sort,
    direction: search.direction,
  };
  const query = useInfiniteQuery(advocatesQuery(choice));
  const nominate = canNominate(session) ? (
    <Button variant="default" onClick={() => void change({ new: "nomination" })}>
      {text("advocates.nominate")}
    </Button>
  ) : undefined;
  return (
    <Page title={text("advocates.title")} actions={nominate}>
      <RecordList
        list="advocates"
        caption={text("advocates.title")}
        choice={choice}
        query={query}
        columns={columnsFor(session.today)}
        search={search}
        standard={{ by: "added", direction: "descending" }}
        nameOf={(row) => row.display_name}
        hrefOf={(row) => paths.advocate(row.id)}
        canPeek
        empty={
          <EmptyList
            choice={choice}
            title={text("advocates.empty_title")}
            why={text("advocates.empty_why")}
            all={paths.advocates()}
            next={nominate}
          />
        }
        field={
          <SearchField
            label={text("advocates.search")}
            value={search.q ?? ""}
            onSearch={(q) => void change({ q }, { replace: true })}
          />
        }
        filtersOn={quick.length}
        filters={
          <>
            <Select
              aria-label={text("advocates.status")}
              placeholder={text("advocates.any_status")}
              clearable
              value={search.status ?? null}
              onChange={(status) => void change({ status }, { replace: true })}
              data={STATUSES.map((one) => ({ value: one, label: text(`advocate_status.${one}`) }))}
            />
            <Checkbox
              label={text("advocates.only_stale")}
              checked={search.stale === "yes"}
              onChange={(event) =>
                void change({ stale: event.currentTarget.checked ? "yes" : undefined }, { replace: true })
              }
            />
          </>
        }
      />
      <AdvocatePeek advocate={search.peek} onClose={() => void change({ peek: undefined })} />
    </Page>
  );
}

function columnsFor(today: string): RecordColumn<AdvocateRow>[] {
  return [
    {
      key: "who",
      label: text("advocates.column.who"),
      sort: "name",
      cell: (row) => <AppLink href={paths.advocate(row.id)}>{row.display_name}</AppLink>,
    },
    {
      key: "title",
      label: text("advocates.persona"),
      sort: "title",
      // A hidden name is shown as the title already.
      cell: (row) => (row.name_masked ? null : (row.title ?? text("state.none"))),
    },
    {
      key: "account",
      label: text("advocates.column.account"),
      sort: "account",
      cell: (row) => row.account?.name ?? text("state.none"),
    },
    {
      key: "status",
      label: text("advocates.column.status"),
      sort: "status",
      cell: (row) => <AdvocateStatusMark status={row.status} />,
    },
    {
      key: "availability",
      label: text("advocates.column.availability"),
      cell: (row) =>
        row.availability ? <AvailabilityMark availability={row.availability} /> : text("state.none"),
    },
    {
      key: "activities",
      label: text("advocates.column.activities"),
      wide: true,
      isExtra: true,
      cell: (row) => row.activities.map((one) => activityName(one.activity)).join(", ") || text("state.none"),
    },
    {
      key: "uses",
      label: text("advocates.column.uses"),
      sort: "uses",
      align: "right",
      wide: true,
      cell: (row) =>
        row.uses_band === "none" ? text("advocates.usage_none") : row.uses_band.replace("-", "–"),
    },
    {
      key: "verified",
      label: text("advocates.column.verified"),
      sort: "verified",
      align: "right",
      cell: (row) =>
        row.verified_on ? (
          <span title={row.verified_on}>{formatDistance(row.verified_on, today)}</span>
        ) : (
          text("advocates.never")
        ),
    },
  ];
}

import { Checkbox, SegmentedControl, Select } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { opportunitiesQuery } from "../../api/queries";
import type { Opportunity } from "../../api/types";
import { formatDay, formatMoney } from "../../format/format";
import { EmptyList } from "../../parts/list/EmptyList";
import { ask, type Part, withQuick } from "../../parts/list/filter";
import { RecordPeek } from "../../parts/list/RecordPeek";
import { OpportunityStatusMark, ReferenceMark } from "../../parts/marks";
import { RecordList } from "../../parts/RecordList";
import { hasRole, useSession } from "../../parts/session";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { Page } from "../../ui/Page";
import type { RecordColumn } from "../../ui/RecordTable";
import { SearchField } from "../../ui/SearchField";
import { useSearchChange } from "../../ui/use-search-change";

const STATUSES = ["open", "won", "lost"] as const;

export function OpportunitiesPage() {
  const session = useSession();
  const search = useSearch({ from: "/signed-in/opportunities" });
  const change = useSearchChange();
  const scope = search.scope ?? (hasRole(session, "seller") ? "mine" : "all");
  const status = search.status ?? "open";
  const quick: Part[] = [];
  if (scope === "mine") quick.push(ask.anyOf("owner", "me"));
  if (status !== "all") quick.push(ask.anyOf("status", status));
  if (search.reference) quick.push(ask.no("reference"));
  const choice = {
    q: search.q,
    filter: withQuick(quick, search.filter),
    sort: search.sort,
    direction: search.direction,
  };
  const query = useInfiniteQuery(opportunitiesQuery(choice));
  return (
    <Page title={text("opportunities.title")}>
      <RecordList
        list="opportunities"
        caption={text("opportunities.title")}
        choice={choice}
        query={query}
        columns={columnsFor(session.today)}
        search={search}
        standard={{ by: "close_on", direction: "ascending" }}
        nameOf={(row) => row.name}
        hrefOf={(row) => paths.opportunity(row.id)}
        canPeek
        empty={
          <EmptyList
            choice={choice}
            title={text("opportunities.empty_title")}
            why={text("opportunities.empty_why")}
            all={paths.opportunities({ scope: "all", status: "all" })}
          />
        }
        field={
          <SearchField
            label={text("opportunities.search")}
            value={search.q ?? ""}
            onSearch={(q) => void change({ q }, { replace: true })}
          />
        }
        filtersOn={[search.scope, search.status, search.reference].filter(Boolean).length}
        filters={
          <>
            <SegmentedControl
              size="sm"
              aria-label={text("opportunities.owner")}
              value={scope}
              onChange={(next) => void change({ scope: next }, { replace: true })}
              data={[
                { value: "mine", label: text("opportunities.mine") },
                { value: "all", label: text("opportunities.all") },
              ]}
            />
            <Select
              aria-label={text("opportunities.status")}
              allowDeselect={false}
              value={status}
              onChange={(next) =>
                void change({ status: next === "open" ? undefined : next }, { replace: true })
              }
              data={[
                ...STATUSES.map((one) => ({
                  value: one as string,
                  label: text(`opportunity_status.${one}`),
                })),
                { value: "all", label: text("opportunities.any_status") },
              ]}
            />
            <Checkbox
              label={text("opportunities.only_without")}
              checked={search.reference === "none"}
              onChange={(event) =>
                void change(
                  { reference: event.currentTarget.checked ? "none" : undefined },
                  { replace: true },
                )
              }
            />
          </>
        }
      />
      <RecordPeek
        rows={query.data?.pages.flatMap((page) => page.items) ?? []}
        id={search.peek}
        columns={columnsFor(session.today)}
        nameOf={(row) => row.name}
        hrefOf={(row) => paths.opportunity(row.id)}
        open={text("opportunities.open_deal")}
        onClose={() => void change({ peek: undefined })}
      />
    </Page>
  );
}

function columnsFor(today: string): RecordColumn<Opportunity>[] {
  return [
    {
      key: "name",
      label: text("requests.deal"),
      sort: "name",
      cell: (row) => <AppLink href={paths.opportunity(row.id)}>{row.name}</AppLink>,
    },
    {
      key: "account",
      label: text("opportunities.account"),
      sort: "account",
      wide: true,
      cell: (row) => row.account?.name ?? row.account_raw ?? text("state.none"),
    },
    {
      key: "status",
      label: text("opportunities.status"),
      sort: "status",
      wide: true,
      cell: (row) => <OpportunityStatusMark status={row.status} />,
    },
    {
      key: "reference",
      label: text("opportunities.references"),
      sort: "reference",
      cell: (row) => <ReferenceMark has={row.has_reference} openRequests={row.open_requests} />,
    },
    {
      key: "owner",
      label: text("opportunities.owner"),
      sort: "owner",
      wide: true,
      cell: (row) => row.owner?.name ?? text("opportunities.no_owner"),
    },
    {
      key: "stage",
      label: text("opportunities.stage"),
      sort: "stage",
      wide: true,
      isExtra: true,
      cell: (row) => row.stage_raw ?? (row.stage ? text(`deal_stage.${row.stage}`) : text("state.none")),
    },
    {
      key: "close",
      label: text("opportunities.close_on"),
      sort: "close_on",
      align: "right",
      cell: (row) => (row.close_on ? formatDay(row.close_on, today) : text("opportunities.no_date")),
    },
    {
      key: "amount",
      label: text("opportunities.amount"),
      sort: "amount",
      align: "right",
      cell: (row) => (row.amount ? formatMoney(row.amount) : text("opportunities.no_amount")),
    },
  ];
}

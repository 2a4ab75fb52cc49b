import { Checkbox, SegmentedControl, Select } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { opportunitiesQuery } from "../../api/queries";
import type { Opportunity } from "../../api/types";
import { formatDay, formatMoney } from "../../format/format";
import { OpportunityStatusMark, ReferenceMark } from "../../parts/marks";
import { hasRole, useSession } from "../../parts/session";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { type Column, DataTable } from "../../ui/DataTable";
import { Filters } from "../../ui/Filters";
import { Page } from "../../ui/Page";
import { PagedList } from "../../ui/PagedList";
import { SearchField } from "../../ui/SearchField";
import { Empty } from "../../ui/states";
import { useSearchChange } from "../../ui/use-search-change";

const STATUSES = ["open", "won", "lost"] as const;

export function OpportunitiesPage() {
  const session = useSession();
  const search = useSearch({ from: "/signed-in/opportunities" });
  const change = useSearchChange();
  const scope = search.scope ?? (hasRole(session, "seller") ? "mine" : "all");
  const query = useInfiniteQuery(
    opportunitiesQuery({
      q: search.q,
      status: search.status,
      scope,
      sort: search.sort ?? "close_on",
      without_reference: search.reference === "none" ? true : undefined,
    }),
  );
  const columns = columnsFor(session.today);
  return (
    <Page title={text("opportunities.title")}>
      <Filters>
        <SearchField
          label={text("opportunities.search")}
          value={search.q ?? ""}
          onSearch={(q) => void change({ q }, { replace: true })}
        />
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
          placeholder={text("opportunities.any_status")}
          clearable
          value={search.status ?? null}
          onChange={(status) => void change({ status }, { replace: true })}
          data={STATUSES.map((one) => ({ value: one, label: text(`opportunity_status.${one}`) }))}
        />
        <Checkbox
          label={text("opportunities.only_without")}
          checked={search.reference === "none"}
          onChange={(event) =>
            void change({ reference: event.currentTarget.checked ? "none" : undefined }, { replace: true })
          }
        />
      </Filters>
      <PagedList
        query={query}
        skeletonRows={10}
        empty={
          <Empty
            title={text("opportunities.empty_title")}
            why={text("opportunities.empty_why")}
            next={
              <AppLink href={paths.opportunities({ scope: "all" })}>
                {text("opportunities.empty_next")}
              </AppLink>
            }
          />
        }
      >
        {(rows) => (
          <DataTable
            caption={text("opportunities.title")}
            columns={columns}
            rows={rows}
            rowKey={(row) => row.id}
          />
        )}
      </PagedList>
    </Page>
  );
}

function columnsFor(today: string): Column<Opportunity>[] {
  return [
    {
      key: "name",
      label: text("requests.deal"),
      cell: (row) => <AppLink href={paths.opportunity(row.id)}>{row.name}</AppLink>,
    },
    {
      key: "account",
      label: text("opportunities.account"),
      wide: true,
      cell: (row) => row.account?.name ?? row.account_raw ?? text("state.none"),
    },
    {
      key: "status",
      label: text("opportunities.status"),
      wide: true,
      cell: (row) => <OpportunityStatusMark status={row.status} />,
    },
    {
      key: "reference",
      label: text("opportunities.references"),
      cell: (row) => <ReferenceMark has={row.has_reference} openRequests={row.open_requests} />,
    },
    {
      key: "owner",
      label: text("opportunities.owner"),
      wide: true,
      cell: (row) => row.owner?.name ?? text("opportunities.no_owner"),
    },
    {
      key: "stage",
      label: text("opportunities.stage"),
      wide: true,
      cell: (row) => row.stage_raw ?? (row.stage ? text(`deal_stage.${row.stage}`) : text("state.none")),
    },
    {
      key: "close",
      label: text("opportunities.close_on"),
      align: "right",
      cell: (row) => (row.close_on ? formatDay(row.close_on, today) : text("opportunities.no_date")),
    },
    {
      key: "amount",
      label: text("opportunities.amount"),
      align: "right",
      cell: (row) => (row.amount ? formatMoney(row.amount) : text("opportunities.no_amount")),
    },
  ];
}

import { Button, SegmentedControl } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { leveragingDealsQuery, type MetricFilter } from "../../api/queries";
import type { Leveraging, LeveragingDeal } from "../../api/types";
import { formatDay, formatMoney } from "../../format/format";
import { OpportunityStatusMark } from "../../parts/marks";
import { useSession } from "../../parts/session";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { type Column, DataTable } from "../../ui/DataTable";
import { PagedList } from "../../ui/PagedList";
import { Section } from "../../ui/Section";
import { Empty } from "../../ui/states";
import { useSearchChange } from "../../ui/use-search-change";

/** The deals the number was counted from; each opens. */
export function Deals({ filter, metric }: { filter: MetricFilter; metric: Leveraging }) {
  const { today } = useSession();
  const search = useSearch({ from: "/signed-in/metric" });
  const change = useSearchChange();
  const query = useInfiniteQuery(
    leveragingDealsQuery({
      ...filter,
      group: search.group,
      leveraged: search.leveraged === undefined ? undefined : search.leveraged === "yes",
    }),
  );
  const group = metric.groups.find((one) => one.key === search.group);
  const columns = columnsFor(today);
  return (
    <Section
      plain
      title={group ? text("metric.deals_in", { group: group.label }) : text("metric.deals")}
      aside={
        <>
          {group ? (
            <Button
              size="xs"
              variant="subtle"
              onClick={() => void change({ group: undefined }, { replace: true })}
            >
              {text("metric.show_all_groups")}
            </Button>
          ) : null}
          <SegmentedControl
            size="xs"
            aria-label={text("metric.column.influence")}
            value={search.leveraged ?? "all"}
            onChange={(next) =>
              void change({ leveraged: next === "all" ? undefined : next }, { replace: true })
            }
            data={[
              { value: "all", label: text("metric.every") },
              { value: "yes", label: text("metric.with") },
              { value: "no", label: text("metric.without") },
            ]}
          />
        </>
      }
    >
      <PagedList
        query={query}
        empty={
          <Empty
            title={text("metric.no_deals")}
            why={text("metric.no_deals_why")}
            next={
              <Button
                variant="default"
                onClick={() => void change({ group: undefined, leveraged: undefined }, { replace: true })}
              >
                {text("list.show_all")}
              </Button>
            }
          />
        }
      >
        {(rows) => (
          <DataTable
            caption={text("metric.deals")}
            columns={columns}
            rows={rows}
            rowKey={(row) => row.opportunity.id}
            isCards
          />
        )}
      </PagedList>
    </Section>
  );
}

function columnsFor(today: string): Column<LeveragingDeal>[] {
  return [
    {
      key: "deal",
      label: text("metric.column.deal"),
      cell: ({ opportunity }) => (
        <AppLink href={paths.opportunity(opportunity.id)}>{opportunity.name}</AppLink>
      ),
    },
    {
      key: "account",
      label: text("metric.column.account"),
      wide: true,
      cell: ({ opportunity }) => opportunity.account?.name ?? opportunity.account_raw ?? text("state.none"),
    },
    {
      key: "status",
      label: text("metric.column.status"),
      cell: ({ opportunity }) => <OpportunityStatusMark status={opportunity.status} />,
    },
    {
      key: "influence",
      label: text("metric.column.influence"),
      cell: ({ influences }) =>
        influences.length === 0
          ? text("state.none")
          : influences
              .map((one) =>
                text("metric.use", {
                  who: one.advocate_display ?? text("advocates.column.who"),
                  day: formatDay(one.on, today),
                }),
              )
              .join("; "),
    },
    {
      key: "closed",
      label: text("metric.column.closed_on"),
      align: "right",
      cell: ({ opportunity }) =>
        opportunity.close_on ? formatDay(opportunity.close_on, today) : text("opportunities.no_date"),
    },
    {
      key: "amount",
      label: text("metric.column.amount"),
      align: "right",
      cell: ({ opportunity }) =>
        opportunity.amount ? formatMoney(opportunity.amount) : text("opportunities.no_amount"),
    },
  ];
}

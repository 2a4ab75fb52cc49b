import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { demandQuery } from "../../api/plan-queries";
import type { Demand } from "../../api/types";
import { addDays, formatDay, formatNumber, formatShare } from "../../format/format";
import { canEditPlan, useSession } from "../../parts/session";
import { text } from "../../text/text";
import { BandChart } from "../../ui/chart/BandChart";
import { ChartFrame } from "../../ui/chart/ChartFrame";
import { DataTable } from "../../ui/DataTable";
import { Failed, Loading } from "../../ui/states";
import { useSearchChange } from "../../ui/use-search-change";
import { Accuracy } from "./Accuracy";
import { AssumptionsPanel } from "./AssumptionsPanel";
import { CutFilters } from "./CutFilters";
import { ALL_SEGMENTS, asked, short, WEEK_DAYS } from "./cut";
import { DemandPanel } from "./DemandPanel";
import { Fact } from "./Fact";
import { GoalsBeside } from "./GoalsBeside";
import { LeftOut } from "./LeftOut";
import { NeedsBeside } from "./NeedsBeside";
import { NoDeals } from "./NoDeals";
import { PlanFrame } from "./PlanFrame";
import classes from "./plan.module.css";
import { Frequent, SegmentDemand } from "./SegmentDemand";
import { useTables } from "./use-tables";

/** How many references open deals will ask for, and when. */
export function DemandPage() {
  const search = useSearch({ from: "/signed-in/plan/demand" });
  const change = useSearchChange();
  const session = useSession();
  const ask = asked(search, WEEK_DAYS);
  const query = useQuery(demandQuery(ask));
  return (
    <PlanFrame
      title={text("plan.demand.title")}
      lead={text("plan.demand.lead")}
      actions={
        canEditPlan(session) ? (
          <Button variant="default" onClick={() => void change({ assume: "yes" })}>
            {text("plan.assume.open")}
          </Button>
        ) : null
      }
    >
      <CutFilters search={search} />
      {query.isPending ? (
        <Loading rows={8} height={40} />
      ) : query.isError ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : query.data.deals === 0 ? (
        <NoDeals />
      ) : (
        <>
          <Summary demand={query.data} onOpen={() => void change({ segment: ALL_SEGMENTS })} />
          <GoalsBeside demand={query.data} />
          <NeedsBeside wanted={query.data.needs_within.at(-1) ?? 0} />
          <LeftOut demand={query.data} />
          <Weeks demand={query.data} />
          <SegmentDemand demand={query.data} onOpen={(segment) => void change({ segment })} />
          <Frequent demand={query.data} />
          <Accuracy ask={ask} />
          <p className="meta measure">{query.data.formula}</p>
          {search.segment ? (
            <DemandPanel
              ask={ask}
              demand={query.data}
              segment={search.segment}
              onClose={() => void change({ segment: undefined })}
            />
          ) : null}
        </>
      )}
      {search.assume && canEditPlan(session) ? (
        <AssumptionsPanel onClose={() => void change({ assume: undefined })} />
      ) : null}
    </PlanFrame>
  );
}

function Summary({ demand, onOpen }: { demand: Demand; onOpen: () => void }) {
  const last = demand.within.at(-1);
  const days = demand.window_ends.at(-1) ?? 0;
  const learned = (rate: { rate: number; n: number }) =>
    rate.n > 0 ? text("plan.demand.learned", { n: formatNumber(rate.n) }) : text("plan.demand.set");
  return (
    <dl className={classes.summary}>
      <Fact
        onOpen={onOpen}
        value={formatNumber(last?.expected ?? 0)}
        label={text("plan.demand.within", { days })}
        note={text("plan.demand.band", {
          low: formatNumber(last?.low ?? 0),
          high: formatNumber(last?.high ?? 0),
        })}
      />
      <Fact
        onOpen={onOpen}
        value={short(demand.money, demand.currency)}
        label={text("plan.demand.deals", { count: demand.deals })}
        note={[
          text("plan.demand.all_in_all", { expected: formatNumber(demand.expected) }),
          demand.observed_deals > 0
            ? text("plan.demand.observed", { observed: formatNumber(demand.observed) })
            : null,
        ]
          .filter(Boolean)
          .join(", ")}
      />
      <Fact
        value={formatShare(demand.need_rate.rate * demand.reach_rate.rate)}
        label={text("plan.demand.chance")}
        note={`${text("plan.demand.rates", {
          need: formatShare(demand.need_rate.rate),
          reach: formatShare(demand.reach_rate.rate),
        })}, ${learned(demand.need_rate)}`}
      />
      <Fact
        value={formatNumber(demand.references.rate)}
        label={text("plan.demand.references")}
        note={learned(demand.references)}
      />
    </dl>
  );
}

/** What is needed by the end of each week, with the range that nine of ten cases stay in. */
function Weeks({ demand }: { demand: Demand }) {
  const search = useSearch({ from: "/signed-in/plan/demand" });
  const { today } = useSession();
  const tables = useTables(search.table);
  const last = demand.within.at(-1);
  const title = text("plan.demand.finding", {
    low: formatNumber(last?.low ?? 0),
    high: formatNumber(last?.high ?? 0),
    day: formatDay(addDays(demand.as_of, demand.window_ends.at(-1) ?? 0), today),
  });
  const weeks = demand.within.map((band, place) => ({
    ...band,
    key: String(place),
    day: addDays(demand.as_of, demand.window_ends[place] ?? 0),
    alone: demand.segments.reduce((sum, segment) => sum + (segment.by_window[place] ?? 0), 0),
  }));
  const left = [
    text("plan.demand.estimated_days", { count: demand.with_estimated_day }),
    text("plan.demand.estimated_money", { count: demand.with_estimated_money }),
    text("plan.demand.undated", { count: demand.undated }),
    text("plan.demand.unpriced", { count: demand.unpriced }),
    text("plan.demand.overdue", { count: demand.overdue }),
    text("plan.demand.observed_deals", { count: demand.observed_deals }),
  ];
  return (
    <ChartFrame
      title={title}
      name={`demand-by-week-${demand.as_of}`}
      rows={() => [
        [
          text("plan.demand.until"),
          text("plan.demand.in_week"),
          text("plan.demand.expected"),
          text("plan.demand.low"),
          text("plan.demand.high"),
        ],
        ...weeks.map((week) => [week.day, week.alone, week.expected, week.low, week.high]),
      ]}
      {...tables("weeks")}
      table={
        <DataTable
          caption={title}
          rows={weeks}
          rowKey={(week) => week.key}
          columns={[
            { key: "until", label: text("plan.demand.until"), cell: (week) => formatDay(week.day, today) },
            {
              key: "alone",
              label: text("plan.demand.in_week"),
              align: "right",
              cell: (week) => formatNumber(week.alone),
            },
            {
              key: "expected",
              label: text("plan.demand.expected"),
              align: "right",
              cell: (week) => formatNumber(week.expected),
            },
            {
              key: "low",
              label: text("plan.demand.low"),
              align: "right",
              cell: (week) => formatNumber(week.low),
            },
            {
              key: "high",
              label: text("plan.demand.high"),
              align: "right",
              cell: (week) => formatNumber(week.high),
            },
          ]}
        />
      }
    >
      <BandChart
        label={title}
        points={weeks.map((week) => ({ ...week, label: formatDay(week.day, today) }))}
      />
      <p className={`meta ${classes.under}`}>
        {text("plan.demand.left")} {left.join(" · ")}
        {demand.miss.n > 0 ? (
          <>
            <br />
            {text("plan.demand.miss", {
              count: demand.miss.n,
              factor: formatNumber(Math.exp(demand.miss.spread)),
            })}
          </>
        ) : null}
      </p>
    </ChartFrame>
  );
}

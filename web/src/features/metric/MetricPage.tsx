import { Button, Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { leveragingQuery, type MetricFilter } from "../../api/queries";
import { rushRateQuery } from "../../api/request-queries";
import { facetsQuery } from "../../api/taxonomy-queries";
import type { Facet, Leveraging } from "../../api/types";
import { addDays, formatNumber, formatPeriod, formatShare } from "../../format/format";
import { canReadDeals, canSetGoal, useSession } from "../../parts/session";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { BarRows } from "../../ui/chart/BarRows";
import { Bullet } from "../../ui/chart/Bullet";
import { ChartFrame } from "../../ui/chart/ChartFrame";
import { LineChart } from "../../ui/chart/LineChart";
import { Filters } from "../../ui/Filters";
import { Page } from "../../ui/Page";
import { Empty, Failed, Loading } from "../../ui/states";
import { useSearchChange } from "../../ui/use-search-change";
import { rowsOf } from "./csv";
import { Deals } from "./Deals";
import { findingOf, isPart, isTime, ranked } from "./finding";
import { Goal } from "./Goal";
import { GroupTable } from "./GroupTable";
import { Influenced } from "./Influenced";
import classes from "./MetricPage.module.css";

/** The API's period ends before `to`; people name its last day. */
function lastDay(to: string | undefined): string {
  return to ? addDays(to, -1) : "";
}

function dayAfter(last: string): string | undefined {
  return last ? addDays(last, 1) : undefined;
}

/** What belongs to the groups of before. */
const WHOLE = { group: undefined, groups: undefined };

/** The most groups that the API counts at once. */
const GROUPS_MAX = 5_000;

/** The one number the program answers for, its formula, and the deals behind it. */
export function MetricPage() {
  const session = useSession();
  const search = useSearch({ from: "/signed-in/metric" });
  const change = useSearchChange();
  const by = search.by ?? "month";
  const [first = by, second] = by.split(",");
  const filter: MetricFilter = { from: search.from, to: search.to, by };
  const query = useQuery(leveragingQuery(filter, search.groups ? GROUPS_MAX : undefined));
  const facets = useQuery(facetsQuery());
  const cuts = [
    { value: "month", label: text("metric.month") },
    { value: "quarter", label: text("metric.quarter") },
    { value: "team", label: text("metric.team") },
    { value: "seller", label: text("metric.seller") },
    ...(facets.data ?? []).map((facet) => ({ value: facet.key, label: facet.name })),
  ];
  return (
    <Page title={text("metric.title")}>
      <Filters>
        <Select
          label={text("metric.by")}
          allowDeselect={false}
          value={first}
          onChange={(next) => void change({ by: next, ...WHOLE }, { replace: true })}
          data={[...cuts, { value: "activity", label: text("metric.activity") }]}
        />
        <Select
          label={text("metric.and_by")}
          placeholder={text("metric.and_by_none")}
          clearable
          disabled={first === "activity"}
          value={second ?? null}
          onChange={(next) =>
            void change({ by: next ? `${first},${next}` : first, ...WHOLE }, { replace: true })
          }
          data={cuts.filter((cut) => cut.value !== first)}
        />
        <TextInput
          type="date"
          label={text("metric.from")}
          value={search.from ?? query.data?.from ?? ""}
          onChange={(event) => void change({ from: event.currentTarget.value }, { replace: true })}
        />
        <TextInput
          type="date"
          label={text("metric.to")}
          value={lastDay(search.to ?? query.data?.to)}
          onChange={(event) => void change({ to: dayAfter(event.currentTarget.value) }, { replace: true })}
        />
      </Filters>
      {query.isPending ? (
        <Loading rows={6} height={40} />
      ) : query.isError ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : query.data.closed === 0 ? (
        <>
          <Empty
            title={text("metric.none")}
            why={text("metric.none_why")}
            next={
              search.from || search.to ? (
                <Button
                  variant="default"
                  onClick={() => void change({ from: undefined, to: undefined }, { replace: true })}
                >
                  {text("metric.usual_period")}
                </Button>
              ) : (
                <AppLink href={paths.list("opportunities")}>{text("metric.open_deals")}</AppLink>
              )
            }
          />
          <Formula metric={query.data} />
        </>
      ) : (
        <>
          <BigNumber metric={query.data} />
          <Groups metric={named(query.data, by)} by={by} isOrdered={isOrdered(by, facets.data)} />
          {query.data.groups_left_out > 0 ? (
            <p className="meta">
              {text("metric.left_out", { count: query.data.groups_left_out })}{" "}
              <Button
                size="compact-sm"
                variant="subtle"
                onClick={() => void change({ groups: "all" }, { replace: true })}
              >
                {text("metric.show_left_out")}
              </Button>
            </p>
          ) : null}
          {canReadDeals(session) ? <Deals filter={filter} metric={named(query.data, by)} /> : null}
        </>
      )}
    </Page>
  );
}

/** Whether the groups have an order of their own, which bars keep: bands of a facet, or a period first. */
function isOrdered(by: string, facets: Facet[] | undefined): boolean {
  const first = by.split(",")[0] ?? by;
  return isTime(first) || facets?.find((facet) => facet.key === first)?.ordinal === true;
}

/** The groups of a metric over time by the names of their months or quarters. */
function named(metric: Leveraging, by: string): Leveraging {
  if (!isTime(by)) return metric;
  return {
    ...metric,
    groups: metric.groups.map((group) => ({ ...group, label: formatPeriod(group.label) })),
  };
}

function BigNumber({ metric }: { metric: Leveraging }) {
  const session = useSession();
  const share = (percent: number | null) => (percent === null ? null : percent / 100);
  return (
    <div className={classes.number}>
      <div className={classes.big}>
        <div className={classes.share}>
          {metric.rate === null ? text("state.none") : formatShare(metric.rate)}
        </div>
        <p>{text("metric.number")}</p>
        <p className="meta numbers">
          {text("metric.counts", {
            leveraged: formatNumber(metric.leveraged),
            closed: formatNumber(metric.closed),
          })}
        </p>
      </div>
      <div className={classes.against}>
        <Bullet
          label={text("metric.number")}
          value={metric.rate}
          target={share(metric.target)}
          baseline={share(metric.baseline)}
        />
        <Formula metric={metric} />
        <p className="meta numbers">
          {text("metric.open", {
            with: formatNumber(metric.open.with_reference),
            all: formatNumber(metric.open.count),
          })}
        </p>
        <RushRate />
        {canSetGoal(session) ? <Goal metric={metric} /> : null}
      </div>
      <Influenced metric={metric} />
    </div>
  );
}

/** How often too short a notice was asked for, in the reader's reach. */
function RushRate() {
  const rate = useQuery(rushRateQuery()).data;
  if (!rate || rate.requests === 0) return null;
  return (
    <p className="meta numbers">
      {text("requests.rush_rate", { count: rate.requests, rushes: rate.rushes, days: rate.days })}
    </p>
  );
}

function Formula({ metric }: { metric: Leveraging }) {
  return <p className={`meta ${classes.formula}`}>{metric.formula}</p>;
}

/** Bars shown before the rest waits behind a button. */
const BARS_SHOWN = 20;

function Groups({ metric, by, isOrdered }: { metric: Leveraging; by: string; isOrdered: boolean }) {
  const session = useSession();
  const search = useSearch({ from: "/signed-in/metric" });
  const change = useSearchChange();
  const asked = { by, to: search.to, today: session.today };
  const finding = findingOf(metric, asked);
  const target = metric.target === null ? null : metric.target / 100;
  const choose = (group: string) =>
    void change({ group: search.group === group ? undefined : group }, { replace: true });
  return (
    <ChartFrame
      title={finding}
      name={`leveraging-by-${by}-${metric.from}-${metric.to}`}
      rows={() => rowsOf(metric)}
      isTable={search.view === "table"}
      onTable={(isTable) => void change({ view: isTable ? "table" : undefined }, { replace: true })}
      table={<GroupTable metric={metric} chosen={search.group} onChoose={choose} />}
    >
      {isTime(by) ? (
        <LineChart
          label={finding}
          target={target}
          points={metric.groups.map((group) => ({
            key: group.key,
            label: group.label,
            value: group.rate,
            isFaint: group.small_sample,
            isPartial: isPart(group, metric, asked),
          }))}
        />
      ) : (
        <BarRows
          label={finding}
          target={target}
          shownMax={BARS_SHOWN}
          bars={(isOrdered ? metric.groups : ranked(metric.groups)).map((group) => ({
            key: group.key,
            label: group.label,
            value: group.rate,
            note: text("metric.counts_short", {
              leveraged: formatNumber(group.leveraged),
              closed: formatNumber(group.closed),
            }),
            isFaint: group.small_sample,
          }))}
        />
      )}
    </ChartFrame>
  );
}

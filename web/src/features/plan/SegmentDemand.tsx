import { Button } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import type { Demand } from "../../api/types";
import { formatNumber, formatShare } from "../../format/format";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { BarRows } from "../../ui/chart/BarRows";
import { ChartFrame } from "../../ui/chart/ChartFrame";
import { DataTable } from "../../ui/DataTable";
import { Section } from "../../ui/Section";
import { asSegment, segmentName, short } from "./cut";
import { useTables } from "./use-tables";

const BARS_MAX = 12;
/** A rate learned from fewer deals is greyed. */
const SAMPLE_MIN = 20;

type Segment = Demand["segments"][number];

const within = (segment: Segment | undefined) => segment?.within.at(-1) ?? { expected: 0, low: 0, high: 0 };

/** The demand segment by segment; each opens its deals. */
export function SegmentDemand({ demand, onOpen }: { demand: Demand; onOpen: (segment: string) => void }) {
  const search = useSearch({ from: "/signed-in/plan/demand" });
  const tables = useTables(search.table);
  const { currency } = demand;
  const ranked = [...demand.segments].sort(
    (one, other) => within(other).expected - within(one).expected || other.key.localeCompare(one.key),
  );
  const known = ranked.find((one) => !one.is_unknown);
  const most = within(ranked[0]).expected;
  const title = known
    ? text("plan.demand.most", {
        segment: segmentName(known),
        expected: formatNumber(within(known).expected),
      })
    : text("plan.demand.only_unknown");
  const band = (one: Segment) =>
    text("plan.demand.range", { low: formatNumber(within(one).low), high: formatNumber(within(one).high) });
  return (
    <ChartFrame
      title={title}
      name={`demand-by-segment-${demand.as_of}`}
      rows={() => [
        [
          ...demand.facets,
          text("plan.demand.deals_head"),
          `${text("plan.column.money")} (${currency})`,
          text("plan.demand.expected"),
          text("plan.demand.low"),
          text("plan.demand.high"),
          text("plan.demand.observed_head"),
          text("plan.demand.need_rate"),
          "n",
          text("plan.demand.estimated_head"),
          text("plan.demand.undated_head"),
          text("plan.demand.unpriced_head"),
        ],
        ...ranked.map((one) => [
          ...demand.facets.map((_, place) =>
            one.is_unknown ? text("plan.unknown") : (one.labels[place] ?? ""),
          ),
          one.deals,
          one.money,
          within(one).expected,
          within(one).low,
          within(one).high,
          one.observed,
          one.need_rate.rate,
          one.need_rate.n,
          one.estimated,
          one.undated,
          one.unpriced,
        ]),
      ]}
      {...tables("segments")}
      table={
        <DataTable
          caption={title}
          rows={ranked}
          rowKey={(one) => one.key}
          isMuted={(one) => one.need_rate.n > 0 && one.need_rate.n < SAMPLE_MIN}
          columns={[
            {
              key: "segment",
              label: text("plan.column.segment"),
              cell: (one) => (
                <Button size="compact-sm" variant="subtle" onClick={() => onOpen(one.key)}>
                  {segmentName(one)}
                </Button>
              ),
            },
            {
              key: "expected",
              label: text("plan.demand.expected"),
              align: "right",
              cell: (one) => formatNumber(within(one).expected),
            },
            { key: "range", label: text("plan.demand.range_head"), align: "right", cell: band },
            {
              key: "observed",
              label: text("plan.demand.observed_head"),
              align: "right",
              wide: true,
              cell: (one) => formatNumber(one.observed),
            },
            {
              key: "deals",
              label: text("plan.demand.deals_head"),
              align: "right",
              wide: true,
              cell: (one) => formatNumber(one.deals),
            },
            {
              key: "money",
              label: text("plan.column.money"),
              align: "right",
              wide: true,
              cell: (one) => short(one.money, currency),
            },
            {
              key: "rate",
              label: text("plan.demand.need_rate"),
              align: "right",
              wide: true,
              cell: (one) =>
                text("plan.demand.rate_n", {
                  rate: formatShare(one.need_rate.rate),
                  n: formatNumber(one.need_rate.n),
                }),
            },
            {
              key: "estimated",
              label: text("plan.demand.estimated_head"),
              align: "right",
              wide: true,
              cell: (one) => formatNumber(one.estimated),
            },
          ]}
        />
      }
    >
      <BarRows
        label={title}
        bars={ranked.slice(0, BARS_MAX).map((one) => ({
          key: one.key,
          label: segmentName(one),
          value: most > 0 ? within(one).expected / most : 0,
          shown: formatNumber(within(one).expected),
          note: `${band(one)}, ${short(one.money, currency)}`,
          onOpen: () => onOpen(one.key),
        }))}
      />
    </ChartFrame>
  );
}

/** Terms that many deals share: worth a segment of their own. */
export function Frequent({ demand }: { demand: Demand }) {
  const search = useSearch({ from: "/signed-in/plan/demand" });
  const { by, across, days, as_of, terms } = search;
  const segment = (key: string) => asSegment({ by, across, days, as_of, terms }, key);
  if (demand.frequent.length === 0) return null;
  return (
    <Section plain title={text("plan.demand.frequent")}>
      <p className="meta measure">{text("plan.demand.frequent_why")}</p>
      <DataTable
        caption={text("plan.demand.frequent")}
        rows={demand.frequent}
        rowKey={(one) => one.key}
        isCards
        columns={[
          {
            key: "combination",
            label: text("plan.demand.combination"),
            cell: (one) => <AppLink href={paths.demand(segment(one.key))}>{one.labels.join(" × ")}</AppLink>,
          },
          {
            key: "deals",
            label: text("plan.demand.deals_head"),
            align: "right",
            cell: (one) => formatNumber(one.deals),
          },
          {
            key: "share",
            label: text("plan.demand.share"),
            align: "right",
            cell: (one) => formatShare(one.share),
          },
          {
            key: "money",
            label: text("plan.column.money"),
            align: "right",
            cell: (one) => short(one.money, demand.currency),
          },
          {
            key: "gap",
            label: text("plan.tab.gaps"),
            align: "right",
            cell: (one) => (
              <AppLink
                href={paths.gaps(segment(one.key))}
                aria-label={text("plan.demand.gap_of", { segment: one.labels.join(" × ") })}
              >
                {text("plan.demand.gap")}
              </AppLink>
            ),
          },
        ]}
      />
    </Section>
  );
}

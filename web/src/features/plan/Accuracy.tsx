import { useQuery } from "@tanstack/react-query";
import { forecastAccuracyQuery, type PlanCut } from "../../api/plan-queries";
import type { ForecastAccuracy } from "../../api/types";
import { formatNumber, formatPeriod } from "../../format/format";
import { text } from "../../text/text";
import { ChartFrame } from "../../ui/chart/ChartFrame";
import type { Cell } from "../../ui/chart/csv";
import { DataTable } from "../../ui/DataTable";
import { Failed, Loading } from "../../ui/states";
import { segmentName } from "./cut";
import classes from "./plan.module.css";

/** Segments of which less was expected tell more of luck than of the forecast. */
const EXPECTED_MIN = 5;
/** Segments that are shown; the file has all. */
const SHOWN = 10;

type Held = ForecastAccuracy["quarters"][number]["whole"];

/** What was forecast at the beginning of each quarter, and what deals asked for. */
export function Accuracy({ ask }: { ask: PlanCut }) {
  const query = useQuery(forecastAccuracyQuery(ask));
  if (query.isPending) return <Loading rows={4} height={40} />;
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  const { quarters, facets, formula } = query.data;
  const judged = quarters.filter((one) => one.whole.expected > 0);
  const last = judged[0];
  if (!last) return null;
  const segments = last.segments.filter((one) => !one.is_unknown && one.expected >= EXPECTED_MIN);
  const cells = (held: Held): Cell[] => [
    held.expected,
    held.low,
    held.high,
    held.asked,
    held.holds ? text("plan.accuracy.yes") : text("plan.accuracy.no"),
    held.asked_later,
  ];
  return (
    <ChartFrame
      title={text("plan.accuracy.title", {
        held: judged.filter((one) => one.whole.holds).length,
        count: judged.length,
      })}
      name={`forecast-accuracy-${last.to}`}
      rows={() => [
        [
          text("plan.accuracy.quarter"),
          ...facets,
          text("plan.demand.expected"),
          text("plan.demand.low"),
          text("plan.demand.high"),
          text("plan.accuracy.asked"),
          text("plan.accuracy.holds"),
          text("plan.accuracy.later"),
        ],
        ...quarters.flatMap((one) => [
          [
            one.quarter,
            ...facets.map((_, place) => (place === 0 ? text("plan.accuracy.all") : "")),
            ...cells(one.whole),
          ],
          ...one.segments.map((segment) => [
            one.quarter,
            ...facets.map((_, place) =>
              segment.is_unknown ? text("plan.unknown") : (segment.labels[place] ?? ""),
            ),
            ...cells(segment),
          ]),
        ]),
      ]}
    >
      <div className={classes.panel}>
        <DataTable
          caption={text("plan.accuracy.by_quarter")}
          rows={judged}
          rowKey={(one) => one.quarter}
          columns={[
            {
              key: "quarter",
              label: text("plan.accuracy.quarter"),
              cell: (one) => formatPeriod(one.quarter),
            },
            ...columns<(typeof judged)[number]>((one) => one.whole),
          ]}
        />
        {segments.length > 0 ? (
          <DataTable
            caption={text("plan.accuracy.by_segment", { quarter: formatPeriod(last.quarter) })}
            rows={segments.slice(0, SHOWN)}
            rowKey={(one) => one.key}
            columns={[
              {
                key: "segment",
                label: text("plan.accuracy.segment", { quarter: formatPeriod(last.quarter) }),
                cell: segmentName,
              },
              ...columns<(typeof segments)[number]>((one) => one),
            ]}
          />
        ) : null}
        {segments.length > SHOWN ? (
          <p className="meta">{text("plan.accuracy.shown", { shown: SHOWN, count: segments.length })}</p>
        ) : null}
        <p className="meta measure">{formula}</p>
      </div>
    </ChartFrame>
  );
}

/** Forecast, range and what came. */
function columns<Row>(held: (row: Row) => Held) {
  return [
    {
      key: "expected",
      label: text("plan.demand.expected"),
      align: "right" as const,
      cell: (row: Row) => formatNumber(held(row).expected),
    },
    {
      key: "range",
      label: text("plan.demand.range_head"),
      align: "right" as const,
      cell: (row: Row) =>
        text("plan.demand.range", { low: formatNumber(held(row).low), high: formatNumber(held(row).high) }),
    },
    {
      key: "asked",
      label: text("plan.accuracy.asked"),
      align: "right" as const,
      cell: (row: Row) => (
        <>
          <strong>{formatNumber(held(row).asked)}</strong>
          <div className="meta">
            {text(held(row).holds ? "plan.accuracy.within" : "plan.accuracy.outside")}
          </div>
        </>
      ),
    },
    {
      key: "later",
      label: text("plan.accuracy.later"),
      align: "right" as const,
      wide: true,
      cell: (row: Row) => formatNumber(held(row).asked_later),
    },
  ];
}

import { SegmentedControl } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import type { Gaps } from "../../api/types";
import { formatNumber } from "../../format/format";
import { text } from "../../text/text";
import { ChartFrame } from "../../ui/chart/ChartFrame";
import { HeatMap } from "../../ui/chart/HeatMap";
import { useSearchChange } from "../../ui/use-search-change";
import { segmentName, short } from "./cut";
import { GapTable, gapRows } from "./GapTable";
import { gapOf, heatOf, type Measure } from "./heat";
import classes from "./plan.module.css";
import { useTables } from "./use-tables";

/** Where two facets cross, how much is missing. */
export function GapMap({ gaps, onOpen }: { gaps: Gaps; onOpen: (segment: string) => void }) {
  const search = useSearch({ from: "/signed-in/plan/gaps" });
  const change = useSearchChange();
  const tables = useTables(search.table);
  const measure: Measure = search.measure ?? "missing";
  const heat = heatOf(gaps.segments, measure);
  const [rows = "", columns = ""] = gaps.demand.facets;
  const { currency } = gaps.demand;
  const title = finding(gaps);
  return (
    <ChartFrame
      title={title}
      name={`gaps-map-${gaps.demand.as_of}`}
      rows={() => gapRows(gaps)}
      {...tables("map")}
      table={<GapTable gaps={gaps} onOpen={onOpen} />}
      aside={
        <SegmentedControl
          size="xs"
          aria-label={text("plan.heat.measure")}
          value={measure}
          onChange={(next) =>
            void change({ measure: next === "money" ? next : undefined }, { replace: true })
          }
          data={[
            { value: "missing", label: text("plan.heat.missing") },
            { value: "money", label: text("plan.heat.money") },
          ]}
        />
      }
    >
      <HeatMap
        label={title}
        corner={text("plan.heat.corner", { rows, columns })}
        rows={heat.rows}
        columns={heat.columns}
        cell={(row, column) => {
          const segment = heat.at(row, column);
          if (!segment) return null;
          const gap = gapOf(segment, measure);
          const isMoney = measure === "money";
          return {
            shown: isMoney ? short(segment.money_at_risk, currency) : formatNumber(gap),
            note: isMoney
              ? text("plan.heat.of_money", { money: short(segment.money_needed, currency) })
              : text("plan.heat.of", { needed: formatNumber(segment.needed) }),
            heat: heat.most > 0 ? gap / heat.most : 0,
            onOpen: () => onOpen(segment.key),
          };
        }}
      />
      <p className={`meta ${classes.under}`}>
        {text("plan.heat.hint")}{" "}
        {heat.rowsLeftOut + heat.columnsLeftOut > 0
          ? text("plan.heat.more", { rows: heat.rowsLeftOut, columns: heat.columnsLeftOut })
          : null}
      </p>
    </ChartFrame>
  );
}

/** The largest gap that has a name, as one sentence. */
function finding(gaps: Gaps): string {
  const worst = gaps.segments.find((one) => !one.is_unknown && Number(one.money_at_risk) > 0);
  const days = gaps.demand.window_ends.at(-1) ?? 0;
  if (!worst) return text("plan.heat.none", { days });
  return text("plan.heat.title", {
    segment: segmentName(worst),
    money: short(worst.money_at_risk, gaps.demand.currency),
    missing: formatNumber(worst.needed - worst.covered),
  });
}

import { useSearch } from "@tanstack/react-router";
import type { Gaps } from "../../api/types";
import { formatNumber, formatShare } from "../../format/format";
import { text } from "../../text/text";
import { BarRows } from "../../ui/chart/BarRows";
import { ChartFrame } from "../../ui/chart/ChartFrame";
import { segmentName, short } from "./cut";
import { GapTable, gapRows } from "./GapTable";
import { shareOfFirst } from "./heat";
import { useTables } from "./use-tables";

const BARS_MAX = 10;

/** The largest gaps in money, ranked. */
export function GapBars({ gaps, onOpen }: { gaps: Gaps; onOpen: (segment: string) => void }) {
  const search = useSearch({ from: "/signed-in/plan/gaps" });
  const tables = useTables(search.table);
  const { currency } = gaps.demand;
  const ranked = gaps.segments.filter((one) => Number(one.money_at_risk) > 0).slice(0, BARS_MAX);
  const most = Number(ranked[0]?.money_at_risk ?? 0);
  if (ranked.length === 0) return null;
  const title =
    ranked.length === 1
      ? text("plan.bars.one", { money: short(gaps.money_at_risk, currency) })
      : text("plan.bars.title", {
          count: ranked.length,
          share: formatShare(shareOfFirst(gaps.segments, ranked.length)),
        });
  return (
    <ChartFrame
      title={title}
      name={`gaps-${gaps.demand.as_of}`}
      rows={() => gapRows(gaps)}
      {...tables("bars")}
      table={<GapTable gaps={gaps} onOpen={onOpen} />}
    >
      <BarRows
        label={title}
        bars={ranked.map((one) => ({
          key: one.key,
          label: segmentName(one),
          value: Number(one.money_at_risk) / most,
          shown: short(one.money_at_risk, currency),
          note: text("plan.bars.note", {
            missing: formatNumber(one.needed - one.covered),
            needed: formatNumber(one.needed),
          }),
          onOpen: () => onOpen(one.key),
        }))}
      />
    </ChartFrame>
  );
}

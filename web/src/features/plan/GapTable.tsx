import { Button } from "@mantine/core";
import type { GapSegment, Gaps } from "../../api/types";
import { formatDay, formatNumber, formatShare } from "../../format/format";
import { useSession } from "../../parts/session";
import { text } from "../../text/text";
import type { Cell } from "../../ui/chart/csv";
import { DataTable } from "../../ui/DataTable";
import { segmentName, short } from "./cut";

/** Every gap as a row; the segment opens what stands behind it. */
export function GapTable({ gaps, onOpen }: { gaps: Gaps; onOpen: (segment: string) => void }) {
  const { today } = useSession();
  const { currency } = gaps.demand;
  return (
    <DataTable<GapSegment>
      caption={text("plan.gaps_title")}
      rows={gaps.segments}
      rowKey={(one) => one.key}
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
          key: "missing",
          label: text("plan.column.missing"),
          align: "right",
          cell: (one) => formatNumber(one.needed - one.covered),
        },
        {
          key: "needed",
          label: text("plan.column.needed"),
          align: "right",
          wide: true,
          cell: (one) => formatNumber(one.needed),
        },
        {
          key: "at_risk",
          label: text("plan.column.at_risk"),
          align: "right",
          cell: (one) => short(one.money_at_risk, currency),
        },
        {
          key: "runs_out",
          label: text("plan.column.runs_out"),
          align: "right",
          wide: true,
          cell: (one) => (one.stock_out_on ? formatDay(one.stock_out_on, today) : text("state.none")),
        },
        {
          key: "accounts",
          label: text("plan.column.accounts"),
          align: "right",
          wide: true,
          cell: (one) => formatNumber(one.accounts),
        },
        {
          key: "most_used",
          label: text("plan.column.most_used"),
          wide: true,
          cell: (one) =>
            one.most_used_account && one.most_used_share !== null
              ? text("plan.share_of", {
                  share: formatShare(one.most_used_share),
                  account: one.most_used_account.name,
                })
              : text("state.none"),
        },
      ]}
    />
  );
}

/** The gaps as rows of a file, unrounded. */
export function gapRows(gaps: Gaps): Cell[][] {
  const { currency, facets } = gaps.demand;
  const head = [
    ...facets,
    text("plan.column.needed"),
    text("plan.column.covered"),
    `${text("plan.column.money")} (${currency})`,
    `${text("plan.column.at_risk")} (${currency})`,
    text("plan.column.runs_out"),
    text("plan.column.accounts"),
    text("plan.column.most_used"),
    text("plan.column.account"),
  ];
  const rows = gaps.segments.map((one) => [
    ...facets.map((_, place) => (one.is_unknown ? text("plan.unknown") : (one.labels[place] ?? ""))),
    one.needed,
    one.covered,
    one.money_needed,
    one.money_at_risk,
    one.stock_out_on ?? "",
    one.accounts,
    one.most_used_share ?? "",
    one.most_used_account?.name ?? "",
  ]);
  return [head, ...rows];
}

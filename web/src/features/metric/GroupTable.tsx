import { Button } from "@mantine/core";
import type { Leveraging } from "../../api/types";
import { formatMoney, formatNumber, formatShare } from "../../format/format";
import { text } from "../../text/text";
import { DataTable } from "../../ui/DataTable";
import { sumsOf } from "./money";

interface Props {
  metric: Leveraging;
  chosen: string | undefined;
  onChoose: (group: string) => void;
}

/** The groups as rows; one chosen narrows the deals below. */
export function GroupTable({ metric, chosen, onChoose }: Props) {
  // In one order in every row, so that rows compare.
  const currencies = sumsOf(metric.currencies).map((sum) => sum.currency);
  return (
    <DataTable
      caption={text("metric.by")}
      rows={metric.groups}
      rowKey={(group) => group.key}
      isMuted={(group) => group.small_sample}
      columns={[
        {
          key: "group",
          label: text("metric.column.group"),
          cell: (group) => (
            <Button
              size="compact-sm"
              variant={chosen === group.key ? "light" : "subtle"}
              aria-pressed={chosen === group.key}
              onClick={() => onChoose(group.key)}
            >
              {group.label}
            </Button>
          ),
        },
        {
          key: "share",
          label: text("metric.column.share"),
          align: "right",
          cell: (group) =>
            group.rate === null
              ? text("state.none")
              : `${formatShare(group.rate)}${group.small_sample ? ` (${text("metric.small")})` : ""}`,
        },
        {
          key: "leveraged",
          label: text("metric.column.leveraged"),
          align: "right",
          cell: (group) => formatNumber(group.leveraged),
        },
        {
          key: "closed",
          label: text("metric.column.closed"),
          align: "right",
          cell: (group) => formatNumber(group.closed),
        },
        {
          key: "influenced",
          label: text("metric.column.influenced"),
          align: "right",
          cell: (group) => {
            const lines = currencies.flatMap((currency) => {
              const money = group.currencies[currency];
              if (!money) return [];
              const influenced = formatMoney({ amount: money.revenue_influenced, currency });
              return [<div key={currency}>{influenced}</div>];
            });
            return lines.length > 0 ? lines : text("state.none");
          },
        },
      ]}
    />
  );
}

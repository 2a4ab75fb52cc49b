import { Button } from "@mantine/core";
import type { Leveraging } from "../../api/types";
import { formatMoney, formatNumber, formatShare } from "../../format/format";
import { text } from "../../text/text";
import { DataTable } from "../../ui/DataTable";

interface Props {
  metric: Leveraging;
  currency: string;
  chosen: string | undefined;
  onChoose: (group: string) => void;
}

/** The groups as rows; one chosen narrows the deals below. */
export function GroupTable({ metric, currency, chosen, onChoose }: Props) {
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
          wide: true,
          cell: (group) => {
            const money = group.currencies[currency];
            return money ? formatMoney({ amount: money.revenue_influenced, currency }) : text("state.none");
          },
        },
      ]}
    />
  );
}

//! The groups of the metric as rows of a file, the same numbers as on the screen.

import type { Leveraging } from "../../api/types";
import { text } from "../../text/text";
import type { Cell } from "../../ui/chart/csv";

export function rowsOf(metric: Leveraging, currency: string): Cell[][] {
  const head = [
    text("metric.column.group"),
    text("metric.column.leveraged"),
    text("metric.column.closed"),
    text("metric.column.share"),
    `${text("metric.column.influenced")} (${currency})`,
  ];
  const rows = metric.groups.map((group) => [
    group.label,
    group.leveraged,
    group.closed,
    group.rate ?? "",
    group.currencies[currency]?.revenue_influenced ?? "",
  ]);
  return [head, ...rows];
}

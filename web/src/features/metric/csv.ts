//! The groups of the metric as rows of a file, the same numbers as on the screen.

import type { Leveraging } from "../../api/types";
import { text } from "../../text/text";
import type { Cell } from "../../ui/chart/csv";
import { sumsOf } from "./money";

/** One row a group, and one column of money a currency. */
export function rowsOf(metric: Leveraging): Cell[][] {
  const currencies = sumsOf(metric.currencies).map((sum) => sum.currency);
  const head = [
    text("metric.column.group"),
    text("metric.column.leveraged"),
    text("metric.column.closed"),
    text("metric.column.share"),
    ...currencies.map((currency) => `${text("metric.column.influenced")} (${currency})`),
  ];
  const rows = metric.groups.map((group) => [
    group.label,
    group.leveraged,
    group.closed,
    group.rate ?? "",
    ...currencies.map((currency) => group.currencies[currency]?.revenue_influenced ?? ""),
  ]);
  return [head, ...rows];
}

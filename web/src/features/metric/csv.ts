//! The groups of the metric as a file, the same numbers as on the screen.

import type { Leveraging } from "../../api/types";
import { text } from "../../text/text";

/** A cell that a spreadsheet shows as text and never runs as a formula. */
export function cell(value: string | number): string {
  const plain =
    typeof value === "string" && /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

export function csvOf(metric: Leveraging, currency: string): string {
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
  return [head, ...rows]
    .map((row) => row.map(cell).join(","))
    .join("\r\n")
    .concat("\r\n");
}

export function saveCsv(metric: Leveraging, by: string, currency: string) {
  const address = URL.createObjectURL(new Blob([csvOf(metric, currency)], { type: "text/csv" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = `leveraging-by-${by}-${metric.from}-${metric.to}.csv`;
  link.click();
  URL.revokeObjectURL(address);
}

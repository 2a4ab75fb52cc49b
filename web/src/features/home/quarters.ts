//! Which quarters of a metric are whole: a part of one compared with a whole one says nothing.

import type { Leveraging, MetricGroup } from "../../api/types";

/** The quarter of a day as the API labels it: 2026-Q4. */
export function quarterOf(day: string): string {
  return `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
}

/** The quarters that lie wholly within the metric's period and before `today`, oldest first. */
export function wholeQuarters(metric: Pick<Leveraging, "from" | "groups">, today: string): MetricGroup[] {
  const begun = quarterOf(metric.from);
  const startsWhole = /-(01|04|07|10)-01$/.test(metric.from);
  return metric.groups
    .filter((group) => (startsWhole ? group.key >= begun : group.key > begun) && group.key < quarterOf(today))
    .sort((one, other) => one.key.localeCompare(other.key));
}

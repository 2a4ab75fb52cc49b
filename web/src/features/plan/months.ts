//! Months by their place in the year.

import { formatPeriod } from "../../format/format";

/** "Jan" for 0. */
export function monthName(month: number): string {
  const named = formatPeriod(`2026-${String(month + 1).padStart(2, "0")}`);
  return named.split(" ")[0] ?? named;
}

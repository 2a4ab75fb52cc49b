//! Until when an entry is usually put off, by the reader's own clock.

const MORNING_HOUR = 8;
const MONDAY = 1;

export type SnoozeName = "hours" | "tomorrow" | "week";

/** Three hours on, tomorrow morning, and the next Monday morning that is not tomorrow. */
export function snoozeTimes(now: Date): { name: SnoozeName; until: Date }[] {
  const hours = new Date(now.getTime() + 3 * 3_600_000);
  const toMonday = (MONDAY - now.getDay() + 7) % 7 || 7;
  return [
    { name: "hours", until: hours },
    { name: "tomorrow", until: morning(now, 1) },
    { name: "week", until: morning(now, toMonday === 1 ? 8 : toMonday) },
  ];
}

function morning(now: Date, days: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, MORNING_HOUR);
}

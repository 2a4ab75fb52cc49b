//! The one place that turns days, instants, money and shares into words.
//! Decides how they read; refuses to know which screen shows them.

import type { Money } from "../api/types";
import { locale } from "../text/language";

const DAY_MS = 86_400_000;

/** A calendar day without a zone, held as its midnight in UTC. */
function dayToUtc(day: string): Date {
  return new Date(`${day.slice(0, 10)}T00:00:00Z`);
}

const dayLong = new Intl.DateTimeFormat(locale, {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});
const dayShort = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: "UTC" });
const weekday = new Intl.DateTimeFormat(locale, {
  weekday: "short",
  day: "numeric",
  month: "short",
  timeZone: "UTC",
});
const instantLong = new Intl.DateTimeFormat(locale, {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "numeric",
  minute: "2-digit",
  timeZoneName: "short",
});
const hourOnly = new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit", timeZone: "UTC" });
const month = new Intl.DateTimeFormat(locale, { month: "short", year: "numeric", timeZone: "UTC" });
const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });

/** "3 Dec" within the year of `today`, else with its year. */
export function formatDay(day: string, today?: string): string {
  const date = dayToUtc(day);
  if (Number.isNaN(date.getTime())) return day;
  const written = today && today.slice(0, 4) === day.slice(0, 4) ? dayShort : dayLong;
  return endless(written.format(date));
}

/** Without the dot of an abbreviated month, as in "9. Dez.": a sentence that ends with it has its own. */
const endless = (written: string) => written.replace(/\.$/, "");

/** A month `2026-11` as "Nov 2026" and a quarter `2026-Q4` as "Q4 2026"; other labels stay as they are. */
export function formatPeriod(label: string): string {
  const quarter = /^(\d{4})-(Q[1-4])$/.exec(label);
  if (quarter) return `${quarter[2]} ${quarter[1]}`;
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(label) ? month.format(dayToUtc(`${label}-01`)) : label;
}

/** The first day of a month `2026-11` or quarter `2026-Q4` and the day after its last; absent for other labels. */
export function periodBounds(label: string): { from: string; to: string } | null {
  const found = /^(\d{4})-(?:Q([1-4])|(0[1-9]|1[0-2]))$/.exec(label);
  if (!found) return null;
  const [, year, quarter, single] = found;
  const first = quarter ? (Number(quarter) - 1) * 3 : Number(single) - 1;
  const startOf = (months: number) => new Date(Date.UTC(Number(year), months, 1)).toISOString().slice(0, 10);
  return { from: startOf(first), to: startOf(first + (quarter ? 3 : 1)) };
}

/** With the weekday, for days a person plans around. */
export function formatPlannedDay(day: string): string {
  const date = dayToUtc(day);
  return Number.isNaN(date.getTime()) ? day : endless(weekday.format(date));
}

/** An instant in the viewer's zone, the zone named. */
export function formatInstant(instant: string): string {
  const date = new Date(instant);
  return Number.isNaN(date.getTime()) ? instant : instantLong.format(date);
}

/** An instant as a clock of this time zone shows it: "Mon, Mar 9, 2026, 9:00 AM". */
export function formatSlot(instant: string, zone: string): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  return new Intl.DateTimeFormat(locale, {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "numeric",
    minute: "2-digit",
    timeZone: knownZone(zone) ?? "UTC",
  }).format(date);
}

/** A whole hour of the day, from 0 to 23, as a clock shows it. */
export function formatHour(hour: number): string {
  return hourOnly.format(new Date(Date.UTC(2000, 0, 1, hour)));
}

/** The time zone of this browser. */
export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** The zone, where this browser knows it. */
export function knownZone(zone: string | null | undefined): string | null {
  if (!zone) return null;
  try {
    return new Intl.DateTimeFormat(locale, { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

/** Whole days from `today` to `day`; negative when it is past. */
export function daysUntil(day: string, today: string): number {
  return Math.round((dayToUtc(day).getTime() - dayToUtc(today).getTime()) / DAY_MS);
}

/** "tomorrow", "in 12 days", "3 weeks ago". */
export function formatDistance(day: string, today: string): string {
  const days = daysUntil(day, today);
  const size = Math.abs(days);
  if (size < 21) return relative.format(days, "day");
  if (size < 75) return relative.format(Math.round(days / 7), "week");
  if (size < 700) return relative.format(Math.round(days / 30.44), "month");
  return relative.format(Math.round(days / 365.25), "year");
}

/** How long ago an instant was, seen from `now`. */
export function formatAgo(instant: string, now: Date): string {
  const minutes = Math.round((new Date(instant).getTime() - now.getTime()) / 60_000);
  if (Math.abs(minutes) < 60) return relative.format(minutes, "minute");
  const hours = Math.round(minutes / 60);
  if (Math.abs(hours) < 36) return relative.format(hours, "hour");
  return relative.format(Math.round(hours / 24), "day");
}

/** The day `days` after `day`. */
export function addDays(day: string, days: number): string {
  return new Date(dayToUtc(day).getTime() + days * DAY_MS).toISOString().slice(0, 10);
}

/** "$120,000"; cents only where there are any. */
export function formatMoney(money: Money): string {
  return moneyWith(money, {});
}

/** "$1.2M", for tight places; the whole amount belongs in a title. */
export function formatMoneyShort(money: Money): string {
  // German has no short form below a million; there, a tenth of a unit is noise.
  const isShort = shortForm.formatToParts(Number(money.amount)).some(({ type }) => type === "compact");
  return moneyWith(money, { notation: "compact", maximumFractionDigits: isShort ? 1 : 0 });
}

const shortForm = new Intl.NumberFormat(locale, { notation: "compact" });

function moneyWith(money: Money, options: Intl.NumberFormatOptions): string {
  const value = Number(money.amount);
  if (!Number.isFinite(value)) return `${money.amount} ${money.currency}`;
  try {
    return new Intl.NumberFormat(locale, {
      style: "currency",
      currency: money.currency,
      minimumFractionDigits: Number.isInteger(value) ? 0 : 2,
      maximumFractionDigits: Number.isInteger(value) ? 0 : 2,
      ...(options.notation ? { minimumFractionDigits: 0 } : {}),
      ...options,
    }).format(value);
  } catch {
    // Not an ISO currency: the amount still has to be readable.
    return `${formatNumber(value)} ${money.currency}`;
  }
}

const parts = new Intl.NumberFormat(locale).formatToParts(12_345_678.9);
const separator = (type: "group" | "decimal") => parts.find((part) => part.type === type)?.value;

/** How numbers are typed where they are shown: "4,200.5", in German "4.200,5". */
export const typedNumbers = {
  thousandSeparator: separator("group") ?? "",
  decimalSeparator: separator("decimal") ?? ".",
};

/** "4,200". */
export function formatNumber(value: number): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value);
}

const list = new Intl.ListFormat(locale, { type: "conjunction" });

/** "region, industry, and availability". */
export function formatList(words: string[]): string {
  return list.format(words);
}

/** A share in [0,1] as "41%"; `digits` after the point where the step matters. */
export function formatShare(share: number, digits = 0): string {
  return new Intl.NumberFormat(locale, {
    style: "percent",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(share);
}

/** A number that already counts percent points, as the goal is stored. */
export function formatPercent(percent: number): string {
  return formatShare(percent / 100, Number.isInteger(percent) ? 0 : 1);
}

/** "2.1 MB". */
export function formatBytes(bytes: number): string {
  const isSmall = bytes < 1_000_000;
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: isSmall ? "kilobyte" : "megabyte",
    maximumFractionDigits: isSmall ? 0 : 1,
  }).format(isSmall ? bytes / 1_000 : bytes / 1_000_000);
}

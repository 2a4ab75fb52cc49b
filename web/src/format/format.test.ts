import { describe, expect, it } from "vitest";
import {
  addDays,
  daysUntil,
  formatAgo,
  formatDay,
  formatDistance,
  formatInstant,
  formatMoney,
  formatMoneyShort,
  formatPercent,
  formatPeriod,
  formatShare,
  periodBounds,
} from "./format";

describe("periods", () => {
  it("a month and a quarter end where the next begins, over the turn of the year too", () => {
    expect(periodBounds("2026-11")).toEqual({ from: "2026-11-01", to: "2026-12-01" });
    expect(periodBounds("2026-12")).toEqual({ from: "2026-12-01", to: "2027-01-01" });
    expect(periodBounds("2026-Q4")).toEqual({ from: "2026-10-01", to: "2027-01-01" });
  });

  it("no other label is a period", () => {
    expect(periodBounds("Retail")).toBeNull();
    expect(periodBounds("2026-13")).toBeNull();
  });
});

describe("days", () => {
  it("a day reads the same in every zone, since it has none", () => {
    expect(formatDay("2026-12-03")).toBe("Dec 3, 2026");
    expect(formatDay("2026-01-01")).toBe("Jan 1, 2026");
  });

  it("the year is left out within the year of today", () => {
    expect(formatDay("2026-12-03", "2026-11-22")).toBe("Dec 3");
    expect(formatDay("2027-01-03", "2026-11-22")).toBe("Jan 3, 2027");
  });

  it("counting days crosses months, leap days and the change of clocks", () => {
    expect(daysUntil("2026-11-02", "2026-10-30")).toBe(3);
    expect(daysUntil("2028-03-01", "2028-02-28")).toBe(2);
    expect(daysUntil("2026-03-30", "2026-03-28")).toBe(2);
    expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
  });

  it.each([
    ["2026-11-22", "today"],
    ["2026-11-23", "tomorrow"],
    ["2026-12-04", "in 12 days"],
    ["2026-10-01", "7 weeks ago"],
    ["2027-06-01", "in 6 months"],
    ["2024-11-01", "2 years ago"],
  ])("%s is %s", (day, words) => {
    expect(formatDistance(day, "2026-11-22")).toBe(words);
  });

  it("text that is no day is shown as it came", () => {
    expect(formatDay("soon")).toBe("soon");
    expect(formatInstant("soon")).toBe("soon");
  });

  it("an instant names its zone", () => {
    expect(formatInstant("2026-11-22T10:00:00Z")).toMatch(/2026.*(UTC|GMT|[A-Z]{2,4})/);
  });

  it("how long ago is told in the largest unit that fits", () => {
    const now = new Date("2026-11-22T12:00:00Z");
    expect(formatAgo("2026-11-22T11:30:00Z", now)).toBe("30 minutes ago");
    expect(formatAgo("2026-11-22T02:00:00Z", now)).toBe("10 hours ago");
    expect(formatAgo("2026-11-17T12:00:00Z", now)).toBe("5 days ago");
  });
});

describe("money and shares", () => {
  it.each([
    ["120000.00", "USD", "$120,000"],
    ["1234.50", "USD", "$1,234.50"],
    ["0.00", "EUR", "€0"],
    ["-250.00", "USD", "-$250"],
  ])("%s %s reads %s", (amount, currency, words) => {
    expect(formatMoney({ amount, currency })).toBe(words);
  });

  it("a short amount keeps one digit where it matters", () => {
    expect(formatMoneyShort({ amount: "1250000.00", currency: "USD" })).toBe("$1.3M");
    expect(formatMoneyShort({ amount: "480000.00", currency: "USD" })).toBe("$480K");
  });

  it("an unknown currency still shows its amount", () => {
    expect(formatMoney({ amount: "10.00", currency: "??" })).toBe("10 ??");
  });

  it("shares and stored percents agree", () => {
    expect(formatShare(0.41)).toBe("41%");
    expect(formatPercent(41)).toBe("41%");
    expect(formatPercent(62.5)).toBe("62.5%");
  });
});

describe("periods", () => {
  it("are read by their names, and a label that is no period stays", () => {
    expect(formatPeriod("2024-11")).toBe("Nov 2024");
    expect(formatPeriod("2026-Q4")).toBe("Q4 2026");
    expect(formatPeriod("2024-13")).toBe("2024-13");
    expect(formatPeriod("Healthcare")).toBe("Healthcare");
  });
});

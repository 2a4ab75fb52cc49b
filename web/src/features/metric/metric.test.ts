import { describe, expect, it } from "vitest";
import type { Leveraging, MetricGroup } from "../../api/types";
import { cell, csvOf } from "../../ui/chart/csv";
import { rowsOf } from "./csv";
import { findingOf, isPart, ranked } from "./finding";
import { sumsOf } from "./money";

const group = (label: string, rate: number | null, small = false): MetricGroup => ({
  key: label,
  label,
  closed: 50,
  leveraged: 10,
  won: 5,
  rate,
  currencies: { USD: { revenue_won: "1.00", revenue_influenced: "2.00" } },
  small_sample: small,
});
const metric = (groups: MetricGroup[], currencies: Leveraging["currencies"] = {}): Leveraging => ({
  from: "2026-01-01",
  to: "2026-11-22",
  closed: 100,
  leveraged: 40,
  rate: 0.4,
  currencies,
  won: 1,
  target: null,
  baseline: null,
  formula: "",
  revenue_formula: "",
  groups,
  open: { count: 0, with_reference: 0 },
  kinds: ["new", "expansion"],
  small_sample: false,
  goal_version: 1,
  groups_left_out: 0,
  undated: 0,
  not_needed: 0,
});

const MONTHS = { by: "month", today: "2026-11-22" };
const INDUSTRIES = { by: "industry", today: "2026-11-22" };

describe("a part of a period", () => {
  const asked = { from: "2026-01-15", to: "2026-11-22" };
  const isPartOf = (label: string, by: string, to?: string) =>
    isPart(group(label, 0.5), { ...metric([]), ...asked }, { by, to, today: "2026-11-22" });

  it.each(["2026-01", "2026-11"])("%s was counted in part: it began before or is not over", (month) => {
    expect(isPartOf(month, "month")).toBe(true);
  });

  it("is no month that is over, also when its last deal closed before its end", () => {
    expect(isPartOf("2026-02", "month")).toBe(false);
    expect(isPartOf("2026-10", "month")).toBe(false);
    expect(isPartOf("2026-Q3", "quarter")).toBe(false);
  });

  it("is a period that somebody cut off, and the quarter that is running", () => {
    expect(isPartOf("2026-06", "month", "2026-06-20")).toBe(true);
    expect(isPartOf("2026-Q4", "quarter")).toBe(true);
    expect(isPartOf("2026-11", "team")).toBe(false);
  });

  it("is nothing that a finding compares", () => {
    const groups = [
      group("2026-01", 0.9),
      group("2026-02", 0.2),
      group("2026-03", 0.3),
      group("2026-11", 0.1),
    ];
    expect(findingOf({ ...metric(groups), ...asked }, MONTHS)).toBe(
      "The share rose from 20% to 30% between 2026-02 and 2026-03",
    );
  });
});

it("bars stand by their share, and too few deals after all others", () => {
  const groups = [group("low", 0.1), group("tiny", 1, true), group("none", null), group("high", 0.4)];
  expect(ranked(groups).map((one) => one.label)).toEqual(["high", "low", "tiny", "none"]);
});

describe("the finding over a chart", () => {
  it("tells the direction over time and leaves small samples out", () => {
    expect(findingOf(metric([group("Jan", 0.9, true), group("Feb", 0.2), group("Mar", 0.3)]), MONTHS)).toBe(
      "The share rose from 20% to 30% between Feb and Mar",
    );
    expect(findingOf(metric([group("Jan", 0.3), group("Feb", 0.2)]), MONTHS)).toContain("fell");
    expect(findingOf(metric([group("Jan", 0.3), group("Feb", 0.31)]), MONTHS)).toContain("stayed at 31%");
  });

  it("names the best group, but not from too few deals", () => {
    expect(
      findingOf(metric([group("Retail", 0.2), group("Health", 0.4), group("Tiny", 1, true)]), INDUSTRIES),
    ).toBe("Health uses references most: 40% of its closed deals");
    expect(findingOf(metric([group("Tiny", 1, true), group("None", null)]), INDUSTRIES)).toBe(
      "Too few closed deals in any group to compare them",
    );
  });
});

describe("revenue influenced", () => {
  it("is told for every currency, the largest first and never added up", () => {
    const sums = sumsOf({
      CHF: { revenue_won: "5.00", revenue_influenced: "0.00" },
      EUR: { revenue_won: "90.00", revenue_influenced: "20.00" },
      JPY: { revenue_won: "9000", revenue_influenced: "3000" },
      GBP: { revenue_won: "7.00", revenue_influenced: "0.00" },
      USD: { revenue_won: "1000.00", revenue_influenced: "100.00" },
    });
    expect(sums.map((sum) => `${sum.influenced.amount} ${sum.currency}`)).toEqual([
      "100.00 USD",
      "3000 JPY",
      "20.00 EUR",
      "0.00 GBP",
      "0.00 CHF",
    ]);
  });
});

describe("the file", () => {
  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "＝1"])("%s cannot run as a formula", (trap) => {
    expect(cell(trap)).toMatch(/^'|^"'/);
  });

  it("holds the numbers of the screen, one row a group", () => {
    const currencies = {
      EUR: { revenue_won: "9.00", revenue_influenced: "3.00" },
      USD: { revenue_won: "4.00", revenue_influenced: "2.00" },
    };
    expect(csvOf(rowsOf(metric([group('Retail, "west"', 0.2)], currencies)))).toBe(
      'Group,With reference,Closed,Share,Influenced (EUR),Influenced (USD)\r\n"Retail, ""west""",10,50,0.2,,2.00\r\n',
    );
  });
});

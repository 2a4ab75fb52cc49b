import { describe, expect, it } from "vitest";
import type { MetricGroup } from "../../api/types";
import { quarterOf, wholeQuarters } from "./quarters";

const group = (key: string): MetricGroup => ({
  key,
  label: key,
  closed: 40,
  leveraged: 10,
  won: 20,
  rate: 0.25,
  currencies: {},
  small_sample: false,
});
const groups = ["2026-Q4", "2026-Q3", "2026-Q2", "2026-Q1"].map(group);
const keys = (from: string, today: string) => wholeQuarters({ from, groups }, today).map((one) => one.key);

describe("whole quarters", () => {
  it("name the quarter of a day", () => {
    expect(["2026-01-01", "2026-03-31", "2026-04-01", "2026-12-31"].map(quarterOf)).toEqual([
      "2026-Q1",
      "2026-Q1",
      "2026-Q2",
      "2026-Q4",
    ]);
  });

  it("leave out the one that the period begins within and the one that is not over", () => {
    expect(keys("2026-02-22", "2026-11-22")).toEqual(["2026-Q2", "2026-Q3"]);
  });

  it("keep the first where the period begins with it", () => {
    expect(keys("2026-01-01", "2026-11-22")).toEqual(["2026-Q1", "2026-Q2", "2026-Q3"]);
  });
});

import { describe, expect, it } from "vitest";
import type { GapSegment } from "../../api/types";
import { asked, NO_COLUMNS, readCut, WEEK_DAYS } from "./cut";
import { COLUMNS_MAX, heatOf, ROWS_MAX, shareOfFirst } from "./heat";
import { readRates, writeRates } from "./rates";

const segment = (labels: string[], needed: number, covered: number, atRisk: string): GapSegment => ({
  key: labels.join("/"),
  labels,
  is_unknown: false,
  needed,
  covered,
  money_needed: atRisk,
  money_at_risk: atRisk,
  stock_out_on: null,
  accounts: 0,
  most_used_account: null,
  most_used_share: null,
  windows: [],
});

describe("the map of gaps", () => {
  const segments = [
    segment(["Retail", "Cloud"], 2, 2, "0.00"),
    segment(["Health", "Cloud"], 5, 1, "100.00"),
    segment(["Health", "Core"], 3, 2, "900.00"),
  ];

  it("puts what misses the most first, by the measure that was chosen", () => {
    const byReferences = heatOf(segments, "missing");
    expect([byReferences.rows, byReferences.columns, byReferences.most]).toEqual([
      ["Health", "Retail"],
      ["Cloud", "Core"],
      4,
    ]);
    expect(heatOf(segments, "money").columns).toEqual(["Core", "Cloud"]);
    expect(byReferences.at("Health", "Core")).toBe(segments[2]);
    expect(byReferences.at("Retail", "Core")).toBeUndefined();
  });

  it("says how much it leaves out, and has no place for the unknown segment", () => {
    const many = Array.from({ length: 20 }, (_, place) =>
      segment([`Row ${place}`, `Column ${place}`], 1, 0, "1.00"),
    );
    const heat = heatOf(
      [...many, { ...segment(["Unknown segment"], 9, 0, "9.00"), is_unknown: true }],
      "money",
    );
    expect([heat.rows.length, heat.rowsLeftOut]).toEqual([ROWS_MAX, 20 - ROWS_MAX]);
    expect([heat.columns.length, heat.columnsLeftOut]).toEqual([COLUMNS_MAX, 20 - COLUMNS_MAX]);
    expect(heat.most).toBe(1);
  });

  it("counts the share of the largest gaps, and none of nothing", () => {
    const ranked = [segments[2], segments[1], segments[0]].filter((one) => one !== undefined);
    expect(shareOfFirst(ranked, 1)).toBe(0.9);
    expect(shareOfFirst([], 3)).toBe(0);
  });
});

describe("the cut of a plan", () => {
  it("asks for windows of a month until the last day", () => {
    expect(asked({ days: "90" })).toEqual({
      facets: "industry,product",
      window_ends: "30,60,90",
      as_of: undefined,
      broad: true,
    });
    expect(asked({ days: "365", terms: "exact" })).toMatchObject({ broad: false });
    expect(asked({ days: "365" }).window_ends.split(",").at(-1)).toBe("365");
  });

  it("asks week by week within the windows that a plan may have", () => {
    const weeks = asked({ days: "365" }, WEEK_DAYS).window_ends.split(",");
    expect([weeks.length, weeks[0], weeks.at(-1)]).toEqual([53, "7", "365"]);
  });

  it("does not cross a facet with itself", () => {
    expect(readCut({ by: "region", across: "region" }).across).toBe(NO_COLUMNS);
    expect(asked({ by: "region", across: "region" }).facets).toBe("region");
  });
});

describe("exchange rates on one line", () => {
  it("are read as they are written, however they are parted", () => {
    const rates = { EUR: "1.08", GBP: "1.27" };
    expect(readRates(writeRates(rates))).toEqual(rates);
    expect(readRates("eur=1.08; GBP: 1.27,")).toEqual(rates);
    expect(readRates("")).toEqual({});
  });
});

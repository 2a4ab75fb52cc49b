import { describe, expect, it } from "vitest";
import { asSegment } from "./cut";

describe("a combination that many deals share", () => {
  it("is a segment of the same cut where every facet is named", () => {
    expect(asSegment({ days: "60" }, "a/b")).toEqual({
      days: "60",
      by: "industry",
      across: "product",
      segment: "a/b",
    });
  });

  it("is a segment of the facet that is named alone", () => {
    expect(asSegment({}, "*/b")).toEqual({ by: "product", across: "none", segment: "b" });
    expect(asSegment({ terms: "exact" }, "a/*")).toEqual({
      terms: "exact",
      by: "industry",
      across: "none",
      segment: "a",
    });
    expect(asSegment({ by: "region", across: "none" }, "a")).toEqual({
      by: "region",
      across: "none",
      segment: "a",
    });
  });
});

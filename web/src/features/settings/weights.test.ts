import { describe, expect, it } from "vitest";
import type { Facet, MatchWeights } from "../../api/types";
import { facetsOf, withFacet } from "./weights";

const weights: MatchWeights = { facets: { industry: 30 }, others: 10, text: 30 };
const facet = (key: string): Facet => ({
  id: `00000001-0000-4000-8000-${key.padStart(12, "0").slice(0, 12)}`,
  version: 1,
  key,
  name: key,
  multi: false,
  ordinal: false,
});

describe("weights of the facets", () => {
  it("gives a facet without a weight of its own that of all others, and leaves out the stage of a deal", () => {
    const shown = facetsOf([facet("industry"), facet("language"), facet("deal_stage")], weights);
    expect(shown.map((one) => [one.key, one.weight])).toEqual([
      ["industry", 30],
      ["language", 10],
    ]);
  });

  it("changes one facet and keeps the rest", () => {
    expect(withFacet(weights, "region", 5)).toEqual({ industry: 30, region: 5 });
    expect(weights.facets).toEqual({ industry: 30 });
  });
});

//! What the weights of a program say about the facets of its taxonomy.

import type { Facet, MatchWeights } from "../../api/types";

export const WEIGHT_MIN = 1;
export const WEIGHT_MAX = 100;

/** The stage of a deal orders content and never counts in a match. */
const NOT_MATCHED = "deal_stage";

export interface WeighedFacet {
  key: string;
  name: string;
  weight: number;
}

/** Every facet that counts in a match, as the taxonomy lists them. */
export function facetsOf(facets: readonly Facet[], weights: MatchWeights): WeighedFacet[] {
  return facets
    .filter((facet) => facet.key !== NOT_MATCHED)
    .map(({ key, name }) => ({ key, name, weight: weights.facets[key] ?? weights.others }));
}

/** The weights of the facets with one of them changed. */
export function withFacet(weights: MatchWeights, key: string, weight: number): MatchWeights["facets"] {
  return { ...weights.facets, [key]: weight };
}

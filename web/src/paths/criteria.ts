//! A criterion's form in the address: `industry:term,term` or, when it is a must, `industry:term!`.

import type { CriterionInput } from "../api/types";

export function readCriteria(written: readonly string[] | undefined): CriterionInput[] {
  const read: CriterionInput[] = [];
  for (const one of written ?? []) {
    const at = one.indexOf(":");
    const must = one.endsWith("!");
    const terms = one
      .slice(at + 1, must ? -1 : undefined)
      .split(",")
      .filter(Boolean);
    if (at > 0 && terms.length > 0) read.push({ facet: one.slice(0, at), terms, must });
  }
  return read;
}

export function writeCriteria(criteria: readonly CriterionInput[]): string[] {
  return criteria.map((one) => `${one.facet}:${one.terms.join(",")}${one.must ? "!" : ""}`);
}

/** The criteria with `term` of `facet` asked for, or no longer. An emptied facet leaves. */
export function toggleTerm(
  criteria: readonly CriterionInput[],
  facet: string,
  term: string,
): CriterionInput[] {
  const found = criteria.find((one) => one.facet === facet);
  if (!found) return [...criteria, { facet, terms: [term], must: false }];
  const terms = found.terms.includes(term)
    ? found.terms.filter((one) => one !== term)
    : [...found.terms, term];
  return criteria
    .map((one) => (one.facet === facet ? { ...one, terms } : one))
    .filter((one) => one.terms.length > 0);
}

/**
 * The criteria with `term` of `facet` among those of which one has to fit, or no longer. A wish for
 * other terms of the facet gives way, since it would let in what was not ticked.
 */
export function toggleRequired(
  criteria: readonly CriterionInput[],
  facet: string,
  term: string,
): CriterionInput[] {
  const found = criteria.find((one) => one.facet === facet);
  if (found?.must) return toggleTerm(criteria, facet, term);
  if (!found) return [...criteria, { facet, terms: [term], must: true }];
  return criteria.map((one) => (one === found ? { ...one, terms: [term], must: true } : one));
}

export function toggleMust(criteria: readonly CriterionInput[], facet: string): CriterionInput[] {
  return criteria.map((one) => (one.facet === facet ? { ...one, must: !one.must } : one));
}

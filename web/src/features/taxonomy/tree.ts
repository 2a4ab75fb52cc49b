//! The terms of a facet as a tree, flattened in the order in which it is read.

import type { Term } from "../../api/types";
import { locale } from "../../text/language";

export interface Branch {
  term: Term;
  depth: number;
}

/** Parents before their children; by rank where the facet has an order, else by name. */
export function treeOf(terms: readonly Term[], isOrdinal: boolean): Branch[] {
  const known = new Set(terms.map((term) => term.id));
  const children = new Map<string | null, Term[]>();
  for (const term of terms) {
    const parent = term.parent_id !== null && known.has(term.parent_id) ? term.parent_id : null;
    children.set(parent, [...(children.get(parent) ?? []), term]);
  }
  const order = (one: Term, other: Term) =>
    isOrdinal ? (one.rank ?? 0) - (other.rank ?? 0) : one.name.localeCompare(other.name, locale);
  const walk = (parent: string | null, depth: number): Branch[] =>
    (children.get(parent) ?? [])
      .toSorted(order)
      .flatMap((term) => [{ term, depth }, ...walk(term.id, depth + 1)]);
  return walk(null, 0);
}

/** The branches whose name or synonyms hold `words`, and what stands above them. */
export function searchTree(branches: readonly Branch[], words: string): Branch[] {
  const asked = words.trim().toLowerCase();
  if (asked === "") return [...branches];
  const kept = new Set<string>();
  const above = new Map(branches.map(({ term }) => [term.id, term.parent_id]));
  for (const { term } of branches) {
    if (![term.name, ...term.synonyms].some((text) => text.toLowerCase().includes(asked))) continue;
    for (let id: string | null | undefined = term.id; id && !kept.has(id); id = above.get(id)) kept.add(id);
  }
  return branches.filter(({ term }) => kept.has(term.id));
}

/** The term and everything under it: none of them may stand above it. */
export function underOf(branches: readonly Branch[], id: string): Set<string> {
  const found = new Set([id]);
  for (const { term } of branches)
    if (term.parent_id !== null && found.has(term.parent_id)) found.add(term.id);
  return found;
}

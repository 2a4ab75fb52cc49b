//! How the words in the box, the chips and the address go together. The server reads the words; this
//! only decides what stands where after a change.

import type { CriterionInput, FindReferences, MatchAnswer, Recognised } from "../../api/types";
import { readActivity } from "../../parts/ActivitySelect";
import { readCriteria, writeCriteria } from "../../paths/criteria";
import type { FindSearch, WorkbenchSearch } from "../../paths/paths";

/** The part of the address that says what is asked. */
export interface Question {
  q?: string;
  c?: string[];
  keep?: string[];
}

/** What the server read, in the form that can be changed. */
export function fromAnswer(answer: MatchAnswer): CriterionInput[] {
  return answer.criteria.map(({ facet, terms, must, weight }) => ({
    facet,
    terms: terms.map((term) => term.id),
    must,
    weight,
  }));
}

/**
 * The criteria on the screen: as answered, or as asked while the answer is on its way. Absent
 * criteria let the server read them from the deal and the words.
 */
export function criteriaShown(asked: Question, answer: MatchAnswer | undefined, isCurrent: boolean) {
  if (answer && (isCurrent || !asked.c)) return fromAnswer(answer);
  return readCriteria(asked.c);
}

/** Stands for no criteria at all, where an absent list would be read from the deal. */
const NONE = ["none"];

/** The address once the words that became chips leave the box and the others stay. */
export function settled(criteria: CriterionInput[], answer: MatchAnswer | undefined): Question {
  const c = criteria.length > 0 ? writeCriteria(criteria) : NONE;
  if (!answer?.recognised_applied) return { c };
  return answer.text ? { c, q: answer.text } : { c, q: undefined, keep: undefined };
}

/** Where the words of the box name the term, if they do. */
export function namedBy(
  answer: MatchAnswer | undefined,
  facet: string,
  term: string,
): Recognised | undefined {
  if (!answer?.recognised_applied) return undefined;
  return answer.recognised.find((one) => one.term.facet === facet && one.term.id === term);
}

/** Whether anything was asked that somebody may fit or not. */
export function hasAsked(answer: MatchAnswer): boolean {
  return answer.criteria.length > 0 || Boolean(answer.text);
}

/** The words that are looked for in stories, each once. */
export function wordsOf(written: string | null | undefined): string[] {
  return [...new Set((written ?? "").split(/\s+/u).filter(Boolean))];
}

/** What stands in the box without a word, wherever it stands and whatever is written next to it. */
export function withoutWord(box: string | undefined, word: string): string | undefined {
  const plain = (one: string) => one.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "").toLowerCase();
  const left = wordsOf(box).filter((one) => plain(one) !== plain(word));
  return left.length > 0 ? left.join(" ") : undefined;
}

/** The address when words that name a term are to stay words. */
export function keptAsText(asked: Question, words: string): Question {
  const kept = asked.keep ?? [];
  return { keep: kept.includes(words) ? kept : [...kept, words] };
}

/** The criteria with the other meaning of some words in place of the one that was read. */
export function meaning(
  criteria: CriterionInput[],
  one: Recognised,
  other: Recognised["term"],
): CriterionInput[] {
  const rest = criteria
    .map((asked) =>
      asked.facet === one.term.facet
        ? { ...asked, terms: asked.terms.filter((term) => term !== one.term.id) }
        : asked,
    )
    .filter((asked) => asked.terms.length > 0);
  const found = rest.find((asked) => asked.facet === other.facet);
  if (!found) return [...rest, { facet: other.facet, terms: [other.id], must: false }];
  return rest.map((asked) => (asked === found ? { ...asked, terms: [...asked.terms, other.id] } : asked));
}

/**
 * What the address asks the server. Absent criteria let the server read them from the deal or the
 * words; an empty list asks for none.
 */
export function toQuery(search: FindSearch): FindReferences {
  return {
    opportunity_id: search.deal,
    like_advocate: search.like,
    like_account: search.like_account,
    criteria: search.c ? readCriteria(search.c) : undefined,
    text: search.q,
    plain: search.keep,
    activity: readActivity(search.activity),
    need_by: search.by,
    only_available: search.show !== "all",
  };
}

/** The same question on the workbench. What only Find can be like is left behind. */
export function onWorkbench(search: FindSearch): WorkbenchSearch {
  const { q, c, keep, activity, by, show, deal, pick } = search;
  return { q, c, keep, activity, by, show, deal, pick };
}

/** Tried weights by the key of the facet, from `facet:weight`; what is none is left out. */
export function readWeights(written: readonly string[] | undefined): Record<string, number> {
  const pairs = (written ?? []).map((one): [string, number] => {
    const at = one.lastIndexOf(":");
    return [one.slice(0, at), Number(one.slice(at + 1))];
  });
  return Object.fromEntries(
    pairs.filter(([key, weight]) => key && Number.isInteger(weight) && weight >= 1 && weight <= 100),
  );
}

export function writeWeights(weights: Record<string, number>): string[] | undefined {
  const written = Object.entries(weights).map(([key, weight]) => `${key}:${weight}`);
  return written.length > 0 ? written : undefined;
}

/** The address that asks what was saved. A day that has passed is left to the server. */
export function toSearch(ask: FindReferences, today: string): FindSearch {
  const { criteria } = ask;
  const c = criteria ? (criteria.length > 0 ? writeCriteria(criteria) : NONE) : undefined;
  return {
    deal: ask.opportunity_id ?? undefined,
    like: ask.like_advocate ?? undefined,
    like_account: ask.like_account ?? undefined,
    c,
    q: ask.text ?? undefined,
    keep: ask.plain && ask.plain.length > 0 ? ask.plain : undefined,
    activity: ask.activity ?? undefined,
    by: ask.need_by && ask.need_by >= today ? ask.need_by : undefined,
    show: ask.only_available === false ? "all" : undefined,
  };
}

//! What the server writes into an inbox, in the language of the page. The server words notices in English,
//! once for every reader; what a page has no words for stays as it was written.

import { addWords } from "./catalogue";

/** A sentence of the server with names, days and numbers in it, and how it reads; days come as they are read. */
export type Pattern = readonly [RegExp, (...parts: string[]) => string];

interface Phrases {
  sentences: Readonly<Record<string, string>>;
  patterns: readonly Pattern[];
}

let phrases: Phrases = { sentences: {}, patterns: [] };

addWords({
  en: () => Promise.resolve({}),
  de: async () => {
    phrases = await import("./de/notices");
    return {};
  },
});

/** Where one sentence ends and another one begins. */
const NEXT_SENTENCE = /(?<=[.?!]) (?=\p{Lu})/gu;
const DAY = /\b\d{4}-\d\d-\d\d\b/g;
type ReadDay = (day: string) => string;

/** A notice in the language of the page, its days as `readDay` writes them. */
export const noticeWords = (written: string, readDay: ReadDay): string => worded(written, readDay, phrases);

export function worded(written: string, readDay: ReadDay, phrases: Phrases): string {
  const { sentences, patterns } = phrases;
  const known = sentences[written];
  if (known !== undefined) return known;
  const cuts = Array.from(written.matchAll(NEXT_SENTENCE), ({ index }) => index);
  const apart = (at: number) =>
    [written.slice(0, at), written.slice(at + 1)].map((part) => worded(part, readDay, phrases)).join(" ");
  // A sentence that is known stands behind one that may hold a name, which could swallow it.
  const before = cuts.find((at) => sentences[written.slice(at + 1)] !== undefined);
  if (before !== undefined) return apart(before);
  const readable = (text: string) => text.replace(DAY, (day) => readDay(day));
  for (const [pattern, words] of patterns) {
    const found = pattern.exec(written);
    if (found) return words(...found.slice(1).map(readable));
  }
  // Behind a sentence of the program may stand what somebody wrote, which stays as it is.
  return cuts[0] === undefined ? readable(written) : apart(cuts[0]);
}

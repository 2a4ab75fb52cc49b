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

const DAY = /\b\d{4}-\d\d-\d\d\b/g;
type ReadDay = (day: string) => string;

/** A notice in the language of the page, its days as `readDay` writes them. */
export const noticeWords = (written: string, readDay: ReadDay): string => worded(written, readDay, phrases);

export function worded(written: string, readDay: ReadDay, { sentences, patterns }: Phrases): string {
  const known = sentences[written];
  if (known !== undefined) return known;
  const readable = (text: string) => text.replace(DAY, (day) => readDay(day));
  for (const [pattern, words] of patterns) {
    const found = pattern.exec(written);
    if (found) return words(...found.slice(1).map(readable));
  }
  return readable(written);
}

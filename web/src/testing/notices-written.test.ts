//! Ties the German notices to the sentences that the server really writes: one that is changed there, or new,
//! fails here until it has its words. Reads the server's source, since the sentences stand nowhere else.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as german from "../text/de/notices";
import { worded } from "../text/notices";

const SERVER = "../crates/app/src";

/** Source without comments, a literal of several lines as one. */
const plain = (written: string) => written.replace(/\\\n\s*/g, "").replace(/\/\/.*/g, "");

const files = readdirSync(SERVER, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".rs"))
  .map((name) => plain(readFileSync(join(SERVER, name), "utf8")));

const whole = files.join("\n").replaceAll('\\"', '"');

/** Texts of the files that tell people something which are no notice: letters, refusals, formulas, names. */
const NO_NOTICE = [
  "A colleague",
  "Customers who fit and speak for nobody",
  "How was the {what}?",
  "Hello",
  "Keep at most {ROWS_MAX} rows.",
  "A size ends above where it begins.",
  "One of these requests ",
  "A use is logged once it has taken place.",
  "Choose a day within the last",
  "Your {what} helped",
  "What came of your {what}",
  "They have decided",
  "{shown} {why}",
];

/** Put together from sentences that are judged by themselves, or of names alone. */
const PARTS = ["{} and {more} more", "{body} and {more} more", "{body} {note}", "{}: {what}", "{}: {title}"];

/** What stands before a text that refuses an ask. */
const REFUSAL =
  /(Error::\w+\(|\bfield\([^)]*,|MoveNotAllowed\(|Conflict\(|expect\(|reason = )\s*(format!\()?\s*$/;

function sentencesOf(source: string): string[] {
  return Array.from(source.matchAll(/"((?:[^"\\]|\\.)*)"/g), ({ 1: text = "", index }) => ({
    text: text.replaceAll('\\"', '"'),
    before: source.slice(Math.max(0, index - 120), index),
  }))
    .filter(({ text, before }) => /^[A-Z{].* /.test(text) && !REFUSAL.test(before))
    .map(({ text }) => text)
    .filter((text) => !PARTS.includes(text) && !NO_NOTICE.some((other) => text.startsWith(other)));
}

const written = [
  ...new Set(files.filter((file) => /notify::|Message \{/.test(file)).flatMap(sentencesOf)),
].sort();

/** What may stand in a hole of a sentence. */
const FILLERS = ["2026-12-01", "3", "Nova", "Nova.", "is an advocate", "Reference call"];

/** A sentence with its holes filled, in every way. */
function filled(sentence: string): string[] {
  const hole = /\{\w*\}/.exec(sentence);
  if (!hole) return [sentence];
  const [before, after] = [sentence.slice(0, hole.index), sentence.slice(hole.index + hole[0].length)];
  return FILLERS.flatMap((filler) => filled(after).map((rest) => before + filler + rest));
}

const said = (sentence: string) => worded(sentence, (day) => day, german);
const longWords = (text: string): string[] => text.match(/\p{L}{5,}/gu) ?? [];

/** Whether none of the English is left. */
function isWorded(sentence: string): boolean {
  const english = longWords(sentence.replace(/\{\w*\}/g, ""));
  return filled(sentence).some((one) => {
    const words = said(one);
    return words !== one && !english.some((word) => longWords(words).includes(word));
  });
}

describe("the notices of the server", () => {
  it("there are some to judge", () => expect(written.length).toBeGreaterThan(80));

  it("each has its words in German", () => {
    expect(written.filter((sentence) => !isWorded(sentence))).toEqual([]);
  });

  it("each sentence with words in German is written by the server", () => {
    expect(Object.keys(german.sentences).filter((sentence) => !whole.includes(sentence))).toEqual([]);
  });

  it("each form with words in German is one of the server's", () => {
    const parts = (source: string) =>
      source
        .replace(/^\^|\$$/g, "")
        .split(/\((?:\\.|[^)])*\)/)
        .map((part) => part.replace(/\\(.)/g, "$1"));
    const unused = german.patterns.filter(
      ({ 0: { source } }) => !parts(source).every((part) => whole.includes(part)),
    );
    expect(unused.map(([pattern]) => pattern.source)).toEqual([]);
  });

  it("what is left out as no notice is there", () => {
    expect([...NO_NOTICE, ...PARTS].filter((text) => !whole.includes(text))).toEqual([]);
  });
});

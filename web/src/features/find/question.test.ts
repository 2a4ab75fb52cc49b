import { describe, expect, it } from "vitest";
import type { Recognised } from "../../api/types";
import { readCriteria, toggleRequired } from "../../paths/criteria";
import { matchAnswer } from "../../testing/records";
import {
  criteriaShown,
  keptAsText,
  meaning,
  namedBy,
  settled,
  toQuery,
  toSearch,
  withoutWord,
  wordsOf,
} from "./question";

const concern = {
  id: "m2",
  name: "Migration",
  facet: "buyer_concern",
  facet_name: "Buyer concern",
  by: "name",
  why: "Name: Migration",
} as const;
const one: Recognised = {
  start: 0,
  end: 9,
  written: "migration",
  term: { ...concern, id: "m1", facet: "use_case", facet_name: "Use case" },
  others: [concern],
};
const answer = matchAnswer({
  criteria: [
    {
      facet: "use_case",
      facet_name: "Use case",
      terms: [{ id: "m1", name: "Migration" }],
      must: false,
      weight: 30,
    },
  ],
  recognised: [one],
  text: "downtime",
});

describe("the words in the box and the chips", () => {
  it("show what the server read, and what was asked while the answer is on its way", () => {
    expect(criteriaShown({}, answer, true)).toEqual([
      { facet: "use_case", terms: ["m1"], must: false, weight: 30 },
    ]);
    expect(criteriaShown({ c: ["region:r"] }, answer, false)).toEqual([
      { facet: "region", terms: ["r"], must: false },
    ]);
  });

  it("after a change, words that became chips leave the box and the others stay", () => {
    expect(settled([{ facet: "use_case", terms: ["m1"], must: true }], answer)).toEqual({
      c: ["use_case:m1!"],
      q: "downtime",
    });
    const allRead = settled([], { ...answer, text: null });
    expect(allRead).toHaveProperty("q", undefined);
    expect(allRead).toHaveProperty("keep", undefined);
    expect(readCriteria(allRead.c)).toEqual([]);
  });

  it("removing a chip that was read keeps its words as words", () => {
    expect(namedBy(answer, "use_case", "m1")?.written).toBe("migration");
    expect(namedBy({ ...answer, recognised_applied: false }, "use_case", "m1")).toBeUndefined();
    expect(keptAsText({ keep: ["cloud"] }, "migration")).toEqual({ keep: ["cloud", "migration"] });
  });

  it("a word that names nothing leaves the box as it is written there, the others stay", () => {
    expect(wordsOf("Ohio cutover Ohio")).toEqual(["Ohio", "cutover"]);
    expect(withoutWord("healthcare, Ohio! cutover", "ohio")).toBe("healthcare, cutover");
    expect(withoutWord("Ohio", "Ohio")).toBeUndefined();
  });

  it("a tick asks for one of the ticked terms and nothing less", () => {
    const wish = { facet: "industry", terms: ["h", "r"], must: false, weight: 30 };
    const ticked = toggleRequired([wish], "industry", "h");
    expect(ticked).toEqual([{ ...wish, terms: ["h"], must: true }]);
    const both = toggleRequired(ticked, "industry", "b");
    expect(both).toEqual([{ ...wish, terms: ["h", "b"], must: true }]);
    expect(toggleRequired(toggleRequired(both, "industry", "h"), "industry", "b")).toEqual([]);
    expect(toggleRequired([], "region", "m")).toEqual([{ facet: "region", terms: ["m"], must: true }]);
  });

  it("another meaning takes the place of the one that was read", () => {
    expect(meaning([{ facet: "use_case", terms: ["m1"], must: false }], one, concern)).toEqual([
      { facet: "buyer_concern", terms: ["m2"], must: false },
    ]);
  });

  it("what is saved asks the same again, from today on", () => {
    const search = {
      q: "downtime",
      c: ["region:r1,r2!"],
      keep: ["cloud"],
      deal: "d",
      by: "2026-12-24",
      show: "all",
      activity: "site_visit",
    } as const;
    const asked = { ...search, c: [...search.c], keep: [...search.keep] };
    const again = toSearch(toQuery(asked), "2026-11-22");
    expect(toQuery(again)).toEqual(toQuery(asked));
    expect(toSearch(toQuery(asked), "2026-12-25").by).toBeUndefined();
    expect(toQuery(toSearch({ criteria: [] }, "2026-11-22")).criteria).toEqual([]);
    expect(toQuery(toSearch({}, "2026-11-22")).criteria).toBeUndefined();
  });
});

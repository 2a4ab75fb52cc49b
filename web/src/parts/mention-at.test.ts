import { expect, it } from "vitest";
import { mentionAt, withName } from "./mention-at";

it("reads what is typed of a name after an @", () => {
  expect(mentionAt("Ask @", 5)).toEqual({ at: 4, words: "" });
  expect(mentionAt("@An", 3)).toEqual({ at: 0, words: "An" });
  expect(mentionAt("Hi (@Ann Le there", 11)).toEqual({ at: 4, words: "Ann Le" });
  expect(mentionAt("@Ann de la Cruz", 11)).toEqual({ at: 0, words: "Ann de la " });
});

it("reads none in an address, after a backslash, on another line or far behind", () => {
  for (const typed of ["ann@acme", "\\@Ann", "@@", "@Ann\nLee", "@one two three four five", "nobody"])
    expect(mentionAt(typed, typed.length)).toBeNull();
});

it("puts the whole name there and the caret behind it", () => {
  const typed = "Ask @an please";
  expect(withName(typed, 7, { at: 4, words: "an" }, "Ann Lee")).toEqual({
    typed: "Ask @Ann Lee  please",
    caret: 13,
  });
});

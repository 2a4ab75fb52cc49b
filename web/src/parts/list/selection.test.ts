import { describe, expect, it } from "vitest";
import { chosenCount, isChosen, toggled } from "./selection";

describe("the rows that are chosen", () => {
  it("come and go one by one", () => {
    expect(toggled([], "a", ["a", "b"])).toEqual(["a"]);
    expect(toggled(["a", "b"], "a", ["a", "b"])).toEqual(["b"]);
    expect(isChosen(["b"], "a")).toBe(false);
    expect(chosenCount(["b"], 40)).toBe(1);
  });

  it("are the rows that were read once one of all is let go", () => {
    expect(isChosen("all", "never read")).toBe(true);
    expect(chosenCount("all", 40)).toBe(40);
    expect(toggled("all", "a", ["a", "b", "c"])).toEqual(["b", "c"]);
  });
});

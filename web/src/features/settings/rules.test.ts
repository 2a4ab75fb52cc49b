import { describe, expect, it } from "vitest";
import { valueWords } from "./Rule";
import { isFound, lastChangeOf, RULES } from "./rules";

describe("searching the rules", () => {
  it("finds a rule by its words and by those of its group, in any order", () => {
    expect(isFound("protection", "rest_days", "days REST")).toBe(true);
    expect(isFound("protection", "rest_days", "protection")).toBe(true);
    expect(isFound("program", "currency", "rest")).toBe(false);
  });

  it("shows every rule when nothing is asked", () => {
    for (const [group, rules] of Object.entries(RULES))
      for (const rule of rules) expect(isFound(group as keyof typeof RULES, rule, "")).toBe(true);
  });
});

describe("the last change of a rule", () => {
  const change = (rule: string) => ({ rule, before: 1, after: 2, at: "2026-11-01T00:00:00Z", by: null });

  it("is that of the rule itself", () => {
    const changes = [change("activities.quote.notice"), change("rest_days")];
    expect(lastChangeOf(changes, "rest_days")?.rule).toBe("rest_days");
    expect(lastChangeOf(changes, "quote")).toBeUndefined();
  });

  it("says values in words", () => {
    expect([true, 3, "", null, "Stories"].map(valueWords)).toEqual([
      "Yes",
      "3",
      "nothing",
      "nothing",
      "Stories",
    ]);
  });
});

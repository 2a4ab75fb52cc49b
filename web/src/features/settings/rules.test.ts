import { describe, expect, it } from "vitest";
import { isFound, RULES } from "./rules";

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

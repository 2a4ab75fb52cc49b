import { describe, expect, it } from "vitest";
import { changedByBoth, changedFields } from "./use-versioned-form";

const base = { name: "Ann", roles: ["seller"], team: "" };

describe("a form over a version", () => {
  it("sends what changed and nothing else", () => {
    expect(changedFields(base, { ...base, roles: ["seller"], team: "East" })).toEqual({ team: "East" });
  });

  it("asks only about fields that both sides changed to different values", () => {
    const mine = { name: "Anna", roles: ["seller"], team: "East" };
    expect(changedByBoth({ ...base, roles: ["owner"] }, base, mine)).toEqual([]);
    expect(changedByBoth({ ...base, name: "Anne", team: "East" }, base, mine)).toEqual(["name"]);
  });
});

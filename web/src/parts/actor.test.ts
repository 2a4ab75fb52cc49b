import { describe, expect, it } from "vitest";
import { whoActed } from "./actor";

describe("who acted", () => {
  it("is a colleague by name", () => {
    expect(whoActed({ actor_name: "Omar Lindqvist", actor_kind: "user" })).toBe("Omar Lindqvist");
  });

  it.each([
    ["advocate", "The advocate"],
    ["operator", "The operator"],
    ["system", "Goodword"],
    ["user", "A colleague"],
  ] as const)("without a name says what an actor of kind %s is", (actor_kind, words) => {
    expect(whoActed({ actor_name: null, actor_kind })).toBe(words);
  });
});

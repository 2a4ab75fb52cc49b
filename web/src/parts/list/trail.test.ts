import { describe, expect, it } from "vitest";
import { longer } from "./trail";

const trail = { href: "/accounts?q=a", choice: { q: "a" }, ids: ["one", "two"], total: 4, cursor: "c1" };

describe("the list a reader came from", () => {
  it("goes on behind what was read, and holds a row that moved down once", () => {
    const next = longer(trail, { items: [{ id: "two" }, { id: "three" }], next_cursor: "c2" });
    expect(next.ids).toEqual(["one", "two", "three"]);
    expect(next.cursor).toBe("c2");
    expect(longer(next, { items: [], next_cursor: null })).toEqual({ ...next, cursor: null });
  });
});

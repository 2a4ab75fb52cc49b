import { describe, expect, it } from "vitest";
import { ask, conditionCount, emptyGroup, isIncomplete, readFilter, withQuick, writeFilter } from "./filter";

const large = { field: "employees", is: "at_least", value: 500 };

describe("a filter", () => {
  it("comes back from the address as it was written", () => {
    const built = {
      mode: "any" as const,
      parts: [large, { mode: "all" as const, parts: [ask.yes("locked")] }],
    };
    expect(readFilter(writeFilter(built))).toEqual(built);
  });

  it("that is broken asks for nothing", () => {
    for (const written of ["", "{", "[]", "1", '{"field":1}', '{"all":[null,{"is":"x"}]}'])
      expect(conditionCount(readFilter(written))).toBe(0);
  });

  it("leaves no trace in the address when it asks for nothing", () => {
    expect(writeFilter({ mode: "all", parts: [emptyGroup()] })).toBeUndefined();
    expect(withQuick([], undefined)).toBeUndefined();
  });

  it("is joined with the switches over the list, without a level more where none is needed", () => {
    const mine = ask.anyOf("owner", "me");
    expect(withQuick([mine], writeFilter({ mode: "all", parts: [large] }))).toBe(
      JSON.stringify({ all: [mine, large] }),
    );
    expect(withQuick([mine], writeFilter({ mode: "any", parts: [large] }))).toBe(
      JSON.stringify({ all: [mine, { any: [large] }] }),
    );
  });

  it("is incomplete while a question lacks its value", () => {
    expect(isIncomplete({ field: "name", is: "contains", value: "" })).toBe(true);
    expect(isIncomplete({ mode: "all", parts: [large, { field: "owner", is: "any_of", value: [] }] })).toBe(
      true,
    );
    expect(isIncomplete({ mode: "all", parts: [large, ask.empty("owner")] })).toBe(false);
  });
});

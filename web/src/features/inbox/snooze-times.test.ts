import { describe, expect, it } from "vitest";
import { snoozeTimes } from "./snooze-times";

const shown = (now: Date) =>
  snoozeTimes(now).map(({ name, until }) => [name, until.getDate(), until.getHours()]);

describe("until when an entry is put off", () => {
  it("offers three hours, tomorrow morning and the morning of the next Monday", () => {
    // Wednesday, March 11, 2026.
    expect(shown(new Date(2026, 2, 11, 14))).toEqual([
      ["hours", 11, 17],
      ["tomorrow", 12, 8],
      ["week", 16, 8],
    ]);
  });

  it("means the Monday after when tomorrow or today is one", () => {
    expect(shown(new Date(2026, 2, 8, 9))[2]).toEqual(["week", 16, 8]);
    expect(shown(new Date(2026, 2, 9, 9))[2]).toEqual(["week", 16, 8]);
  });
});

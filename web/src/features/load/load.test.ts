import { expect, test } from "vitest";
import { monthBounds } from "./Overrides";

test("a month ends where the next begins, over the turn of the year too", () => {
  expect(monthBounds("2026-11")).toEqual({ from: "2026-11-01", to: "2026-12-01" });
  expect(monthBounds("2026-12")).toEqual({ from: "2026-12-01", to: "2027-01-01" });
});

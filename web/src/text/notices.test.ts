import { expect, it } from "vitest";
import * as german from "./de/notices";
import { worded } from "./notices";

const said = (written: string) => worded(written, (day) => `the day ${day}`, german);

it("words a notice of the server, with what stands in it", () => {
  expect(said("The advocate accepted")).toBe("Der Referenzgeber hat zugesagt");
  expect(said("Ann Lee mentioned you")).toBe("Ann Lee hat Sie erwähnt");
  expect(said("Reference call by 2026-12-01 for the deal Acme: phase 2.")).toBe(
    "Referenzgespräch bis the day 2026-12-01 für den Deal Acme: phase 2.",
  );
  expect(said("Move it to 2026-12-01.")).toBe("Move it to the day 2026-12-01.");
  expect(said("Acme: is it too much?")).toBe("Acme: Ist es zu viel?");
});

it("leaves what it has no words for", () => {
  for (const written of ["", "Their words, not ours", "Acme: a word of a colleague"])
    expect(said(written)).toBe(written);
});

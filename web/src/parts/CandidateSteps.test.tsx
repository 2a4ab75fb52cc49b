import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { candidate } from "../testing/records";
import { show } from "../testing/render";
import { CandidateSteps, holderWords, nextWords } from "./CandidateSteps";

const steps = (at: (string | null)[]) =>
  (["owner_asked", "advocate_asked", "accepted", "scheduled", "done"] as const).map((state, place) => ({
    state,
    at: at[place] ?? null,
    done: Boolean(at[place]),
  }));
const DAY = "2026-11-22T09:00:00Z";

describe("the way of a candidate", () => {
  it("shows a step that was passed over as skipped, not as still to come", async () => {
    const done = candidate({ state: "done", holder: "requester", steps: steps([DAY, DAY, DAY, null, DAY]) });
    await show(<CandidateSteps candidate={done} />);
    const states = screen.getAllByRole("listitem").map((item) => item.getAttribute("data-state"));
    expect(states).toEqual(["done", "done", "done", "skipped", "done"]);
    expect(screen.getByText("Skipped")).toBeTruthy();
  });

  it("shows no questions on a deal that joined another's call, which put them", async () => {
    const call = { serves: 2, is_arranged_here: false, others: [] };
    const joined = candidate({ state: "accepted", call, steps: steps([null, null, DAY]) });
    await show(<CandidateSteps candidate={joined} />);
    const states = screen.getAllByRole("listitem").map((item) => item.getAttribute("data-state"));
    expect(states).toEqual(["now", "next", "next"]);
  });

  it("ends where somebody said no and offers no further steps", async () => {
    const declined = candidate({ state: "declined", holder: "nobody", steps: steps([DAY, DAY]) });
    await show(<CandidateSteps candidate={declined} />);
    const states = screen.getAllByRole("listitem").map((item) => item.getAttribute("data-state"));
    expect(states).toEqual(["done", "done", "ended"]);
    expect(nextWords(declined, "2026-11-22")).toBeNull();
  });

  it("names the holder, the day and what follows", () => {
    const words = nextWords(candidate(), "2026-11-22");
    expect(words).toContain(
      "Omar Lindqvist decides whether this customer may be asked. Then the advocate is.",
    );
    expect(words).toContain("Due");
  });

  it("after the use asks for a grade instead of saying who has it", () => {
    const done = candidate({ state: "done", holder: "requester", holder_name: "Sam Rivera" });
    expect(holderWords(done)).toBe("Sam Rivera says how it was");
  });

  it("says of one in line that it is next", () => {
    const waiting = candidate({ state: "proposed", holder: "program", is_in_line: true, due_on: null });
    expect(holderWords(waiting)).toBe("Next in line");
    expect(nextWords(waiting, "2026-11-22")).toContain("asked when one before says no");
  });
});

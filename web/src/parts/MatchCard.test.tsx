import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { matchRow } from "../testing/records";
import { expectAccessible, show } from "../testing/render";
import { MatchCard } from "./MatchCard";
import { MatchList } from "./MatchList";

describe("the match card", () => {
  it("tells the share, its reasons in words, and whether the advocate is free", async () => {
    const { container } = await show(<MatchCard row={matchRow()} onPeek={vi.fn()} onRequest={vi.fn()} />);
    expect(screen.getByText("94%")).toBeTruthy();
    expect(screen.getByText("Same industry: Hospitals")).toBeTruthy();
    expect(screen.getByText("Free")).toBeTruthy();
    await expectAccessible(container);
  });

  it("shows how the match adds up when asked", async () => {
    await show(<MatchCard row={matchRow()} />);
    expect(screen.queryByText("62 points")).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: /94%/ }));
    expect(screen.getByText("62 points")).toBeTruthy();
  });

  it("says what fits and folds what does not until the sum is opened", async () => {
    const reasons = [
      { criterion: "industry", points: 62, words: "Same industry: Hospitals", kind: "same" },
      { criterion: "region", points: 0, words: "Different region", kind: "different" },
    ] as const;
    await show(<MatchCard row={matchRow({ reasons: [...reasons] })} />);
    expect(screen.queryByText("Different region")).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "1 does not fit" }));
    expect(screen.getByText("Different region")).toBeTruthy();
  });

  it("a masked name is not told a second time, and no share is made up", async () => {
    await show(<MatchCard row={matchRow({ relevance: null, reasons: [] })} />);
    expect(screen.getAllByText(/Meridian Health/)).toHaveLength(1);
    expect(screen.queryByText(/%/)).toBeNull();
  });

  it.each([
    ["rests_until", "2026-12-03", "Rests until Dec 3"],
    ["ask_owner", null, "Ask owner"],
    ["blocked", null, "Not available"],
  ] as const)("%s is said in words", async (state, until, words) => {
    await show(<MatchCard row={matchRow({ availability: { state, until } })} />);
    expect(screen.getByText(words)).toBeTruthy();
  });

  it("a person who may not ask is offered no request", async () => {
    await show(<MatchCard row={matchRow()} onPeek={vi.fn()} />);
    expect(screen.queryByRole("button", { name: /^Request/ })).toBeNull();
  });
});

describe("the list of matches by keyboard", () => {
  const rows = [matchRow({ advocate: "a" }), matchRow({ advocate: "b" }), matchRow({ advocate: "c" })];

  it("J and K move, Space looks closer, R requests and X shortlists the chosen one", async () => {
    const onPeek = vi.fn();
    const onRequest = vi.fn();
    const onPick = vi.fn();
    await show(<MatchList rows={rows} onPeek={onPeek} onPick={onPick} onRequest={onRequest} />);
    await userEvent.keyboard("jjk ");
    expect(onPeek).toHaveBeenLastCalledWith("a");
    await userEvent.keyboard("jr");
    expect(onRequest).toHaveBeenLastCalledWith("b");
    await userEvent.keyboard("jx");
    expect(onPick).toHaveBeenLastCalledWith("c");
  });

  it("keys are silent while a person types", async () => {
    const onRequest = vi.fn();
    await show(
      <>
        <input aria-label="box" />
        <MatchList rows={rows} onPeek={vi.fn()} onRequest={onRequest} />
      </>,
    );
    await userEvent.type(screen.getByLabelText("box"), "rr");
    expect(onRequest).not.toHaveBeenCalled();
  });
});

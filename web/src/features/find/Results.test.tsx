import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { MatchAnswer } from "../../api/types";
import { matchAnswer, matchRow } from "../../testing/records";
import { expectAccessible, show } from "../../testing/render";
import { Results } from "./Results";

const picks = () => ({ ids: [], rows: new Map(), toggle: vi.fn(), clear: vi.fn() });
const unmet = matchAnswer({
  text: "quantum",
  relaxations: [
    { drop: ["region"], label: "Drop region", gain: 4 },
    { drop: ["availability"], label: "Drop availability", gain: 9 },
  ],
  near: ["a", "b", "c", "d", "e"].map((advocate) => ({
    ...matchRow({ advocate }),
    differs: ["Different region"],
  })),
  unmet_recorded: true,
});
const criteria = [
  { facet: "industry", terms: ["a"], must: true, weight: 10 },
  { facet: "region", terms: ["b"], must: true, weight: 10 },
];

function showNobody(answer = unmet, isKept = false) {
  const onRelax = vi.fn();
  const onRequest = vi.fn();
  const query = { data: { pages: [answer], pageParams: [] } } as unknown as UseInfiniteQueryResult<
    InfiniteData<MatchAnswer>
  >;
  return show(
    <Results
      query={query}
      answer={answer}
      criteria={criteria}
      isKept={isKept}
      isTable={false}
      picks={picks()}
      onRelax={onRelax}
      onPeek={vi.fn()}
      onRequest={onRequest}
    />,
  ).then(() => ({ onRelax, onRequest }));
}

describe("a search that nobody fits", () => {
  it("widens by a criterion", async () => {
    const { onRelax } = await showNobody();
    await userEvent.click(screen.getByRole("button", { name: "Drop region: +4" }));
    expect(onRelax).toHaveBeenCalledWith([criteria[0]], false);
  });

  it("widens by availability, which is no criterion", async () => {
    const { onRelax } = await showNobody();
    await userEvent.click(screen.getByRole("button", { name: "Drop availability: +9" }));
    expect(onRelax).toHaveBeenCalledWith(criteria, true);
  });

  it("says what a near match differs in and offers the program team", async () => {
    const { onRequest } = await showNobody();
    expect(screen.getAllByText("Different region")).toHaveLength(3);
    await userEvent.click(screen.getByRole("button", { name: "Ask the program team" }));
    expect(onRequest).toHaveBeenCalledWith("criteria");
  });

  it("shows three near matches and the others when asked", async () => {
    await showNobody();
    expect(screen.getAllByRole("article")).toHaveLength(3);
    await userEvent.click(screen.getByRole("button", { name: "Show 2 more" }));
    expect(screen.getAllByRole("article")).toHaveLength(5);
  });
});

describe("a search that finds nobody", () => {
  it("says that it is kept as unmet demand only when it is", async () => {
    await showNobody(unmet, false);
    expect(screen.queryByText(/recorded as unmet demand/)).toBeNull();
    await showNobody(unmet, true);
    expect(screen.getByText(/recorded as unmet demand/)).toBeTruthy();
  });

  it("without a question is no unmet demand but a program without advocates, or one that rests", async () => {
    await showNobody(matchAnswer());
    expect(screen.getByText("No advocates yet")).toBeTruthy();
    expect(screen.queryByText("Nobody fits all of this")).toBeNull();
    await showNobody(matchAnswer({ relaxations: unmet.relaxations }));
    expect(screen.getByText("Nobody is free on that day")).toBeTruthy();
  });
});

describe("matches", () => {
  it("that fit all come first, those that come near behind a line, and both are counted", async () => {
    const answer = matchAnswer({
      text: "downtime",
      total: 49,
      accounts: 44,
      fit_all: 7,
      rows: [matchRow({ fits_all: true }), matchRow({ advocate: "b" }), matchRow({ advocate: "c" })],
    });
    await showNobody(answer);
    expect(screen.getByText("7 fit all, 42 come near: 49 advocates at 44 accounts")).toBeTruthy();
    const [, second, third] = screen.getAllByRole("listitem").filter((one) => one.querySelector("article"));
    expect(second?.querySelector("h2")?.textContent).toBe("42 come near");
    expect(third?.querySelector("h2")).toBeNull();
  });

  const found = matchAnswer({ total: 1, accounts: 1, rows: [matchRow()] });
  const query = { data: { pages: [found], pageParams: [] } } as unknown as UseInfiniteQueryResult<
    InfiniteData<MatchAnswer>
  >;

  it("are cards or a table with the same shortlist", async () => {
    const own = picks();
    const { container } = await show(
      <Results
        query={query}
        answer={found}
        criteria={[]}
        isKept={false}
        isTable
        picks={own}
        onRelax={vi.fn()}
        onPeek={vi.fn()}
      />,
    );
    expect(screen.getByRole("table", { name: "Results" })).toBeTruthy();
    await userEvent.click(screen.getByRole("checkbox", { name: "Shortlist CIO at Meridian Health" }));
    expect(own.toggle).toHaveBeenCalledWith(matchRow().advocate);
    await expectAccessible(container);
  });
});

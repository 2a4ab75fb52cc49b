import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { MatchAnswer } from "../../api/types";
import { matchRow } from "../../testing/records";
import { show } from "../../testing/render";
import { Results } from "./Results";

const answer: MatchAnswer = {
  criteria: [],
  text: null,
  activity: "reference_call",
  need_by: "2026-12-10",
  only_available: true,
  total: 0,
  accounts: 0,
  rows: [],
  next_cursor: null,
  facets: [],
  relaxations: [
    { drop: ["region"], label: "Drop region", gain: 4 },
    { drop: ["availability"], label: "Drop availability", gain: 9 },
  ],
  near: [{ ...matchRow(), differs: ["Different region"] }],
  content: [],
  unmet_recorded: true,
};
const criteria = [
  { facet: "industry", terms: ["a"], must: true, weight: 10 },
  { facet: "region", terms: ["b"], must: true, weight: 10 },
];

function showNobody() {
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
    expect(screen.getByText("Different region")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Ask the program team" }));
    expect(onRequest).toHaveBeenCalledWith("criteria");
  });
});

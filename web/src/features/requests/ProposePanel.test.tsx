import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { candidate, ids, matchRow, request } from "../../testing/records";
import { expectAccessible, problem, type Sent, serve, show } from "../../testing/render";
import { ProposePanel } from "./ProposePanel";

const open = request({ status: "matching", version: 7, candidates: [], can_propose: true });
const answer = (rows = [matchRow()]) => ({
  criteria: [],
  text: null,
  activity: "reference_call",
  need_by: "2026-12-10",
  only_available: true,
  total: rows.length,
  accounts: rows.length,
  rows,
  next_cursor: null,
  facets: [],
  relaxations: [],
  near: [],
  content: [],
  unmet_recorded: false,
});
const posts = (all: Sent[]) => all.filter((sent) => sent.method === "POST");

describe("proposing candidates", () => {
  it("shows ranked matches with reasons and proposes one with one press", { timeout: 60_000 }, async () => {
    const all = serve((sent) => ({
      body: sent.method === "POST" ? { ...open, candidates: [candidate()] } : answer(),
    }));
    const { container } = await show(<ProposePanel request={open} />);
    expect(await screen.findByText("Same industry: Hospitals")).toBeTruthy();
    await expectAccessible(container);
    await userEvent.click(screen.getByRole("button", { name: "Propose CIO at Meridian Health" }));
    await waitFor(() => expect(posts(all)).toHaveLength(1));
    const [sent] = posts(all);
    expect(sent?.path).toBe(`/api/v1/requests/${ids.request}/candidates`);
    expect(sent?.body).toEqual({ advocates: [ids.advocate] });
    expect(sent?.headers.get("If-Match")).toBe('"7"');
    expect(sent?.headers.get("Idempotency-Key")).toBeTruthy();
  });

  it("when no use is left offers others, and asking all the same with a reason", {
    timeout: 60_000,
  }, async () => {
    const refusal = problem(409, "no_use_left", {
      detail: "The advocate rests on the planned day.",
      next_free: "2027-01-10",
      may_override: true,
      alternatives: [{ advocate_id: ids.other, title: "CTO", account_name: "Northwind" }],
    });
    let count = 0;
    const all = serve((sent) => {
      if (sent.method !== "POST") return { body: answer() };
      count += 1;
      return count === 1 ? refusal : { body: { ...open, candidates: [candidate()] } };
    });
    await show(<ProposePanel request={open} />);
    await userEvent.click(await screen.findByRole("button", { name: "Propose CIO at Meridian Health" }));
    expect(await screen.findByRole("button", { name: "Ask CTO, Northwind instead" })).toBeTruthy();
    const send = screen.getByRole("button", { name: "Ask all the same" });
    expect(send.hasAttribute("disabled")).toBe(true);
    await userEvent.type(screen.getByLabelText("Ask all the same, because"), "The customer offered it");
    await userEvent.click(send);
    await waitFor(() => expect(posts(all)).toHaveLength(2));
    expect(posts(all)[1]?.body).toEqual({
      advocates: [ids.advocate],
      override_reason: "The customer offered it",
    });
  });

  it("says what to do when nobody else fits", { timeout: 60_000 }, async () => {
    serve(() => ({ body: answer([]) }));
    await show(<ProposePanel request={open} />);
    expect(await screen.findByText("Nobody else fits")).toBeTruthy();
  });
});

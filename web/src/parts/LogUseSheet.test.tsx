import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { advocate, ids } from "../testing/records";
import { expectAccessible, problem, type Sent, serve, show } from "../testing/render";
import { LogUseSheet } from "./LogUseSheet";

const used = (went_past: string[] = []) => ({
  use: {
    id: "00000009-0000-4000-8000-000000000009",
    version: 1,
    advocate_id: ids.advocate,
    display_name: "CIO at Meridian Health",
    account: null,
    opportunity_id: ids.deal,
    activity: "reference_call",
    activity_label: "Reference call",
    used_on: "2026-11-22",
    channel: "outside",
    outcome: null,
    grade_seller: null,
    recorded_by: null,
    can_take_back: true,
  },
  went_past,
});

const rows = {
  items: [{ id: ids.advocate, display_name: "CIO at Meridian Health", name_masked: true, account: null }],
  next_cursor: null,
};

function serveWith(answer: () => ReturnType<Parameters<typeof serve>[0]>) {
  return serve((sent) => {
    if (sent.method === "POST") return answer();
    if (sent.method === "DELETE") return { status: 204 };
    if (sent.path.startsWith("/api/v1/opportunities/")) return { body: { id: ids.deal, name: "Cloud move" } };
    if (sent.path.startsWith("/api/v1/advocates?")) return { body: rows };
    if (sent.path.startsWith("/api/v1/opportunities?")) return { body: { items: [], next_cursor: null } };
    return { body: advocate({ id: ids.advocate }) };
  });
}

const of = (all: Sent[], method: string) => all.filter((sent) => sent.method === method);
const save = async () => userEvent.click(await screen.findByRole("button", { name: "Log use" }));

describe("logging a use from outside the system", () => {
  it("over the page of a deal one choice and one press are enough, and it can be taken back", async () => {
    const all = serveWith(() => ({ status: 201, body: used() }));
    const onClose = vi.fn();
    await show(<LogUseSheet start={{ deal: ids.deal }} onClose={onClose} />);
    await expectAccessible(await screen.findByRole("dialog"));
    await userEvent.click(await screen.findByLabelText("Who was used", { selector: "input" }));
    await userEvent.click(await screen.findByRole("option", { name: "CIO at Meridian Health" }));
    await save();
    expect(onClose).toHaveBeenCalled();
    expect(of(all, "POST")[0]?.body).toEqual({
      advocate_id: ids.advocate,
      opportunity_id: ids.deal,
      activity: "reference_call",
      used_on: "2026-11-22",
    });
    expect(of(all, "POST")[0]?.headers.get("Idempotency-Key")).toBeTruthy();
  });

  it("over a profile the advocate is known, and a seller is asked for the deal", async () => {
    const all = serveWith(() => ({ status: 201, body: used() }));
    await show(<LogUseSheet start={{ advocate: ids.advocate }} onClose={vi.fn()} />);
    await save();
    expect(await screen.findByText("Choose the deal.")).toBeTruthy();
    expect(of(all, "POST")).toEqual([]);
  });

  it("a day to come is refused before anything is sent", async () => {
    const all = serveWith(() => ({ status: 201, body: used() }));
    await show(<LogUseSheet start={{ advocate: ids.advocate, deal: ids.deal }} onClose={vi.fn()} />);
    const day = await screen.findByLabelText("When");
    await userEvent.clear(day);
    await userEvent.type(day, "2026-11-23");
    await save();
    expect(await screen.findByText("Choose today or an earlier day.")).toBeTruthy();
    expect(of(all, "POST")).toEqual([]);
  });

  it("says why the server refused it and keeps what was chosen", async () => {
    serveWith(() => problem(409, "conflict", { detail: "This use is on record already." }));
    const onClose = vi.fn();
    await show(<LogUseSheet start={{ advocate: ids.advocate, deal: ids.deal }} onClose={onClose} />);
    await save();
    expect(await screen.findByText(/on record already/)).toBeTruthy();
    expect(onClose).not.toHaveBeenCalled();
  });
});

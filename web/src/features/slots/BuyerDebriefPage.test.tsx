import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { BuyerDebrief } from "../../api/types";
import { expectAccessible, problem, type Sent, serve, show } from "../../testing/render";
import { BuyerDebriefPage } from "./BuyerDebriefPage";

const open = () => show(<BuyerDebriefPage />, { route: "/debrief/$token", path: "/debrief/secret" });
const posts = (all: Sent[]) => all.filter((sent) => sent.method === "POST");

const asked: BuyerDebrief = {
  state: "open",
  activity_label: "Reference call",
  asked_by: "Dana Reyes",
  company: "Brightwater",
  title: "CIO",
  account_name: "Meridian Health",
  used_on: "2026-11-20",
  expires_at: "2026-12-06T12:00:00Z",
};

function serveView(view: Partial<BuyerDebrief> = {}) {
  return serve((sent) => ({
    body: { ...asked, ...view, ...(sent.method === "POST" ? { state: "answered" } : {}) },
  }));
}

describe("the buyer's page after the use", () => {
  it("says whom it is about without a name, and reading it sends nothing", async () => {
    const all = serveView();
    const { container } = await open();
    expect(await screen.findByText(/with the CIO at Meridian Health/)).toBeTruthy();
    expect(all.map((sent) => sent.method)).toEqual(["GET"]);
    await expectAccessible(container);
  });

  it("wants one grade; the rest is up to the buyer", async () => {
    const all = serveView();
    await open();
    await userEvent.click(await screen.findByRole("button", { name: "Send" }));
    expect(await screen.findByText("Choose how useful it was, from 1 to 5.")).toBeTruthy();
    expect(posts(all)).toEqual([]);
    const useful = screen.getByRole("group", { name: "How useful was it for you?" });
    await userEvent.click(within(useful).getByRole("radio", { name: "4" }));
    await userEvent.click(screen.getByRole("button", { name: "Send" }));
    expect(await screen.findByRole("heading", { name: "Thank you" })).toBeTruthy();
    await waitFor(() => expect(posts(all)[0]?.body).toEqual({ grade: 4 }));
  });

  it("says so when nobody waits for it, or the link is gone", async () => {
    serveView({ state: "over" });
    await open();
    expect(await screen.findByRole("heading", { name: "No answer is needed any more" })).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Send" })).toBeNull();
  });

  it("explains a link that has run out", async () => {
    serve(() => problem(410, "link_expired"));
    await open();
    expect(await screen.findByRole("heading", { name: "This link has run out" })).toBeTruthy();
  });
});

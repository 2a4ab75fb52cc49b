import { Notifications } from "@mantine/notifications";
import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { sessionEnded } from "../api/session-ended";
import type { ContentRow } from "../api/types";
import { advocate, contentRow, ids, matchAnswer, outlook, request } from "../testing/records";
import { expectAccessible, problem, type Sent, serve, session, show } from "../testing/render";
import { RequestSheet } from "./RequestSheet";

const start = {
  advocates: [ids.advocate],
  opportunity: ids.deal,
  opportunityName: "Riverside: cloud move",
  needBy: "2026-12-10",
};

let expected = outlook();
let pieces: ContentRow[] = [];
afterEach(() => {
  session.user.roles = ["seller"];
  expected = outlook();
  pieces = [];
});

function serveWith(answer: (sent: Sent, count: number) => ReturnType<Parameters<typeof serve>[0]>) {
  let posts = 0;
  return serve((sent) => {
    if (sent.method === "POST") return answer(sent, ++posts);
    if (sent.path.includes("/outlook")) return { body: expected };
    if (sent.path.includes("/matches")) return { body: matchAnswer({ content: pieces }) };
    if (sent.path.includes("/opportunities")) return { body: { items: [], next_cursor: null } };
    return { body: advocate({ id: sent.path.split("/").at(-1) }) };
  });
}

const posts = (all: Sent[]) => all.filter((sent) => sent.method === "POST");
const open = () => show(<RequestSheet start={start} onClose={vi.fn()} />);
const sendButton = () => screen.findByRole("button", { name: "Send request" });

describe("the request sheet", () => {
  it("is prefilled, so that one sentence and Ctrl Enter send it, and says who decides by when", async () => {
    const all = serveWith(() => ({ body: request() }));
    await open();
    await userEvent.type(
      await screen.findByLabelText("What should the buyer hear?"),
      "How the cutover went.{Control>}{Enter}{/Control}",
    );
    expect(await screen.findByText("Omar Lindqvist decides next, by Wed, Nov 25.")).toBeTruthy();
    expect(posts(all)[0]?.body).toEqual({
      opportunity_id: ids.deal,
      activity: "reference_call",
      need_by: "2026-12-10",
      wanted: 1,
      note: "How the cutover went.",
      advocates: [ids.advocate],
    });
  });

  it("asks at most five things and can be used by everyone", async () => {
    serveWith(() => ({ body: request() }));
    await open();
    const dialog = await screen.findByRole("dialog", { name: "Request a reference" });
    await screen.findByText("CIO at Meridian Health");
    const fields = dialog.querySelectorAll("input:not([type=hidden]), textarea:not([aria-hidden])");
    expect(fields.length).toBeLessThanOrEqual(5);
    await expectAccessible(dialog);
  });

  it("says who decides, how long that takes and how often it comes in time, or that nobody knows yet", async () => {
    serveWith(() => ({ body: request() }));
    await open();
    expect(await screen.findByText("Omar Lindqvist decides for the customer")).toBeTruthy();
    expect(screen.getByText("Usually 20 hours, nine of ten within 3 days (23 answers)")).toBeTruthy();
    expect(screen.getByText("Not enough history yet: 4 of 10 answers")).toBeTruthy();
    expect(screen.getByText("33 of 41 asks like this had a yes within 18 days.")).toBeTruthy();
  });

  it("without enough history it says so and no figure", async () => {
    expected = outlook({ chance: { days: 18, asks: 3, in_time: null } });
    serveWith(() => ({ body: request() }));
    await open();
    expect(
      await screen.findByText("Not enough history yet to say how often it comes in time: 3 of 10 asks."),
    ).toBeTruthy();
  });

  it("notices that a colleague asked for the same, and leads there", async () => {
    expected = outlook({
      same_ask: {
        id: ids.request,
        requester_name: "Una Other",
        is_own: false,
        asked_at: "2026-11-20T09:00:00Z",
        need_by: "2026-12-04",
      },
    });
    serveWith(() => ({ body: request() }));
    await open();
    expect(await screen.findByText("Una Other asked for the same on this deal")).toBeTruthy();
    expect(screen.getByRole("link", { name: "Open request" }).getAttribute("href")).toContain(ids.request);
  });

  it("the program team lets an ask without a deal find whom to ask by itself", async () => {
    session.user.roles = ["program"];
    const criteria = [{ facet: "industry", terms: [ids.other], must: true }];
    const all = serveWith(() => ({ body: request() }));
    await show(<RequestSheet start={{ criteria, needBy: "2026-12-10" }} onClose={vi.fn()} />);
    await userEvent.click(await screen.findByLabelText("Shortlist by itself until the number is reached"));
    await userEvent.click(await sendButton());
    await waitFor(() => expect(posts(all)[0]?.body).toMatchObject({ is_quota: true, criteria }));
  });

  it("an ask on a deal has no such choice", async () => {
    serveWith(() => ({ body: request() }));
    await open();
    await sendButton();
    expect(screen.queryByLabelText("Shortlist by itself until the number is reached")).toBeNull();
  });

  it("a rush is said, with the first day that is none as one press", async () => {
    expected = outlook({ is_rush: true });
    serveWith(() => ({ body: request() }));
    await open();
    await userEvent.click(await screen.findByRole("button", { name: "Move to Nov 30" }));
    expect(screen.getByLabelText("Need by")).toHaveProperty("value", "2026-11-30");
  });

  it("a closed gate is said and keeps a seller from sending", async () => {
    expected = outlook({ gates: ["This activity is for deals in the late stage."] });
    const all = serveWith(() => ({ body: request() }));
    await open();
    await screen.findByText("This activity is for deals in the late stage.");
    expect(screen.getByRole("link", { name: "Choose content" })).toBeTruthy();
    expect((await sendButton()).hasAttribute("disabled")).toBe(true);
    await userEvent.type(screen.getByLabelText("What should the buyer hear?"), "{Control>}{Enter}{/Control}");
    expect(posts(all)).toEqual([]);
  });

  it("the program team sets a closed gate aside with a reason", async () => {
    expected = outlook({
      gates: ["This activity is for deals in the late stage."],
      may_override_gates: true,
    });
    const all = serveWith(() => ({ body: request() }));
    await open();
    await userEvent.type(await screen.findByLabelText("Ask all the same, because"), "The board asked.");
    await userEvent.click(await sendButton());
    await screen.findByText("Request sent");
    expect(posts(all)[0]?.body).toMatchObject({ override_reason: "The board asked." });
  });

  it("shows what may answer the buyer before a customer is asked", async () => {
    pieces = [contentRow({ title: "Two minutes on the cutover" })];
    serveWith(() => ({ body: request() }));
    await open();
    expect(await screen.findByText("May answer it now")).toBeTruthy();
    expect(screen.getByText("Two minutes on the cutover")).toBeTruthy();
  });

  it("sends content in place of the customer, by a draft that it answers, and takes that back", async () => {
    pieces = [contentRow({ title: "Two minutes on the cutover" })];
    const draft = request({ status: "draft", version: 1, candidates: [] });
    const answered = {
      request: { ...draft, status: "fulfilled", version: 2 },
      url: "http://x.example/s/secret",
    };
    const all = serve((sent) => {
      if (sent.path.endsWith("/drafts")) return { body: draft };
      if (sent.method === "POST") return { body: answered };
      if (sent.method === "DELETE") return { body: { ...draft, version: 3 } };
      if (sent.path.includes("/outlook")) return { body: expected };
      if (sent.path.includes("/matches")) return { body: matchAnswer({ content: pieces }) };
      return { body: advocate({ id: sent.path.split("/").at(-1) }) };
    });
    await show(
      <>
        <Notifications />
        <RequestSheet start={start} onClose={vi.fn()} />
      </>,
    );
    const instead = { name: "Send this instead: Two minutes on the cutover" };
    await userEvent.click(await screen.findByRole("button", instead));
    const sheet = await screen.findByRole("dialog", { name: "Send content instead" });
    await userEvent.click(within(sheet).getByRole("button", { name: "Make link" }));
    expect(await within(sheet).findByLabelText("Link")).toHaveProperty("value", answered.url);
    expect(posts(all).map((sent) => sent.path)).toEqual([
      "/api/v1/requests/drafts",
      `/api/v1/requests/${ids.request}/content`,
    ]);
    expect(posts(all)[1]?.body).toMatchObject({ content_id: pieces[0]?.id });
    await userEvent.click(await screen.findByRole("button", { name: "Undo" }));
    await screen.findByText("The request is a draft again. The link is over.");
    expect(all.some((sent) => sent.method === "DELETE")).toBe(true);
    await waitFor(() => expect(screen.queryByRole("dialog", { name: "Send content instead" })).toBeNull());
  });

  it("after a lost answer keeps what was typed and tries again with the same key", async () => {
    const all = serveWith((_, count) => (count === 1 ? new TypeError("network") : { body: request() }));
    await open();
    const note = await screen.findByLabelText("What should the buyer hear?");
    await userEvent.type(note, "Kept");
    await userEvent.click(await sendButton());
    await screen.findByText("The server could not be reached");
    expect(note).toHaveProperty("value", "Kept");
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    await screen.findByText("Request sent");
    const [first, second] = posts(all).map((sent) => sent.headers.get("Idempotency-Key"));
    expect(first).toMatch(/^[0-9a-f]{32}$/);
    expect(second).toBe(first);
  });

  it("after signing in again keeps what was typed and sends it with one press", async () => {
    const all = serveWith((_, count) => (count === 1 ? problem(401, "not_signed_in") : { body: request() }));
    await open();
    await userEvent.type(await screen.findByLabelText("What should the buyer hear?"), "Kept");
    await userEvent.click(await sendButton());
    await screen.findByText("You are signed out");
    act(() => sessionEnded.resolve());
    await userEvent.click(await screen.findByRole("button", { name: "Try again" }));
    await screen.findByText("Request sent");
    expect(posts(all)[1]?.body).toMatchObject({ note: "Kept" });
  });

  it("a changed request gets a new key, since the server refuses a reused one", async () => {
    const all = serveWith((_, count) => (count === 1 ? problem(500, "internal") : { body: request() }));
    await open();
    await userEvent.click(await sendButton());
    await screen.findByText("Something went wrong on the server");
    await userEvent.type(screen.getByLabelText("What should the buyer hear?"), "More");
    await userEvent.click(await sendButton());
    await screen.findByText("Request sent");
    const [first, second] = posts(all).map((sent) => sent.headers.get("Idempotency-Key"));
    expect(second).not.toBe(first);
  });

  it("when no use is left one click asks the offered alternative instead", async () => {
    const all = serveWith((_, count) =>
      count === 1
        ? problem(409, "no_use_left", {
            next_free: "2026-12-20",
            alternatives: [
              { advocate_id: ids.other, title: "VP Operations", account_name: "Northlake Clinics" },
            ],
          })
        : { body: request() },
    );
    await open();
    await userEvent.click(await sendButton());
    expect(await screen.findByText(/Next free: Dec 20, 2026/)).toBeTruthy();
    await userEvent.click(
      screen.getByRole("button", { name: "Ask VP Operations, Northlake Clinics instead" }),
    );
    await screen.findByText("Request sent");
    expect(posts(all)[1]?.body).toMatchObject({ advocates: [ids.other] });
  });

  it("when no use is left one click moves to the next free day", async () => {
    const all = serveWith((_, count) =>
      count === 1
        ? problem(409, "no_use_left", { next_free: "2026-12-20", alternatives: [] })
        : { body: request() },
    );
    await open();
    await userEvent.click(await sendButton());
    await userEvent.click(await screen.findByRole("button", { name: "Move to Dec 20, 2026" }));
    await waitFor(() =>
      expect(posts(all)[1]?.body).toMatchObject({ need_by: "2026-12-20", advocates: [ids.advocate] }),
    );
  });

  it("messages of the server land on their fields", async () => {
    serveWith(() =>
      problem(422, "invalid_input", {
        fields: [{ field: "need_by", message: "A site visit needs 30 days." }],
      }),
    );
    await open();
    await userEvent.click(await sendButton());
    expect(await screen.findByText("A site visit needs 30 days.")).toBeTruthy();
  });

  it("asks a shortlist in its order, without whoever is left out", async () => {
    const all = serveWith(() => ({ body: request() }));
    const third = "00000000-0000-4000-8000-00000000000c";
    await show(
      <RequestSheet start={{ ...start, advocates: [ids.other, ids.advocate, third] }} onClose={vi.fn()} />,
    );
    const names = await screen.findByRole("list", { name: "Who is asked, in this order" });
    await waitFor(() => expect(within(names).getAllByText("CIO at Meridian Health")).toHaveLength(3));
    const [, second] = within(names).getAllByRole("button", { name: "Leave out CIO at Meridian Health" });
    if (second) await userEvent.click(second);
    await userEvent.click(await sendButton());
    await screen.findByText("Request sent");
    expect(posts(all)[0]?.body).toMatchObject({ advocates: [ids.other, third] });
  });

  it("marks the deal that a seller has to name, starts there, and comes back to it", async () => {
    const message = "Choose the deal that needs the reference.";
    serveWith(() => problem(422, "invalid_input", { fields: [{ field: "opportunity_id", message }] }));
    await show(<RequestSheet start={{ advocates: [ids.advocate] }} onClose={vi.fn()} />);
    const deal = await screen.findByRole("combobox", { name: /^Opportunity/ });
    await waitFor(() => expect(document.activeElement).toBe(deal));
    await userEvent.type(screen.getByLabelText("What should the buyer hear?"), "{Control>}{Enter}{/Control}");
    await screen.findByText(message);
    await waitFor(() => expect(document.activeElement).toBe(deal));
  });

  it("a day that is past is refused before anything is sent", async () => {
    const all = serveWith(() => ({ body: request() }));
    await open();
    const day = await screen.findByLabelText("Need by");
    await userEvent.clear(day);
    await userEvent.type(day, "2026-11-01");
    await userEvent.click(await sendButton());
    expect(await screen.findByText("Choose today or a later day.")).toBeTruthy();
    expect(posts(all)).toEqual([]);
  });
});

import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { Answer } from "../../api/types";
import { answerView } from "../../testing/records";
import { expectAccessible, problem, type Sent, serve, show } from "../../testing/render";
import { AnswerPage } from "./AnswerPage";

const open = () => show(<AnswerPage />, { route: "/answer/$token", path: "/answer/secret" });
const posts = (all: Sent[]) => all.filter((sent) => sent.method === "POST");

function serveView(view: Partial<Answer> = {}) {
  return serve((sent) => ({
    body: answerView(sent.method === "POST" ? { ...view, state: "answered" } : view),
  }));
}

describe("the advocate's answer page", () => {
  it("says who asks, why and how long, and reading it sends no answer", async () => {
    const all = serveView();
    const { container } = await open();
    expect(
      await screen.findByRole("heading", {
        name: /Dana Reyes at Brightwater asks Meridian Health for a reference call/,
      }),
    ).toBeTruthy();
    expect(screen.getByText("You moved clinical systems to the cloud.")).toBeTruthy();
    expect(screen.getByText("Same industry: Hospitals")).toBeTruthy();
    expect(screen.getByText("About 30 minutes of your time")).toBeTruthy();
    expect(screen.getByText(/end of the day in America\/Chicago/)).toBeTruthy();
    expect(all.map((sent) => sent.method)).toEqual(["GET"]);
    await expectAccessible(container);
  });

  it("names the person alone while no company is known", async () => {
    serveView({ company: null });
    await open();
    expect(
      await screen.findByRole("heading", { name: "Dana Reyes asks Meridian Health for a reference call." }),
    ).toBeTruthy();
  });

  it("accepts with one press", async () => {
    const all = serveView();
    await open();
    await userEvent.click(await screen.findByRole("button", { name: "Accept" }));
    expect(await screen.findByRole("heading", { name: "Thank you" })).toBeTruthy();
    expect(posts(all).map((sent) => sent.body)).toEqual([{ answer: "accept" }]);
  });

  it("declines without a reason, and the way back stays open until then", async () => {
    const all = serveView();
    await open();
    await userEvent.click(await screen.findByRole("button", { name: "Decline" }));
    await userEvent.click(screen.getByRole("button", { name: "Back" }));
    await userEvent.click(screen.getByRole("button", { name: "Decline" }));
    expect(posts(all)).toEqual([]);
    await userEvent.click(screen.getByRole("button", { name: "Send no" }));
    await screen.findByText("Noted, thank you for answering");
    expect(posts(all)[0]?.body).toEqual({ answer: "decline" });
  });

  it.each([
    ["answered", "You already answered"],
    ["over", "This ask has run out"],
  ] as const)("an %s ask offers no buttons", async (state, words) => {
    serveView({ state });
    await open();
    expect(await screen.findByRole("heading", { name: words })).toBeTruthy();
    expect(within(screen.getByRole("main")).queryByRole("button")).toBeNull();
  });

  it.each([
    ["link_used", "This link was already used"],
    ["link_expired", "This link has run out"],
  ])("a link that is gone (%s) is explained", async (code, words) => {
    serve(() => problem(410, code));
    await open();
    expect(await screen.findByRole("heading", { name: words })).toBeTruthy();
  });

  it("a lost network keeps the reason and offers another try", async () => {
    let lost = true;
    const all = serve((sent) => {
      if (sent.method === "POST" && lost) return new TypeError("network");
      return { body: answerView() };
    });
    await open();
    await userEvent.click(await screen.findByRole("button", { name: "Decline" }));
    await userEvent.type(screen.getByLabelText("Reason (optional)"), "On leave");
    await userEvent.click(screen.getByRole("button", { name: "Send no" }));
    await screen.findByText("The server could not be reached");
    lost = false;
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    await waitFor(() => expect(posts(all)[1]?.body).toEqual({ answer: "decline", reason: "On leave" }));
  });

  it("a debrief wants a grade before it is sent", async () => {
    const all = serveView({ purpose: "debrief" });
    const { container } = await open();
    await userEvent.click(await screen.findByRole("button", { name: "Send" }));
    expect(await screen.findByText("Choose a grade from 1 to 5.")).toBeTruthy();
    const useful = screen.getByRole("group", { name: "Was it worth your time?" });
    await userEvent.click(within(useful).getByRole("radio", { name: "4" }));
    const fit = screen.getByRole("group", { name: /the right person/ });
    await userEvent.click(within(fit).getByRole("radio", { name: "5" }));
    await expectAccessible(container);
    await userEvent.click(screen.getByRole("button", { name: "Send" }));
    await waitFor(() => expect(posts(all)[0]?.body).toEqual({ grade: 4, fit: 5 }));
  });

  it("one press says that it did not take place, and no grade is asked for", async () => {
    const all = serveView({ purpose: "debrief" });
    await open();
    await userEvent.click(await screen.findByRole("button", { name: "It did not take place" }));
    expect(await screen.findByRole("heading", { name: "Thank you for saying so" })).toBeTruthy();
    expect(posts(all).map((sent) => sent.body)).toEqual([{ took_place: false }]);
  });
});

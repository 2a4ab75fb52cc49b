import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { SlotsOnOffer } from "../../api/types";
import { formatSlot, ownZone } from "../../format/format";
import { slotsOnOffer } from "../../testing/records";
import { expectAccessible, problem, type Sent, serve, show } from "../../testing/render";
import { SlotsPage } from "./SlotsPage";

const open = () => show(<SlotsPage />, { route: "/pick/$token", path: "/pick/secret" });
const posts = (all: Sent[]) => all.filter((sent) => sent.method === "POST");
const nameOf = (slot: string) => formatSlot(slot, ownZone());
const [, second = ""] = slotsOnOffer().slots;

function serveView(view: Partial<SlotsOnOffer> = {}) {
  return serve((sent) => ({
    body: slotsOnOffer(
      sent.method === "POST"
        ? { ...view, state: "picked", slots: [], starts_at: second, place: "https://meet.example.com/1" }
        : view,
    ),
  }));
}

describe("the buyer's choice of a time", () => {
  it("says who will talk, shows each time in the reader's zone, and reading it picks nothing", async () => {
    const all = serveView();
    const { container } = await open();
    expect(
      await screen.findByText(
        "Dana Reyes at Brightwater arranged a reference call with the CIO at Meridian Health.",
      ),
    ).toBeTruthy();
    for (const slot of slotsOnOffer().slots)
      expect(screen.getByRole("radio", { name: nameOf(slot) })).toBeTruthy();
    expect(all.map((sent) => sent.method)).toEqual(["GET"]);
    await expectAccessible(container);
  });

  it("wants a time before it sends, and then sends the one that was chosen", async () => {
    const all = serveView();
    const { container } = await open();
    await userEvent.click(await screen.findByRole("button", { name: "Take this time" }));
    expect(await screen.findByText("Choose one of the times.")).toBeTruthy();
    expect(posts(all)).toEqual([]);
    await userEvent.click(screen.getByRole("radio", { name: nameOf(second) }));
    await userEvent.type(screen.getByLabelText("Your e-mail address (optional)"), "buyer@prospect.example");
    await userEvent.click(screen.getByRole("button", { name: "Take this time" }));
    expect(await screen.findByRole("heading", { name: "The time is agreed" })).toBeTruthy();
    expect(posts(all).map((sent) => sent.body)).toEqual([
      { starts_at: second, buyer_email: "buyer@prospect.example" },
    ]);
    expect(screen.getByText("https://meet.example.com/1")).toBeTruthy();
    expect(screen.getByRole("link", { name: "Add to your calendar" }).getAttribute("href")).toBe(
      "/api/v1/slots/secret/invitation",
    );
    await expectAccessible(container);
  });

  it("a time that is gone says so and leaves the others to choose", async () => {
    serve((sent) =>
      sent.method === "POST"
        ? problem(422, "invalid_input", {
            detail: "This time is not free any more. Choose one of the others.",
            fields: [
              {
                field: "starts_at",
                message: "This time is not free any more. Choose one of the others.",
              },
            ],
          })
        : { body: slotsOnOffer() },
    );
    await open();
    await userEvent.click(await screen.findByRole("radio", { name: nameOf(second) }));
    await userEvent.click(screen.getByRole("button", { name: "Take this time" }));
    expect(await screen.findByText(/This time is not free any more/)).toBeTruthy();
    expect(screen.getAllByRole("radio")).toHaveLength(3);
  });

  it("times that are over offer nothing to press", async () => {
    serveView({ state: "over", slots: [] });
    await open();
    expect(await screen.findByRole("heading", { name: "These times are over" })).toBeTruthy();
    await waitFor(() => expect(within(screen.getByRole("main")).queryByRole("button")).toBeNull());
  });

  it.each([
    ["link_used", 410, "This link was already used"],
    ["link_expired", 410, "This link has run out"],
  ])("a link that is gone (%s) is explained", async (code, status, words) => {
    serve((sent) =>
      code === "link_expired" || sent.method === "POST" ? problem(status, code) : { body: slotsOnOffer() },
    );
    await open();
    if (code === "link_used") {
      await userEvent.click(await screen.findByRole("radio", { name: nameOf(second) }));
      await userEvent.click(screen.getByRole("button", { name: "Take this time" }));
    }
    expect(await screen.findByRole("heading", { name: words })).toBeTruthy();
  });
});

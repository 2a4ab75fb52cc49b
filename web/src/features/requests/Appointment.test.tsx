import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { Candidate, Appointment as When } from "../../api/types";
import { candidate } from "../../testing/records";
import { expectAccessible, problem, type Sent, serve, show } from "../../testing/render";
import { Appointment } from "./Appointment";

const posts = (all: Sent[]) => all.filter((sent) => sent.method === "POST");
const slots = ["2026-12-07T15:00:00Z", "2026-12-08T15:00:00Z"];

const when = (change: Partial<When> = {}): When => ({
  slots: [],
  time_zone: "America/Chicago",
  minutes: 30,
  place: null,
  starts_at: null,
  buyer_is_invited: false,
  ...change,
});

const accepted = (change: Partial<Candidate> = {}) =>
  candidate({ state: "accepted", can: ["offer_slots"], ...change });

async function fillIn(times: string[]) {
  const dialog = await screen.findByRole("dialog", { name: "Offer times" });
  times.forEach((time, place) => {
    fireEvent.change(within(dialog).getByLabelText(`Time ${place + 1}`), { target: { value: time } });
  });
  return dialog;
}

describe("the time of a use", () => {
  it("at least three times are offered, in a named zone", async () => {
    const all = serve(() => ({ body: {} }));
    await show(<Appointment candidate={accepted({ appointment: when() })} />);
    await userEvent.click(await screen.findByRole("button", { name: "Offer times" }));
    const dialog = await fillIn(["2026-12-07T09:00", "2026-12-08T09:00"]);
    expect(
      within(dialog).getByRole<HTMLButtonElement>("button", { name: "Offer these times" }).disabled,
    ).toBe(true);
    await fillIn(["2026-12-07T09:00", "2026-12-08T09:00", "2026-12-09T09:00"]);
    await expectAccessible(dialog);
    await userEvent.click(within(dialog).getByRole("button", { name: "Offer these times" }));
    await waitFor(() =>
      expect(posts(all).map((sent) => sent.body)).toEqual([
        {
          slots: ["2026-12-07T09:00", "2026-12-08T09:00", "2026-12-09T09:00"],
          time_zone: "America/Chicago",
        },
      ]),
    );
    // Every time zone there is stands in the dialog, which axe reads whole.
  }, 20_000);

  it("a time that does not exist is said at that time", async () => {
    const message = "2027-03-14 02:30 does not exist in America/Chicago.";
    serve(() => problem(422, "invalid_input", { detail: message, fields: [{ field: "slots.2", message }] }));
    await show(<Appointment candidate={accepted({ appointment: when() })} />);
    await userEvent.click(await screen.findByRole("button", { name: "Offer times" }));
    const dialog = await fillIn(["2026-12-07T09:00", "2026-12-08T09:00", "2027-03-14T02:30"]);
    await userEvent.click(within(dialog).getByRole("button", { name: "Offer these times" }));
    await waitFor(() =>
      expect(within(dialog).getByLabelText("Time 3").getAttribute("aria-invalid")).toBe("true"),
    );
    expect(within(dialog).getAllByText(message).length).toBeGreaterThan(0);
  });

  it("shows what is on offer in its own zone and picks one for the buyer", async () => {
    const all = serve(() => ({ body: {} }));
    const { container } = await show(
      <Appointment
        candidate={accepted({
          appointment: when({ slots }),
          can: ["offer_slots", "pick_slot", "copy_pick_link"],
        })}
      />,
    );
    expect(await screen.findByText(/9:00\sAM/, { selector: "li:first-child" })).toBeTruthy();
    await expectAccessible(container);
    const [, second] = screen.getAllByRole("button", { name: /^Pick / });
    if (second) await userEvent.click(second);
    await waitFor(() => expect(posts(all).map((sent) => sent.body)).toEqual([{ starts_at: slots[1] }]));
  });

  it("an agreed time can be moved, called off and put into a calendar", async () => {
    serve(() => ({ body: {} }));
    await show(
      <Appointment
        candidate={accepted({
          state: "scheduled",
          appointment: when({ starts_at: slots[0] ?? null, place: "+1 555 0100" }),
          can: ["offer_slots", "call_off"],
        })}
      />,
    );
    expect(await screen.findByText("+1 555 0100")).toBeTruthy();
    expect(screen.getByRole("link", { name: "Calendar file" }).getAttribute("href")).toMatch(/invitation$/);
    expect(screen.getByRole("button", { name: "Move it" })).toBeTruthy();
    expect(screen.getByRole("button", { name: "Call off" })).toBeTruthy();
  });

  it("somebody who only reads sees the time and nothing to press", async () => {
    serve(() => ({ body: {} }));
    await show(<Appointment candidate={accepted({ appointment: when({ slots }), can: [] })} />);
    expect(await screen.findByText("Times on offer")).toBeTruthy();
    expect(screen.queryByRole("button")).toBeNull();
  });
});

import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { candidate, request } from "../../testing/records";
import { expectAccessible, problem, serve, show } from "../../testing/render";
import { GroupCall } from "./GroupCall";

const other = "00000009-0000-4000-8000-000000000002";

describe("a use that serves several deals", () => {
  it("further requests are chosen and added in one step", async () => {
    const all = serve((sent) => ({
      body: sent.method === "GET" ? [request({ id: other, account_name: "Lakeside" })] : request(),
    }));
    await show(<GroupCall candidate={candidate({ state: "accepted", can: ["join_deals"] })} />);
    await userEvent.click(await screen.findByRole("button", { name: "Serve further deals" }));
    const dialog = await screen.findByRole("dialog", { name: "Serve further deals" });
    const send = () => within(dialog).getByRole<HTMLButtonElement>("button", { name: /^Add \d/ });
    const box = await within(dialog).findByRole("checkbox");
    expect(send().disabled).toBe(true);
    await userEvent.click(box);
    await expectAccessible(dialog);
    await userEvent.click(send());
    await waitFor(() =>
      expect(all.filter((sent) => sent.method === "POST").map((sent) => sent.body)).toEqual([
        { requests: [other] },
      ]),
    );
  });

  it("whoever follows the call reads where its time is arranged, and invites a buyer of their own", async () => {
    const message = "This is no e-mail address such as ann@example.com.";
    serve(() =>
      problem(422, "invalid_input", { detail: message, fields: [{ field: "buyer_email", message }] }),
    );
    const call = { serves: 3, is_arranged_here: false, others: [{ request_id: other, name: "Lakeside" }] };
    await show(<GroupCall candidate={candidate({ state: "scheduled", can: ["invite_buyer"], call })} />);
    await screen.findByText("Serves 3 deals with one use");
    await screen.findByText("The time is arranged on the request that the group call began with.");
    expect(screen.getByRole("link", { name: "Lakeside" })).toBeDefined();
    await userEvent.click(screen.getByRole("button", { name: "Invite the buyer" }));
    const dialog = await screen.findByRole("dialog", { name: "Invite the buyer" });
    await userEvent.type(within(dialog).getByLabelText("E-mail of the buyer"), "nobody");
    await userEvent.click(within(dialog).getByRole("button", { name: "Invite the buyer" }));
    await within(dialog).findByText(message);
  });
});

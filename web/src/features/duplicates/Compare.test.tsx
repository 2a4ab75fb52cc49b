import "../../text/duplicates";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { expectAccessible, serve, show } from "../../testing/render";
import { Compare } from "./Compare";

const side = (id: string, name: string) => ({ id, name, about: [], account: null });
const one = side("00000001-0000-4000-8000-000000000001", "Acme");
const other = side("00000002-0000-4000-8000-000000000001", "Acme, Inc.");
const field = (name: string, first: unknown, second: unknown) => ({
  field: name,
  one: first,
  other: second,
  one_name: null,
  other_name: null,
});
const pair = { kind: "account" as const, score: 75, reasons: ["same_name_but_form" as const], one, other };
const comparison = {
  kind: "account",
  one,
  other,
  one_version: 3,
  other_version: 5,
  fields: [
    field("name", "Acme", "Acme, Inc."),
    field("employees", 100, 250),
    field("domain", null, "acme.com"),
    field("health", 80, 80),
  ],
  refused: null,
};

describe("two records side by side", () => {
  it("takes what only the other has, and what a person chooses", async () => {
    const all = serve((sent) => (sent.method === "POST" ? { status: 201, body: {} } : { body: comparison }));
    const onDone = vi.fn();
    const { container } = await show(<Compare pair={pair} onDone={onDone} />);
    await userEvent.click(await screen.findByRole("radio", { name: "Employees: 250" }));
    await expectAccessible(container);
    await userEvent.click(screen.getByRole("button", { name: "Merge into Acme" }));
    expect(all.find((sent) => sent.method === "POST")?.body).toEqual({
      kind: "account",
      winner: one.id,
      winner_version: 3,
      loser: other.id,
      loser_version: 5,
      take: ["employees", "domain"],
    });
    expect(onDone).toHaveBeenCalled();
  });

  it("turns round when the other record stays", async () => {
    const all = serve((sent) => (sent.method === "POST" ? { status: 201, body: {} } : { body: comparison }));
    await show(<Compare pair={pair} onDone={vi.fn()} />);
    await userEvent.click(await screen.findByRole("radio", { name: "Keep Acme, Inc." }));
    await userEvent.click(screen.getByRole("button", { name: "Merge into Acme, Inc." }));
    expect(all.find((sent) => sent.method === "POST")?.body).toMatchObject({
      winner: other.id,
      winner_version: 5,
      loser: one.id,
      take: [],
    });
  });

  it("says why two records cannot be one", async () => {
    serve(() => ({ body: { ...comparison, refused: "Both have a profile." } }));
    await show(<Compare pair={pair} onDone={vi.fn()} />);
    expect(await screen.findByText("Both have a profile.")).toBeTruthy();
    expect(screen.queryByRole("button", { name: /Merge/ })).toBeNull();
  });
});

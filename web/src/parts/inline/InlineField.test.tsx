import { TextInput } from "@mantine/core";
import { Notifications, notifications } from "@mantine/notifications";
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { ApiProblem } from "../../api/problem";
import { expectAccessible, show } from "../../testing/render";
import { InlineField } from "./InlineField";

interface Town {
  version: number;
  name: string;
  size: string;
  mayor?: string;
}

type Fields = Pick<Town, "name" | "size" | "mayor">;

const stale = () =>
  new ApiProblem({ type: "about:blank", title: "", status: 412, code: "stale_version", detail: "" });

/** A record whose saves and later state the test decides. */
function Place({ save, now, canEdit = true }: { save: Save; now?: Town; canEdit?: boolean }) {
  const [town, setTown] = useState<Town>({ version: 1, name: "Ulm", size: "small" });
  return (
    <InlineField<Town, Fields>
      of={{
        record: town,
        canEdit,
        fieldsOf: ({ name, size, mayor }) => ({ name, size, mayor }),
        labelOf: (field) => (field === "name" ? "Name" : "Size"),
        read: async () => now ?? town,
        save,
        keep: setTown,
        nameOf: (saved) => saved.name,
      }}
      field="name"
      input={(form, label) => <TextInput aria-label={label} {...form.getInputProps("name")} />}
    >
      {town.name}
    </InlineField>
  );
}

type Save = (version: number, changed: Partial<Fields>) => Promise<Town>;

const saving = () =>
  vi.fn<Save>(async (version, changed) => ({
    version: version + 1,
    name: "Ulm",
    size: "small",
    ...changed,
  }));

const begin = async (typed: string) => {
  await userEvent.click(screen.getByRole("button", { name: /^Ulm.*Change Name$/ }));
  const input = screen.getByRole("textbox", { name: "Name" });
  await userEvent.clear(input);
  await userEvent.type(input, typed);
};

describe("a field changed where it stands", () => {
  it("saves with Enter and gives the focus back", async () => {
    const save = saving();
    await show(<Place save={save} />);
    await begin("Bonn{Enter}");
    const value = await screen.findByRole("button", { name: /^Bonn.*Change Name$/ });
    expect(save).toHaveBeenLastCalledWith(1, { name: "Bonn" });
    await waitFor(() => expect(document.activeElement).toBe(value));
  });

  it("leaves everything as it was with Escape, and sends nothing that did not change", async () => {
    const save = saving();
    const { container } = await show(<Place save={save} />);
    await begin("Bonn{Escape}");
    expect(screen.getByRole("button", { name: /^Ulm.*Change Name$/ })).toBeTruthy();
    await begin("Ulm");
    await expectAccessible(container);
    await userEvent.keyboard("{Enter}");
    expect(screen.getByRole("button", { name: /^Ulm.*Change Name$/ })).toBeTruthy();
    expect(save).not.toHaveBeenCalled();
  });

  it("shows both values when somebody else was faster, and saves mine over the one that was shown", async () => {
    const save = saving();
    save.mockRejectedValueOnce(stale());
    await show(<Place save={save} now={{ version: 4, name: "Jena", size: "small" }} />);
    await begin("Bonn{Enter}");
    expect(await screen.findByText("Jena")).toBeTruthy();
    expect(screen.getByRole("textbox", { name: "Name" })).toHaveProperty("value", "Bonn");
    await userEvent.click(screen.getByRole("button", { name: "Save mine" }));
    expect(await screen.findByRole("button", { name: /^Bonn.*Change Name$/ })).toBeTruthy();
    expect(save.mock.calls.map(([version]) => version)).toEqual([1, 4]);
  });

  it("saves at once when the other change is about another field", async () => {
    const save = saving();
    save.mockRejectedValueOnce(stale());
    await show(<Place save={save} now={{ version: 4, name: "Ulm", size: "large" }} />);
    await begin("Bonn{Enter}");
    expect(await screen.findByRole("button", { name: /^Bonn.*Change Name$/ })).toBeTruthy();
    expect(save.mock.calls).toEqual([
      [1, { name: "Bonn" }],
      [4, { name: "Bonn" }],
    ]);
  });

  it("takes back what the server changed along, and leaves what somebody else changed meanwhile", async () => {
    notifications.clean();
    const save = saving();
    save.mockRejectedValueOnce(stale());
    save.mockResolvedValueOnce({ version: 5, name: "Bonn", size: "capital", mayor: "Ada" });
    save.mockResolvedValueOnce({ version: 6, name: "Ulm", size: "small", mayor: "Ada" });
    await show(
      <>
        <Notifications />
        <Place save={save} now={{ version: 4, name: "Ulm", size: "small", mayor: "Ada" }} />
      </>,
    );
    await begin("Bonn{Enter}");
    await userEvent.click(await screen.findByRole("button", { name: "Undo" }));
    await screen.findByRole("button", { name: /^Ulm.*Change Name$/ });
    expect(save).toHaveBeenLastCalledWith(5, { name: "Ulm", size: "small" });
  });

  it("is only read where the person may not change it", async () => {
    await show(<Place save={saving()} canEdit={false} />);
    expect(screen.getByText("Ulm")).toBeTruthy();
    expect(screen.queryByRole("button")).toBeNull();
  });
});

import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { Import } from "../../api/types";
import { expectAccessible, serve, show } from "../../testing/render";
import { TakenBack, UndoImport } from "./UndoImport";

const file: Import = {
  id: "00000009-0000-4000-8000-000000000009",
  version: 3,
  file_name: "people.csv",
  written_by: null,
  status: "done",
  kind: "contacts",
  kinds: [],
  columns: [],
  questions: [],
  mapping: {},
  rows: 3,
  rows_done: 3,
  report: null,
  created_at: "2026-11-22T08:00:00Z",
  finished_at: "2026-11-22T08:01:00Z",
};

const report = {
  removed: { account: 1, contact: 2 },
  put_back: { contact: 4 },
  left: [{ kind: "contact", why: "used_since" as const, count: 1 }],
  done: 0,
  total: 7,
  before: null,
  was: null,
};

describe("the way back from an import", () => {
  it("shows what would go back and what stays before it does anything", async () => {
    const all = serve((sent) =>
      sent.method === "POST"
        ? { status: 202, body: { ...file, status: "undoing" } }
        : { body: { until: "2026-12-22T08:01:00Z", refused: null, report } },
    );
    const { container } = await show(<UndoImport import={file} />);
    await userEvent.click(screen.getByRole("button", { name: "See what would go back" }));
    expect(await screen.findByText("Accounts: 1")).toBeTruthy();
    expect(screen.getByText("Used or changed after the import")).toBeTruthy();
    expect(all.map((sent) => sent.method)).toEqual(["GET"]);
    await expectAccessible(container);
    await userEvent.click(screen.getByRole("button", { name: "Undo this import" }));
    expect(all.at(-1)?.method).toBe("POST");
    expect(all.at(-1)?.headers.get("If-Match")).toBe('"3"');
  });

  it("says why an import cannot be undone and offers nothing then", async () => {
    serve(() => ({ body: { until: null, refused: "It ended long ago.", report } }));
    await show(<UndoImport import={file} />);
    await userEvent.click(screen.getByRole("button", { name: "See what would go back" }));
    expect(await screen.findByText("It ended long ago.")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Undo this import" })).toBeNull();
  });

  it("tells how far an undo is", async () => {
    const undo = { ...report, done: 3 };
    await show(<TakenBack import={{ ...file, status: "undoing", report: { ...emptyReport, undo } }} />);
    expect(screen.getByText("3 of 7 steps")).toBeTruthy();
  });
});

const emptyReport = {
  dry_run: false,
  rows: 3,
  created: 3,
  updated: 0,
  unchanged: 0,
  skipped: 0,
  failed: 0,
  records: {},
  linked: 0,
  problems: [],
  problems_more: 0,
  unknown: [],
  unknown_more: 0,
  ignored_columns: [],
  written_by: null,
  failure: null,
};

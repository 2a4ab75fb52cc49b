import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { Advocate } from "../../api/types";
import { advocate } from "../../testing/records";
import { expectAccessible, problem, serve, show } from "../../testing/render";
import { Activities, Outcomes, Story } from "./ProfileParts";
import { changeOf, useProfile } from "./profile-record";

/** The parts of a profile over one record. */
function Parts({ advocate: read }: { advocate: Advocate }) {
  const part = { advocate: read, of: useProfile(read) };
  return (
    <>
      <Story {...part} />
      <Outcomes {...part} />
      <Activities {...part} />
    </>
  );
}

const fresh: Advocate["freshness"] = [
  { part: "story", verified_on: "2025-10-01", is_stale: true },
  { part: "outcomes", verified_on: "2026-11-22", is_stale: false },
  { part: "activities", verified_on: null, is_stale: true },
];

describe("a profile changed where it stands", () => {
  it("shows both versions, loses nothing, and saves mine over the version that was shown", async () => {
    const theirs = advocate({ version: 5, headline: "Theirs" });
    let writes = 0;
    const all = serve((sent) => {
      if (sent.method === "GET") return { body: theirs };
      writes += 1;
      return writes === 1
        ? problem(412, "stale_version", { current: 5 })
        : { body: advocate({ version: 6, headline: "Mine" }) };
    });
    await show(<Parts advocate={advocate()} />);
    await userEvent.click(screen.getByRole("button", { name: /Change Headline$/ }));
    const input = screen.getByRole("textbox", { name: "Headline" });
    await userEvent.clear(input);
    await userEvent.type(input, "Mine{Enter}");
    expect(await screen.findByText("Theirs")).toBeTruthy();
    expect(screen.getByRole("textbox", { name: "Headline" })).toHaveProperty("value", "Mine");
    await userEvent.click(screen.getByRole("button", { name: "Save mine" }));
    await waitFor(() =>
      expect(
        all.filter((sent) => sent.method === "PATCH").map((sent) => sent.headers.get("If-Match")),
      ).toEqual(['"4"', '"5"']),
    );
  });

  it("sends the outcomes that say something", async () => {
    const all = serve(() => ({ body: advocate({ version: 5 }) }));
    await show(<Parts advocate={advocate()} />);
    await userEvent.click(screen.getByRole("button", { name: /Change Outcomes$/ }));
    await userEvent.type(screen.getByRole("textbox", { name: "Number of outcome 1" }), "40");
    await userEvent.type(screen.getByRole("textbox", { name: "What outcome 1 says" }), "moved");
    await userEvent.click(screen.getByRole("button", { name: "Add an outcome" }));
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() =>
      expect(all.at(-1)?.body).toEqual({ outcomes: [{ statement: "moved", value: "40", unit: null }] }),
    );
  });

  it("sends activities in the order of the program, each with its limit", async () => {
    const all = serve(() => ({ body: advocate({ version: 5 }) }));
    const video = { activity: "video" as const, label: "Video", limit_per_year: 4 };
    await show(<Parts advocate={advocate({ activities: [video] })} />);
    await userEvent.click(screen.getByRole("button", { name: /Change Activities$/ }));
    await userEvent.click(screen.getByRole("checkbox", { name: "Reference call" }));
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() =>
      expect(all.at(-1)?.body).toEqual({
        activities: [
          { activity: "reference_call", limit_per_year: null },
          { activity: "video", limit_per_year: 4 },
        ],
      }),
    );
  });

  it("says how fresh each part is and confirms one part with one press", async () => {
    const all = serve(() => ({ body: advocate({ version: 5 }) }));
    const { container } = await show(<Parts advocate={advocate({ freshness: fresh })} />);
    const outcomes = within(screen.getByRole("region", { name: "Outcomes" }));
    expect(outcomes.getByText("Confirmed today")).toBeTruthy();
    expect(outcomes.queryByRole("button", { name: "Still true: Outcomes" })).toBeNull();
    expect(screen.getByText("Never confirmed")).toBeTruthy();
    await expectAccessible(container);
    await userEvent.click(screen.getByRole("button", { name: "Still true: Story" }));
    await waitFor(() => expect(all).toHaveLength(1));
    expect([all[0]?.method, all[0]?.path, all[0]?.headers.get("If-Match")]).toEqual([
      "POST",
      `/api/v1/advocates/${advocate().id}/parts/story/verify`,
      '"4"',
    ]);
  });

  it("offers nothing to change where the person may not", async () => {
    await show(<Parts advocate={advocate({ can_edit: false, freshness: fresh })} />);
    expect(screen.queryByRole("button")).toBeNull();
    expect(screen.getByText("Moved 40 systems")).toBeTruthy();
  });

  it("writes topics by line and takes an emptied limit away", () => {
    expect(changeOf({ topics_can: " cutover \n\nbudget", limit_per_year: "", limit_per_quarter: 2 })).toEqual(
      {
        topics_can: ["cutover", "budget"],
        limit_per_year: null,
        limit_per_quarter: 2,
      },
    );
  });
});

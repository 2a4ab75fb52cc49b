import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { advocate } from "../../testing/records";
import { problem, serve, show } from "../../testing/render";
import { Story } from "./Story";

describe("editing a story while someone else does", () => {
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
    await show(<Story advocate={advocate()} />);
    await userEvent.click(screen.getByRole("button", { name: "Edit story" }));
    await userEvent.clear(screen.getByLabelText("Headline"));
    await userEvent.type(screen.getByLabelText("Headline"), "Mine");
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    expect(await screen.findByText("Theirs")).toBeTruthy();
    expect(screen.getByLabelText("Headline")).toHaveProperty("value", "Mine");
    await userEvent.click(screen.getByRole("button", { name: "Save mine" }));
    await waitFor(() =>
      expect(
        all.filter((sent) => sent.method === "PATCH").map((sent) => sent.headers.get("If-Match")),
      ).toEqual(['"4"', '"5"']),
    );
  });
});

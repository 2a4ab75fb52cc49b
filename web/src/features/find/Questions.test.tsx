import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { ids, matchRow } from "../../testing/records";
import { expectAccessible, serve, show } from "../../testing/render";
import { Questions } from "./Questions";

const answers = {
  questions: [
    { question: "Who migrated?", recognised: [], content: [], people: [matchRow()] },
    { question: "Any xylophones?", recognised: [], content: [], people: [] },
  ],
  unanswered: 1,
};

describe("a buyer's list of questions", () => {
  it("names for each question who can answer it, and says which nobody answers", async () => {
    const all = serve(() => ({ body: answers }));
    const onRequest = vi.fn();
    await show(
      <Questions opened asked={{ opportunity_id: ids.deal }} onClose={vi.fn()} onRequest={onRequest} />,
    );
    await userEvent.click(await screen.findByRole("textbox", { name: /^Questions/ }));
    await userEvent.paste("Who migrated?\nAny xylophones?");
    await userEvent.click(screen.getByRole("button", { name: "Find answers" }));
    expect(await screen.findByText("1 of 2 questions have an answer")).toBeTruthy();
    expect(all.at(-1)?.body).toEqual({
      opportunity_id: ids.deal,
      text: "Who migrated?\nAny xylophones?",
    });
    expect(screen.getByText("No content or advocate answers this yet. Ask the program team.")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Request CIO at Meridian Health" }));
    expect(onRequest).toHaveBeenCalledWith(ids.advocate);
    await expectAccessible(screen.getByRole("dialog"));
  });
});

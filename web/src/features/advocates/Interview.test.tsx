import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { advocate } from "../../testing/records";
import { expectAccessible, show } from "../../testing/render";
import { Interview } from "./Interview";

const joining = advocate({ status: "onboarding", consent: { valid: false, activities: [], until: null } });

describe("the onboarding interview", () => {
  it("asks what the profile does not answer yet, and copies just that", async () => {
    const user = userEvent.setup();
    await show(<Interview advocate={joining} />);
    expect(screen.getByText("7 questions open")).toBeTruthy();
    expect(screen.getAllByRole("img", { name: "Answered" })).toHaveLength(1);
    await user.click(screen.getByRole("button", { name: "Copy the open questions" }));
    const copied = await navigator.clipboard.readText();
    expect(copied.split("\n")).toHaveLength(7);
    expect(copied).toContain("- What should nobody ask you about?");
    expect(copied).not.toContain("how do you work now");
    await expectAccessible(document.body);
  });

  it("is for those who fill the profile, while the customer joins", async () => {
    await show(
      <>
        <Interview advocate={{ ...joining, can_edit: false }} />
        <Interview advocate={{ ...joining, status: "active" }} />
        <Interview advocate={{ ...joining, status: "nominated" }} />
      </>,
    );
    expect(screen.queryByRole("heading", { name: "Onboarding interview" })).toBeNull();
  });
});

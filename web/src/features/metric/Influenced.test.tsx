import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Leveraging } from "../../api/types";
import { show } from "../../testing/render";
import { Influenced } from "./Influenced";

const metric = (amounts: Record<string, string>): Leveraging => ({
  from: "2026-01-01",
  to: "2026-11-22",
  closed: 100,
  leveraged: 40,
  rate: 0.4,
  currencies: Object.fromEntries(
    Object.entries(amounts).map(([currency, amount]) => [
      currency,
      { revenue_won: "9000000.00", revenue_influenced: amount },
    ]),
  ),
  won: 1,
  target: null,
  baseline: null,
  formula: "",
  revenue_formula: "Amounts of won deals",
  groups: [],
  open: { count: 0, with_reference: 0 },
  kinds: ["new", "expansion"],
  small_sample: false,
  goal_version: 1,
  groups_left_out: 0,
  undated: 0,
  not_needed: 0,
});

describe("revenue influenced", () => {
  it("shows three currencies at once and its formula under them", async () => {
    await show(<Influenced metric={metric({ GBP: "1000000", USD: "3000000", EUR: "2000000" })} />);
    expect(screen.getByText("$3M")).toBeTruthy();
    expect(screen.getAllByRole("listitem").map((row) => row.textContent)).toEqual([
      "€2M of €9M won",
      "£1M of £9M won",
    ]);
    expect(screen.queryByRole("group")).toBeNull();
    expect(screen.getByText("Amounts of won deals")).toBeTruthy();
  });

  it("folds more than three behind a word, all of them on the same screen", async () => {
    await show(<Influenced metric={metric({ GBP: "1", USD: "4", EUR: "3", JPY: "2", CHF: "0" })} />);
    const folded = screen.getByRole("group");
    expect(within(folded).getByText("and 3 more currencies")).toBeTruthy();
    expect(folded.querySelectorAll("li")).toHaveLength(3);
  });

  it("says nothing where no won deal has an amount", async () => {
    await show(<Influenced metric={metric({})} />);
    expect(screen.queryByText("Revenue influenced")).toBeNull();
  });
});

import { describe, expect, it } from "vitest";
import { EXAMPLE, fieldsOf, planOf } from "./calculator";

describe("the calculator's form", () => {
  it("sends the reference case as the server's test has it", () => {
    expect(planOf([EXAMPLE])).toEqual({
      segments: [
        { name: "Team", sellers: 500, quota: 1_500_000, deal_size: 180_000, need_rate: 0.7, references: 2 },
      ],
    });
  });

  it("opens a saved plan as it was typed", () => {
    const typed = {
      ...EXAMPLE,
      need_rate: 33.3,
      win_rate: 27.5,
      seasonality: Array.from({ length: 12 }, () => 1),
    };
    expect(fieldsOf(planOf([typed]))).toEqual([typed]);
  });

  it("guesses nothing for an empty field", () => {
    expect(planOf([{ ...EXAMPLE, deal_size: "" }]).segments[0]?.deal_size).toBe(-1);
  });
});

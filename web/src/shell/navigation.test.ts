import { describe, expect, it } from "vitest";
import type { Role } from "../api/types";
import { session } from "../testing/render";
import { destinations, isAt } from "./navigation";

const labels = (...roles: Role[]) =>
  destinations({ ...session, user: { ...session.user, roles } }).map((one) => one.label);

describe("the rail", () => {
  it.each([
    [["seller"], ["Home", "Find", "My requests", "Opportunities", "Content", "Metric", "Planning"]],
    [
      ["owner"],
      [
        "Home",
        "Find",
        "Approvals",
        "My requests",
        "Opportunities",
        "Advocates",
        "Accounts",
        "Load",
        "To look after",
        "Content",
        "Metric",
        "Planning",
      ],
    ],
    [
      ["program"],
      [
        "Home",
        "Find",
        "Approvals",
        "Requests",
        "Opportunities",
        "Advocates",
        "Recruiting",
        "Accounts",
        "Load",
        "To look after",
        "Unmet demand",
        "Content",
        "Metric",
        "Planning",
        "Taxonomy",
        "Imports",
        "Settings",
      ],
    ],
    [["admin"], ["Home", "Settings"]],
  ] as [Role[], string[]][])("of %s holds what the role works with", (roles, expected) => {
    expect(labels(...roles)).toEqual(expected);
  });

  it("of several roles is their union, each screen once", () => {
    const both = labels("seller", "program");
    expect(new Set(both).size).toBe(both.length);
    expect(both).toContain("Taxonomy");
  });

  it("marks where the person is, also on a record's page", () => {
    expect(isAt("/requests/1", "/requests")).toBe(true);
    expect(isAt("/requests-old", "/requests")).toBe(false);
    expect(isAt("/find", "/")).toBe(false);
  });
});

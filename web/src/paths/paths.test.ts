import { describe, expect, it } from "vitest";
import { readCriteria, toggleMust, toggleTerm, writeCriteria } from "./criteria";
import { paths } from "./paths";
import { findSearch, metricSearch, opportunitySearch, requestsSearch, signInSearch } from "./schemas";
import { readSearch, writeSearch } from "./search";

const id = "00000006-0000-4000-8000-000000000001";

describe("the path builder", () => {
  it("builds every address of the app", () => {
    const built = Object.entries(paths).map(
      ([name, build]) =>
        `${name} ${(build as (argument?: unknown) => string)(["opportunity", "advocate", "account", "request", "import", "contentPiece", "answer", "pick", "shared"].includes(name) ? id : name === "list" ? "contacts" : undefined)}`,
    );
    expect(built).toMatchInlineSnapshot(`
      [
        "home /",
        "signIn /sign-in",
        "firstRun /first-run",
        "find /find",
        "workbench /match",
        "opportunities /opportunities",
        "opportunity /opportunities/00000006-0000-4000-8000-000000000001",
        "advocates /advocates",
        "advocate /advocates/00000006-0000-4000-8000-000000000001",
        "recruiting /recruiting",
        "accounts /accounts",
        "contacts /accounts/contacts",
        "list /accounts/contacts",
        "account /accounts/00000006-0000-4000-8000-000000000001",
        "contact /accounts/contacts/undefined",
        "content /content",
        "contentPiece /content/00000006-0000-4000-8000-000000000001",
        "requests /requests",
        "request /requests/00000006-0000-4000-8000-000000000001",
        "briefs /requests/undefined/briefs/undefined",
        "approvals /approvals",
        "metric /metric",
        "gaps /plan/gaps",
        "demand /plan/demand",
        "goals /plan/goals",
        "targets /plan/targets",
        "whatIf /plan/what-if",
        "needs /plan/needs",
        "sponsor /plan/sponsor",
        "calculator /plan/calculator",
        "taxonomy /taxonomy",
        "load /load",
        "unmetSearches /unmet-searches",
        "steward /steward",
        "inbox /inbox",
        "unmapped /taxonomy/unmapped",
        "trash /trash",
        "bulkChanges /bulk-changes",
        "duplicates /duplicates",
        "imports /imports",
        "import /imports/00000006-0000-4000-8000-000000000001",
        "settings /settings",
        "rules /settings/rules",
        "weights /settings/weights",
        "users /settings/users",
        "tokens /settings/tokens",
        "sight /settings/sight",
        "audit /settings/audit",
        "health /settings/health",
        "demo /settings/demo",
        "answer /answer/00000006-0000-4000-8000-000000000001",
        "pick /pick/00000006-0000-4000-8000-000000000001",
        "shared /s/00000006-0000-4000-8000-000000000001",
      ]
    `);
  });

  it("keeps what is asked readable and leaves out what is not", () => {
    expect(paths.find({ q: "cloud migration", c: ["industry:a,b!", "region:c"], deal: undefined })).toBe(
      "/find?q=cloud+migration&c=industry:a,b%21&c=region:c",
    );
    expect(paths.requests({ scope: "all", status: "" })).toBe("/requests?scope=all");
    expect(paths.signIn("/find?q=a&b=c")).toBe("/sign-in?next=%2Ffind%3Fq%3Da%26b%3Dc");
  });

  it("does not let an id leave its place in the path", () => {
    expect(paths.request("../settings?x")).toBe("/requests/..%2Fsettings%3Fx");
  });
});

describe("the address of a screen", () => {
  it("is read back as it was written", () => {
    const asked = { q: "a & b", c: ["industry:1", "region:2!"], show: "all" };
    expect(findSearch.parse(readSearch(writeSearch(asked)))).toMatchObject(asked);
  });

  it("reads one criterion as a list", () => {
    expect(findSearch.parse(readSearch("?c=industry:1")).c).toEqual(["industry:1"]);
  });

  it("asks everybody on the shortlist from Find, and only there", () => {
    expect(findSearch.parse(readSearch("?pick=a&request=shortlist"))).toEqual({
      pick: ["a"],
      request: "shortlist",
    });
    expect(opportunitySearch.parse(readSearch("?request=shortlist"))).toEqual({});
  });

  it("falls back where a value does not fit, and never throws", () => {
    expect(
      findSearch.parse(readSearch("?deal=1&by=tomorrow&peek=<script>&show=some&request=criteria")),
    ).toEqual({ request: "criteria" });
    expect(requestsSearch.parse(readSearch("?status=lost&status=won&scope=team"))).toEqual({});
    expect(metricSearch.parse(readSearch("?from=2026-13-01&leveraged=perhaps"))).toEqual({});
    expect(findSearch.parse({ q: "x".repeat(301) }).q).toBeUndefined();
  });

  it.each([
    "https://elsewhere.example",
    "//elsewhere.example",
    "/\\elsewhere.example",
    "javascript:alert(1)",
  ])("after sign-in nobody is sent to %s", (next) => {
    expect(signInSearch.parse({ next }).next).toBeUndefined();
  });
});

describe("criteria", () => {
  it("survive the way through the address", () => {
    const criteria = [
      { facet: "industry", terms: ["a", "b"], must: true },
      { facet: "region", terms: ["c"], must: false },
    ];
    expect(readCriteria(writeCriteria(criteria))).toEqual(criteria);
  });

  it("that make no sense are left out", () => {
    expect(readCriteria(["industry", ":a", "industry:", "industry:!"])).toEqual([]);
  });

  it("come and go term by term", () => {
    const one = toggleTerm([], "industry", "a");
    const two = toggleTerm(one, "industry", "b");
    expect(two[0]?.terms).toEqual(["a", "b"]);
    expect(toggleMust(two, "industry")[0]?.must).toBe(true);
    expect(toggleTerm(toggleTerm(two, "industry", "a"), "industry", "b")).toEqual([]);
  });
});

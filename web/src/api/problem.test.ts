import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { problem, serve } from "../testing/render";
import { body, client } from "./client";
import { ApiProblem, fieldMessages, isCode, NetworkLost, sayProblem } from "./problem";
import { sessionEnded } from "./session-ended";
import type { Problem, ProblemCode } from "./types";

const document = JSON.parse(readFileSync("openapi.json", "utf8"));
const codes: ProblemCode[] = document.components.schemas.ProblemCode.enum;
const with_ = (code: ProblemCode, extra: Partial<Problem> = {}) =>
  new ApiProblem({
    type: "about:blank",
    title: "The title",
    status: 400,
    code,
    detail: "The detail",
    ...extra,
  });
const session = () => body(client.GET("/api/v1/session"));

afterEach(() => sessionEnded.resolve());

describe("an error in words", () => {
  it.each(codes)("%s says what happened and what to do, without an exclamation", (code) => {
    const said = sayProblem(with_(code));
    expect(said.title.length).toBeGreaterThan(3);
    expect(said.detail.length).toBeGreaterThan(3);
    expect(said.title + said.detail).not.toMatch(/!|Oops|undefined|problem\./);
  });

  it("a code of a newer server is still an answer", () => {
    const said = sayProblem(
      new ApiProblem(JSON.parse('{"type":"","title":"","status":418,"code":"teapot","detail":""}')),
    );
    expect(said.next).toBe("reload");
  });

  it("a used-up limit names the next free day", () => {
    expect(sayProblem(with_("no_use_left", { next_free: "2026-12-03" })).detail).toContain("Dec 3, 2026");
    expect(sayProblem(with_("no_use_left", { next_free: null })).detail).toContain("no free day");
  });

  it("too many attempts name the minutes to wait", () => {
    expect(sayProblem(new ApiProblem(with_("too_many_attempts").problem, 150)).detail).toContain("3 minutes");
  });

  it("anything unexpected keeps its inner words to itself", () => {
    expect(JSON.stringify(sayProblem(new TypeError("select * from users")))).not.toContain("select");
  });

  it("messages go to their fields", () => {
    expect(
      fieldMessages(with_("invalid_input", { fields: [{ field: "email", message: "Taken." }] })),
    ).toEqual({ email: "Taken." });
  });
});

describe("the client", () => {
  it("turns a lost network into an error of its own", async () => {
    serve(() => new TypeError("failed to fetch"));
    await expect(session()).rejects.toBeInstanceOf(NetworkLost);
  });

  it("announces a session that ended, but not a wrong password", async () => {
    serve(() => problem(401, "sign_in_failed"));
    await expect(
      body(client.POST("/api/v1/session", { body: { email: "a@b.c", password: "x" } })),
    ).rejects.toSatisfy((error) => isCode(error, "sign_in_failed"));
    expect(sessionEnded.isOver()).toBe(false);
    serve(() => problem(401, "not_signed_in"));
    await expect(session()).rejects.toBeInstanceOf(ApiProblem);
    expect(sessionEnded.isOver()).toBe(true);
  });

  it.each([
    [502, "broken"],
    [403, "forbidden"],
    [404, "not_found"],
  ])("a proxy's own page with %i still says something", async (status, code) => {
    serve(() => ({ status, body: "gateway" }));
    await expect(session()).rejects.toSatisfy((error) => isCode(error, code as ProblemCode));
  });
});

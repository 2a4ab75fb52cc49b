import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ids, request } from "../testing/records";
import { problem, serve, session } from "../testing/render";
import { body, client } from "./client";
import { connection, forget } from "./offline";

/** The little of the browser's caches that is used here. */
function stubCaches() {
  const stores = new Map<string, Map<string, Response>>();
  const open = async (name: string) => {
    const kept = stores.get(name) ?? new Map<string, Response>();
    stores.set(name, kept);
    return {
      match: async (url: string) => kept.get(url)?.clone(),
      put: async (url: string, response: Response) => void kept.set(url, response),
    };
  };
  vi.stubGlobal("caches", { open, delete: async (name: string) => stores.delete(name) });
  return () => [...stores.values()].flatMap((kept) => [...kept.keys()].map((url) => new URL(url).pathname));
}

const readSession = () => body(client.GET("/api/v1/session"));
const readOne = () => body(client.GET("/api/v1/requests/{id}", { params: { path: { id: ids.request } } }));
const readList = (scope: "mine" | "all") =>
  body(client.GET("/api/v1/requests", { params: { query: { scope } } }));

const own = request({ requester: { id: session.user.id, name: session.user.name } });
const page = { items: [own], total: 1, next_cursor: null };
const answers = ({ path }: { path: string }) => ({
  body: path.endsWith("/session") ? session : path.includes("?") ? page : own,
});
const lost = () => new Error("no network");

let kept: () => string[];
beforeEach(async () => {
  kept = stubCaches();
  await forget();
  connection.find();
});
afterEach(() => vi.useRealTimers());

/** Reads all that may be kept, and waits until it is. */
async function readAll() {
  serve(answers);
  await readSession();
  await vi.waitFor(() => expect(kept()).toHaveLength(1));
  await readOne();
  await readList("mine");
  await vi.waitFor(() => expect(kept()).toHaveLength(3));
}

describe("without a connection", () => {
  it("own requests read as they were last sent, and the page knows since when", async () => {
    await readAll();
    expect(connection.asOf()).toBeNull();
    serve(lost);
    expect(await readSession()).toEqual(session);
    expect((await readList("mine")).items).toEqual([own]);
    expect(await readOne()).toEqual(own);
    expect(new Date(connection.asOf() ?? "").getTime()).toBeLessThanOrEqual(Date.now());
    serve(answers);
    await readSession();
    expect(connection.asOf()).toBeNull();
  });

  it("everything else fails as a lost network does, and so does every change", async () => {
    await readAll();
    serve(lost);
    await expect(readList("all")).rejects.toThrow("network lost");
    await expect(
      client.POST("/api/v1/session", { body: { email: "a@b.example", password: "x" } }),
    ).rejects.toThrow("network lost");
  });

  it("what is older than a week is not shown and is forgotten", async () => {
    await readAll();
    serve(lost);
    vi.useFakeTimers({ now: Date.now() + 8 * 86_400_000, toFake: ["Date"] });
    await expect(readOne()).rejects.toThrow("network lost");
    expect(kept()).toEqual([]);
  });
});

describe("what is kept", () => {
  it("is no request of somebody else, no list of all, and no refusal", async () => {
    serve(({ path }) =>
      path.endsWith("/session")
        ? { body: session }
        : path.includes("?")
          ? { body: page }
          : { body: request({ requester: { id: ids.account, name: "Omar" } }) },
    );
    await readSession();
    await vi.waitFor(() => expect(kept()).toEqual(["/api/v1/session"]));
    await readOne();
    await readList("all");
    serve(() => problem(404, "not_found"));
    await expect(readList("mine")).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(kept()).toEqual(["/api/v1/session"]);
  });

  it("is gone once the server says that the session is over", async () => {
    await readAll();
    serve(() => problem(401, "not_signed_in"));
    await expect(readOne()).rejects.toThrow();
    await vi.waitFor(() => expect(kept()).toEqual([]));
  });

  it("is gone when another person signed in", async () => {
    await readAll();
    serve(() => ({ body: { ...session, user: { ...session.user, id: ids.account } } }));
    await readSession();
    await vi.waitFor(() => expect(kept()).toEqual(["/api/v1/session"]));
  });

  it("is gone while somebody looks through other eyes, and nothing of those is kept", async () => {
    await readAll();
    const viewing = { viewer_name: "Ada", role: null, until: "2026-11-22T13:00:00Z", is_masked: true };
    const viewed = { ...session, viewing };
    serve(({ path }) => ({ body: path.endsWith("/session") ? viewed : path.includes("?") ? page : own }));
    await readSession();
    await vi.waitFor(() => expect(kept()).toEqual([]));
    await readOne();
    await readList("mine");
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(kept()).toEqual([]);
    serve(answers);
    await readSession();
    await vi.waitFor(() => expect(kept()).toEqual(["/api/v1/session"]));
  });

  it("does not come back by an answer that was under way while signing out", async () => {
    await readAll();
    serve(answers);
    const reading = readOne();
    const leaving = forget();
    await Promise.all([reading, leaving]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(kept()).toEqual([]);
  });
});

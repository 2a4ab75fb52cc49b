import { QueryObserver } from "@tanstack/react-query";
import { describe, expect, it } from "vitest";
import { notFresh } from "./not-fresh";
import { ApiProblem, NetworkLost } from "./problem";
import { makeQueryClient } from "./query-client";
import type { Problem } from "./types";

const problem = (code: Problem["code"]) =>
  new ApiProblem({ type: "about:blank", title: "", status: 400, code, detail: "" });

/** A page that reads something, which fails from the second time on with what is given. */
function pageThatReads(error: Error) {
  const client = makeQueryClient();
  let reads = 0;
  const observer = new QueryObserver(client, {
    queryKey: ["record"],
    queryFn: () => {
      reads += 1;
      return reads === 1 ? Promise.resolve("as it was") : Promise.reject(error);
    },
    retry: false,
  });
  const leave = observer.subscribe(() => undefined);
  return { client, observer, leave, reads: () => reads };
}

describe("a page that was read", () => {
  it.each([new NetworkLost(), problem("forbidden"), problem("not_found"), problem("broken")])(
    "keeps what it shows when it cannot be read again, and says so until it is left",
    async (error) => {
      const { observer, leave } = pageThatReads(error);
      await observer.refetch();
      expect(observer.getCurrentResult()).toMatchObject({ isError: false, data: "as it was" });
      await observer.refetch();
      expect(observer.getCurrentResult()).toMatchObject({ isError: false, data: "as it was" });
      expect(notFresh.why()).toBe(error);
      leave();
      expect(notFresh.why()).toBeNull();
    },
  );

  it("fails as a whole when it could never be read", async () => {
    const client = makeQueryClient();
    const observer = new QueryObserver(client, {
      queryKey: ["record"],
      queryFn: () => Promise.reject(problem("forbidden")),
    });
    const leave = observer.subscribe(() => undefined);
    await observer.refetch();
    expect(observer.getCurrentResult().isError).toBe(true);
    expect(notFresh.why()).toBeNull();
    leave();
  });

  it("says nothing where signing in over it reads everything again", async () => {
    const { observer, leave } = pageThatReads(problem("not_signed_in"));
    await observer.refetch();
    await observer.refetch();
    expect(observer.getCurrentResult().data).toBe("as it was");
    expect(notFresh.why()).toBeNull();
    leave();
  });
});

describe("a write that somebody outran", () => {
  it.each([
    ["stale_version", true],
    ["conflict", true],
    ["move_not_allowed", true],
    ["invalid_input", false],
    ["forbidden", false],
  ] as const)("%s reads what is there now: %s", async (code, isReadAgain) => {
    const { client, leave, reads } = pageThatReads(new NetworkLost());
    await client.refetchQueries();
    const before = reads();
    const write = client
      .getMutationCache()
      .build(client, { mutationFn: () => Promise.reject(problem(code)) });
    await write.execute(undefined).catch(() => undefined);
    await Promise.resolve();
    expect(reads() > before).toBe(isReadAgain);
    leave();
  });
});

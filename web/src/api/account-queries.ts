//! What stands around one account, each part as long as its overview shows it, and its locks.

import { queryOptions } from "@tanstack/react-query";
import { body, client, ifMatch } from "./client";
import type { Account, LockAccount } from "./types";

/** The filter of a list that keeps what belongs to an account of this name. */
export const ofAccount = (name: string) =>
  JSON.stringify({ all: [{ field: "account", is: "equals", value: name }] });

const SHOWN = 5;

/** The open deals of an account, the earliest close first. */
export const accountDealsQuery = (account: string) =>
  queryOptions({
    queryKey: ["opportunities", "of-account", account],
    queryFn: () =>
      body(
        client.GET("/api/v1/opportunities", { params: { query: { account, status: "open", limit: SHOWN } } }),
      ),
  });

/** The open renewal that closes first. */
export const accountRenewalQuery = (account: string) =>
  queryOptions({
    queryKey: ["opportunities", "renewal", account],
    queryFn: async () => {
      const filter = JSON.stringify({ all: [{ field: "kind", is: "any_of", value: ["renewal"] }] });
      const query = { account, status: "open", filter, limit: 1 } as const;
      return (await body(client.GET("/api/v1/opportunities", { params: { query } }))).items[0] ?? null;
    },
  });

/** The advocates of an account. The list narrows by name, so a namesake's are left out here. */
export const accountAdvocatesQuery = ({ id, name }: Pick<Account, "id" | "name">) =>
  queryOptions({
    queryKey: ["advocates", "of-account", id, name],
    queryFn: async () => {
      const query = { filter: ofAccount(name), limit: 50 };
      const { items } = await body(client.GET("/api/v1/advocates", { params: { query } }));
      return items.filter((row) => row.account?.id === id);
    },
  });

/** The content that tells of an account. */
export const accountContentQuery = (account: string) =>
  queryOptions({
    queryKey: ["content", "of-account", account],
    queryFn: () => body(client.GET("/api/v1/content", { params: { query: { account, limit: SHOWN } } })),
  });

/** What people of an account gave, latest first; refused for those who see only how often. */
export const accountUsesQuery = (account: string) =>
  queryOptions({
    queryKey: ["uses", "of-account", account],
    queryFn: () =>
      body(
        client.GET("/api/v1/accounts/{id}/uses", {
          params: { path: { id: account }, query: { limit: SHOWN } },
        }),
      ),
  });

type Versioned = Pick<Account, "id" | "version">;

export const lockAccount = ({ id, version }: Versioned, input: LockAccount) =>
  body(
    client.POST("/api/v1/accounts/{id}/locks", {
      body: input,
      params: { path: { id }, header: ifMatch(version) },
    }),
  );

export const liftLock = ({ id, version }: Versioned, lock: string) =>
  body(
    client.DELETE("/api/v1/accounts/{id}/locks/{lock_id}", {
      params: { path: { id, lock_id: lock }, header: ifMatch(version) },
    }),
  );

//! Every question the app asks, with its cache key. Pages read these; loaders start them early.

import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { body, client } from "./client";
import type {
  Activity,
  AdvocateStatus,
  FindReferences,
  MatchWeights,
  OpportunityStatus,
  Page,
  RecordKind,
  Role,
  WorkbenchAsk,
} from "./types";

export const PAGE_SIZE = 50;

type Direction = "ascending" | "descending";

/** A list read page by page; the next page continues at the cursor of the one before. */
export function pages<Row>(
  key: readonly unknown[],
  load: (cursor: string | undefined) => Promise<Page<Row>>,
) {
  return infiniteQueryOptions({
    queryKey: key,
    queryFn: ({ pageParam }) => load(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** All rows of a list that a screen needs whole, such as the terms of a picker. */
export async function everyPage<Row>(
  load: (cursor: string | undefined) => Promise<Page<Row>>,
): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | undefined;
  do {
    const page = await load(cursor);
    rows.push(...page.items);
    cursor = page.next_cursor ?? undefined;
  } while (cursor);
  return rows;
}

export const setupQuery = () =>
  queryOptions({ queryKey: ["setup"], queryFn: () => body(client.GET("/api/v1/setup")), staleTime: 0 });

export const sessionQuery = () =>
  queryOptions({
    queryKey: ["session"],
    queryFn: () => body(client.GET("/api/v1/session")),
    staleTime: 5 * 60_000,
    retry: false,
  });

/** How a reader narrowed and sorted a list. */
export interface ListChoice {
  q?: string;
  filter?: string;
  sort?: string;
  direction?: Direction;
}

export interface OpportunityFilter extends ListChoice {
  status?: OpportunityStatus;
  scope?: "mine" | "all";
  without_reference?: boolean;
}

export const opportunitiesQuery = (filter: OpportunityFilter) =>
  pages(["opportunities", filter], (cursor) =>
    body(client.GET("/api/v1/opportunities", { params: { query: { ...filter, cursor, limit: PAGE_SIZE } } })),
  );

export const opportunityQuery = (id: string) =>
  queryOptions({
    queryKey: ["opportunity", id],
    queryFn: () => body(client.GET("/api/v1/opportunities/{id}", { params: { path: { id } } })),
  });

export interface DealMatchFilter {
  activity?: Activity;
  only_available?: boolean;
}

export const dealMatchesQuery = (id: string, filter: DealMatchFilter) =>
  queryOptions({
    queryKey: ["matches", "deal", id, filter],
    queryFn: () =>
      body(
        client.GET("/api/v1/opportunities/{id}/matches", {
          params: { path: { id }, query: { ...filter, limit: 20 } },
        }),
      ),
    placeholderData: keepPreviousData,
  });

export const matchesQuery = (query: FindReferences) =>
  infiniteQueryOptions({
    queryKey: ["matches", "find", query],
    queryFn: ({ pageParam }) =>
      body(
        client.POST("/api/v1/matches", {
          body: { ...query, cursor: pageParam, limit: 20, keep_unmet: false },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });

/** The same search, kept as unmet demand because nobody fits; asked once per question. */
export const unmetQuery = (query: FindReferences) =>
  queryOptions({
    queryKey: ["unmet", query],
    queryFn: () => body(client.POST("/api/v1/matches", { body: { ...query, limit: 1, keep_unmet: true } })),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });

/** The ranking with tried weights, and who is not in it; asks nothing to be kept. */
export const workbenchQuery = (query: WorkbenchAsk) =>
  queryOptions({
    queryKey: ["matches", "workbench", query],
    queryFn: () => body(client.POST("/api/v1/matches/workbench", { body: query })),
    placeholderData: keepPreviousData,
  });

export interface AdvocateFilter extends ListChoice {
  status?: AdvocateStatus;
  stale_days?: number;
  /** Rows on a page. */
  limit?: number;
}

export const advocatesQuery = (filter: AdvocateFilter) =>
  pages(["advocates", filter], (cursor) =>
    body(client.GET("/api/v1/advocates", { params: { query: { limit: PAGE_SIZE, ...filter, cursor } } })),
  );

/** Only how many there are. */
export const advocatesTotalQuery = (filter: AdvocateFilter) =>
  queryOptions({
    queryKey: ["advocates", "total", filter],
    queryFn: async () =>
      (await body(client.GET("/api/v1/advocates", { params: { query: { ...filter, limit: 1 } } }))).total,
  });

export const advocateQuery = (id: string) =>
  queryOptions({
    queryKey: ["advocate", id],
    queryFn: () => body(client.GET("/api/v1/advocates/{id}", { params: { path: { id } } })),
  });

export interface AccountFilter extends ListChoice {
  unowned?: boolean;
  locked?: boolean;
}

export const accountsQuery = (filter: AccountFilter) =>
  pages(["accounts", filter], (cursor) =>
    body(client.GET("/api/v1/accounts", { params: { query: { ...filter, cursor, limit: PAGE_SIZE } } })),
  );

/** Only how many there are. */
export const accountsTotalQuery = (filter: AccountFilter) =>
  queryOptions({
    queryKey: ["accounts", "total", filter],
    queryFn: async () =>
      (await body(client.GET("/api/v1/accounts", { params: { query: { ...filter, limit: 1 } } }))).total,
  });

export const accountQuery = (id: string) =>
  queryOptions({
    queryKey: ["account", id],
    queryFn: () => body(client.GET("/api/v1/accounts/{id}", { params: { path: { id } } })),
  });

export const accountContactsQuery = (account: string) =>
  pages(["contacts", { account }], (cursor) =>
    body(client.GET("/api/v1/contacts", { params: { query: { account, cursor, limit: PAGE_SIZE } } })),
  );

export const contactsQuery = (filter: ListChoice) =>
  pages(["contacts", filter], (cursor) =>
    body(client.GET("/api/v1/contacts", { params: { query: { ...filter, cursor, limit: PAGE_SIZE } } })),
  );

export const contactQuery = (id: string) =>
  queryOptions({
    queryKey: ["contact", id],
    queryFn: () => body(client.GET("/api/v1/contacts/{id}", { params: { path: { id } } })),
  });

export interface RequestFilter {
  scope?: "mine" | "all";
  open?: boolean;
  opportunity?: string;
}

export const requestsQuery = (filter: RequestFilter) =>
  pages(["requests", filter], (cursor) =>
    body(client.GET("/api/v1/requests", { params: { query: { ...filter, cursor, limit: PAGE_SIZE } } })),
  );

export const requestQuery = (id: string) =>
  queryOptions({
    queryKey: ["request", id],
    queryFn: () => body(client.GET("/api/v1/requests/{id}", { params: { path: { id } } })),
  });

/** Who could be proposed on a request. */
export const requestMatchesQuery = (id: string, isFreeOnly: boolean) =>
  infiniteQueryOptions({
    queryKey: ["matches", "request", id, isFreeOnly],
    queryFn: ({ pageParam }) =>
      body(
        client.GET("/api/v1/requests/{id}/matches", {
          params: { path: { id }, query: { only_available: isFreeOnly, cursor: pageParam, limit: 10 } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });

export const approvalsQuery = () =>
  pages(["approvals"], (cursor) =>
    body(client.GET("/api/v1/approvals", { params: { query: { cursor, limit: PAGE_SIZE } } })),
  );

export const answerQuery = (token: string) =>
  queryOptions({
    queryKey: ["answer", token],
    queryFn: () => body(client.GET("/api/v1/answers/{token}", { params: { path: { token } } })),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });

export const inboxQuery = () =>
  pages(["inbox"], (cursor) =>
    body(client.GET("/api/v1/inbox", { params: { query: { cursor, limit: PAGE_SIZE } } })),
  );

/** Only its total is used: how many wait. */
export const unreadQuery = () =>
  queryOptions({
    queryKey: ["inbox", "unread"],
    queryFn: () => body(client.GET("/api/v1/inbox", { params: { query: { part: "open", limit: 1 } } })),
    refetchInterval: 60_000,
  });

export interface MetricFilter {
  from?: string;
  to?: string;
  by?: string;
}

export const leveragingQuery = (filter: MetricFilter, groups?: number) =>
  queryOptions({
    queryKey: ["metric", "leveraging", filter, groups ?? null],
    queryFn: () =>
      body(client.GET("/api/v1/metrics/leveraging", { params: { query: { ...filter, groups } } })),
    placeholderData: keepPreviousData,
  });

export interface DrillFilter extends MetricFilter {
  group?: string;
  leveraged?: boolean;
}

export const leveragingDealsQuery = (filter: DrillFilter) =>
  pages(["metric", "deals", filter], (cursor) =>
    body(
      client.GET("/api/v1/metrics/leveraging/deals", {
        params: { query: { ...filter, cursor, limit: PAGE_SIZE } },
      }),
    ),
  );

export type TimelineOf = "accounts" | "advocates" | "contacts" | "content" | "opportunities" | "requests";

export const timelineQuery = (kind: TimelineOf, id: string) =>
  pages(["timeline", kind, id], (cursor) => {
    const params = { path: { id }, query: { cursor, limit: 20 } };
    switch (kind) {
      case "accounts":
        return body(client.GET("/api/v1/accounts/{id}/timeline", { params }));
      case "advocates":
        return body(client.GET("/api/v1/advocates/{id}/timeline", { params }));
      case "contacts":
        return body(client.GET("/api/v1/contacts/{id}/timeline", { params }));
      case "content":
        return body(client.GET("/api/v1/content/{id}/timeline", { params }));
      case "opportunities":
        return body(client.GET("/api/v1/opportunities/{id}/timeline", { params }));
      case "requests":
        return body(client.GET("/api/v1/requests/{id}/timeline", { params }));
    }
  });

export interface UserFilter extends ListChoice {
  role?: Role;
}

export const usersQuery = (filter: UserFilter) =>
  pages(["users", filter], (cursor) =>
    body(client.GET("/api/v1/users", { params: { query: { ...filter, cursor, limit: PAGE_SIZE } } })),
  );

/** How many colleagues there are. */
export const usersTotalQuery = () =>
  queryOptions({
    queryKey: ["users", "total"],
    queryFn: async () => (await body(client.GET("/api/v1/users", { params: { query: { limit: 1 } } }))).total,
  });

export const userQuery = (id: string) =>
  queryOptions({
    queryKey: ["user", id],
    queryFn: () => body(client.GET("/api/v1/users/{id}", { params: { path: { id } } })),
  });

export const tokensQuery = () =>
  queryOptions({
    queryKey: ["tokens"],
    queryFn: async () => (await body(client.GET("/api/v1/tokens"))).items,
  });

export const settingsQuery = () =>
  queryOptions({ queryKey: ["settings"], queryFn: () => body(client.GET("/api/v1/settings")) });

/** Who the open deals are offered now, and who they would be. */
export const weightPreviewQuery = (weights: MatchWeights) =>
  queryOptions({
    queryKey: ["weight-preview", weights],
    queryFn: () => body(client.POST("/api/v1/settings/match-weights/preview", { body: weights })),
    placeholderData: keepPreviousData,
  });

export interface EventFilter {
  kind?: RecordKind;
  actor?: string;
  record?: string;
  since?: string;
  before?: string;
}

export const eventsQuery = (filter: EventFilter) =>
  pages(["events", filter], (cursor) =>
    body(client.GET("/api/v1/events", { params: { query: { ...filter, cursor, limit: PAGE_SIZE } } })),
  );

export const systemQuery = () =>
  queryOptions({
    queryKey: ["system"],
    queryFn: () => body(client.GET("/api/v1/system")),
    refetchInterval: 30_000,
  });

export const jobsQuery = (filter: { state?: "dead" }) =>
  pages(["jobs", filter], (cursor) =>
    body(client.GET("/api/v1/jobs", { params: { query: { ...filter, cursor, limit: PAGE_SIZE } } })),
  );

export const savedSearchesQuery = () =>
  queryOptions({
    queryKey: ["saved-searches"],
    queryFn: async () => (await body(client.GET("/api/v1/saved-searches"))).items,
  });

export const loadQuery = () =>
  queryOptions({ queryKey: ["load"], queryFn: () => body(client.GET("/api/v1/load")) });

export const overridesQuery = (period: { from: string; to: string }) =>
  queryOptions({
    queryKey: ["overrides", period],
    queryFn: () => body(client.GET("/api/v1/overrides", { params: { query: period } })),
  });

export const unmetSearchesQuery = () =>
  pages(["unmet-searches"], (cursor) =>
    body(client.GET("/api/v1/unmet-searches", { params: { query: { cursor, limit: PAGE_SIZE } } })),
  );

//! What the app asks about content and what was sent of it.

import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { body, client } from "./client";
import { type ListChoice, PAGE_SIZE } from "./queries";
import type { ContentKind, ContentState, DealStage } from "./types";

export interface ContentFilter extends ListChoice {
  kind?: ContentKind[];
  stage?: DealStage;
  state?: ContentState;
}

export const contentListQuery = (filter: ContentFilter) =>
  infiniteQueryOptions({
    queryKey: ["content", "list", filter],
    queryFn: ({ pageParam }) =>
      body(
        client.GET("/api/v1/content", {
          params: { query: { ...filter, cursor: pageParam, limit: PAGE_SIZE } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });

export const contentQuery = (id: string) =>
  queryOptions({
    queryKey: ["content", "one", id],
    queryFn: () => body(client.GET("/api/v1/content/{id}", { params: { path: { id } } })),
  });

export const dealSharesQuery = (id: string) =>
  queryOptions({
    queryKey: ["shares", id],
    queryFn: async () =>
      (
        await body(
          client.GET("/api/v1/opportunities/{id}/shares", {
            params: { path: { id }, query: { limit: 200 } },
          }),
        )
      ).items,
  });

export const sharedQuery = (token: string) =>
  queryOptions({
    queryKey: ["shared", token],
    queryFn: () => body(client.GET("/api/v1/shared/{token}", { params: { path: { token } } })),
    retry: false,
    staleTime: 60_000,
  });

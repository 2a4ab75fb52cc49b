//! The steward queue, as the API answers about it.

import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { body, client, done } from "./client";
import { PAGE_SIZE } from "./queries";
import type { StewardReason, StewardRow } from "./types";

export interface StewardAsk {
  reason?: StewardReason;
  put_off?: boolean;
}

const read = (query: StewardAsk & { cursor?: string; limit: number }) =>
  body(client.GET("/api/v1/steward", { params: { query } }));

/** Page by page; each says beside its rows what waits in all. */
export const stewardQuery = (ask: StewardAsk) =>
  infiniteQueryOptions({
    queryKey: ["steward", ask],
    queryFn: ({ pageParam }) => read({ ...ask, cursor: pageParam, limit: PAGE_SIZE }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });

/** How much waits for each reason, with no more rows than it takes. */
export const stewardCountsQuery = () =>
  queryOptions({
    queryKey: ["steward", "counts"],
    queryFn: () => read({ limit: 1 }),
  });

/** What the program team looks at first, in one answer. */
export const programHomeQuery = () =>
  queryOptions({
    queryKey: ["steward", "home"],
    queryFn: () => body(client.GET("/api/v1/program-home")),
  });

const at = ({ reason, record_id }: StewardRow) => ({ path: { reason, record: record_id } });

export const putOff = (row: StewardRow, until: string) =>
  done(client.PUT("/api/v1/steward/{reason}/{record}/put-off", { params: at(row), body: { until } }));

export const takeBackPutOff = (row: StewardRow) =>
  done(client.DELETE("/api/v1/steward/{reason}/{record}/put-off", { params: at(row) }));

export const askOwnerToLook = (row: StewardRow) =>
  done(client.POST("/api/v1/steward/{reason}/{record}/ask-owner", { params: at(row) }));

//! What is read around requests: before one is sent, behind a buyer's link, what was used on a deal.

import { queryOptions } from "@tanstack/react-query";
import { body, client } from "./client";
import type { Activity } from "./types";

/** An ask as it would be sent. */
export interface OutlookFilter {
  activity: Activity;
  need_by: string;
  opportunity?: string;
  advocate?: string;
}

/** What an ask can expect before it is sent. */
export const outlookQuery = (filter: OutlookFilter) =>
  queryOptions({
    queryKey: ["outlook", filter],
    queryFn: () => body(client.GET("/api/v1/requests/outlook", { params: { query: filter } })),
  });

/** The times behind a buyer's link. */
export const slotsQuery = (token: string) =>
  queryOptions({
    queryKey: ["slots", token],
    queryFn: () => body(client.GET("/api/v1/slots/{token}", { params: { path: { token } } })),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });

/** What a buyer is asked about behind a link. */
export const buyerDebriefQuery = (token: string) =>
  queryOptions({
    queryKey: ["buyer-debrief", token],
    queryFn: () => body(client.GET("/api/v1/debriefs/{token}", { params: { path: { token } } })),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The briefs of a promised use that the reader may see. */
export const briefsQuery = (candidate: string) =>
  queryOptions({
    queryKey: ["briefs", candidate],
    queryFn: () =>
      body(client.GET("/api/v1/candidates/{id}/briefs", { params: { path: { id: candidate } } })),
  });

/** The brief behind a link. */
export const linkedBriefQuery = (token: string) =>
  queryOptions({
    queryKey: ["brief", token],
    queryFn: () => body(client.GET("/api/v1/briefs/{token}", { params: { path: { token } } })),
    retry: false,
  });

/** The references that were used on a deal, by a request or not. */
export const dealUsesQuery = (id: string) =>
  queryOptions({
    queryKey: ["uses", id],
    queryFn: async () =>
      (
        await body(
          client.GET("/api/v1/opportunities/{id}/uses", { params: { path: { id }, query: { limit: 200 } } }),
        )
      ).items,
  });

/** How many requests of the last quarter in the reader's reach were a rush. */
export const rushRateQuery = () =>
  queryOptions({
    queryKey: ["requests", "rush-rate"],
    queryFn: () => body(client.GET("/api/v1/requests/rush-rate")),
  });

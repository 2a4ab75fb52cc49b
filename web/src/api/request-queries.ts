//! What is read before a request is sent and behind a buyer's link.

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

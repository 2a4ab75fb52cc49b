//! What the app asks about the plan.

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { body, client } from "./client";
import type { Activity } from "./types";

/** How a plan is cut; lists are written with commas, as the API reads them. */
export interface PlanCut {
  facets: string;
  window_ends: string;
  /** Terms count as the broadest above them. */
  broad?: boolean;
  as_of?: string;
}

export interface GapsAsk extends PlanCut {
  activity?: Activity;
  unverified?: boolean;
}

export const gapsQuery = (ask: GapsAsk) =>
  queryOptions({
    queryKey: ["plan", "gaps", ask],
    queryFn: () => body(client.GET("/api/v1/plan/gaps", { params: { query: ask } })),
    placeholderData: keepPreviousData,
  });

export const gapDetailQuery = (ask: GapsAsk, segment: string) =>
  queryOptions({
    queryKey: ["plan", "gap", ask, segment],
    queryFn: () => body(client.GET("/api/v1/plan/gaps/detail", { params: { query: { ...ask, segment } } })),
  });

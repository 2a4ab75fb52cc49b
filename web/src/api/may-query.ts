//! May an advocate be used for something on a day?

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { body, client } from "./client";
import type { Activity } from "./types";

/** Under the advocate's key, so that whatever changes the profile asks anew. */
export const mayQuery = (id: string, activity: Activity, on: string) =>
  queryOptions({
    queryKey: ["advocate", id, "may", activity, on],
    queryFn: () =>
      body(client.GET("/api/v1/advocates/{id}/may", { params: { path: { id }, query: { activity, on } } })),
    placeholderData: keepPreviousData,
  });

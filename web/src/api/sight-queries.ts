//! What somebody may see, and why.

import { queryOptions } from "@tanstack/react-query";
import { body, client } from "./client";
import type { RecordRule } from "./types";

export const sightQuery = () =>
  queryOptions({ queryKey: ["sight"], queryFn: () => body(client.GET("/api/v1/sight")) });

/** What a colleague sees of a record, and why. */
export const sightOfQuery = (ask: { user: string; kind: RecordRule["kind"]; record: string }) =>
  queryOptions({
    queryKey: ["sight", ask],
    queryFn: () =>
      body(
        client.GET("/api/v1/users/{id}/sight", {
          params: { path: { id: ask.user }, query: { kind: ask.kind, record: ask.record } },
        }),
      ),
  });

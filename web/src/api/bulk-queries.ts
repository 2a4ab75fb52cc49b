//! Changes of many records: what one would do, those that were made, making one and taking it back.

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { body, client, ifMatch } from "./client";
import type { BulkChange, BulkInput } from "./types";

/** What a change would do. A post that writes nothing: the ids do not fit into an address. */
export const bulkPreviewQuery = (ask: BulkInput) =>
  queryOptions({
    queryKey: ["bulk-preview", ask],
    queryFn: () => body(client.POST("/api/v1/bulk-changes/preview", { body: ask })),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

/** How often a change that is made piece by piece is looked at. */
const LOOK_MS = 1_500;

const isGoing = ({ state }: BulkChange) => state === "running" || state === "undoing";

export const bulkChangesQuery = () =>
  queryOptions({
    queryKey: ["bulk-changes"],
    queryFn: async () => (await body(client.GET("/api/v1/bulk-changes"))).items,
    refetchInterval: (query) => (query.state.data?.some(isGoing) ? LOOK_MS : false),
  });

export const makeBulkChange = (input: BulkInput, key: string) =>
  body(client.POST("/api/v1/bulk-changes", { body: input, params: { header: { "Idempotency-Key": key } } }));

export const undoBulkChange = ({ id, version }: BulkChange) =>
  body(client.POST("/api/v1/bulk-changes/{id}/undo", { params: { path: { id }, header: ifMatch(version) } }));

export const cancelBulkChange = ({ id, version }: BulkChange) =>
  body(
    client.POST("/api/v1/bulk-changes/{id}/cancel", { params: { path: { id }, header: ifMatch(version) } }),
  );

//! Probable duplicates and merges, as the API answers about them.

import { queryOptions } from "@tanstack/react-query";
import { body, client, done } from "./client";
import type { DuplicateKind, MergeInput } from "./types";

export const duplicatesQuery = (kind: DuplicateKind) =>
  queryOptions({
    queryKey: ["duplicates", kind],
    queryFn: () => body(client.GET("/api/v1/duplicates", { params: { query: { kind, limit: 100 } } })),
  });

/** Two records side by side; asked anew each time, because others go on working. */
export const comparisonQuery = (kind: DuplicateKind, one: string, other: string) =>
  queryOptions({
    queryKey: ["comparison", kind, one, other],
    queryFn: () => body(client.GET("/api/v1/comparison", { params: { query: { kind, one, other } } })),
    staleTime: 0,
  });

export const mergesQuery = () =>
  queryOptions({
    queryKey: ["merges"],
    queryFn: async () =>
      (await body(client.GET("/api/v1/merges", { params: { query: { limit: 100 } } }))).items,
  });

export const lookForDuplicates = () => body(client.POST("/api/v1/duplicates/look"));

export const tellApart = (kind: DuplicateKind, one: string, other: string) =>
  done(client.POST("/api/v1/duplicates/dismiss", { body: { kind, one, other } }));

export const reinstatePair = (kind: DuplicateKind, one: string, other: string) =>
  done(client.POST("/api/v1/duplicates/reinstate", { body: { kind, one, other } }));

export const mergeRecords = (input: MergeInput, key: string) =>
  body(client.POST("/api/v1/merges", { body: input, params: { header: { "Idempotency-Key": key } } }));

export const undoMerge = (id: string) =>
  done(client.POST("/api/v1/merges/{id}/undo", { params: { path: { id } } }));

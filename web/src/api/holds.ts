//! Uses that are kept for a deal before they are asked for.

import { queryOptions } from "@tanstack/react-query";
import { body, client, done, ifMatch } from "./client";
import type { Hold, PutBy } from "./types";

/** Whose holds are shown: of a deal, of an advocate, or all in the reader's reach. */
export interface HoldFilter {
  opportunity?: string;
  advocate?: string;
}

export const holdsQuery = (filter: HoldFilter) =>
  queryOptions({
    queryKey: ["holds", filter],
    queryFn: () => body(client.GET("/api/v1/holds", { params: { query: { ...filter, limit: 200 } } })),
  });

export const putBy = (input: PutBy, key: string) =>
  body(client.POST("/api/v1/holds", { body: input, params: { header: { "Idempotency-Key": key } } }));

export const giveBack = ({ id, version }: Pick<Hold, "id" | "version">) =>
  done(client.DELETE("/api/v1/holds/{id}", { params: { path: { id }, header: ifMatch(version) } }));

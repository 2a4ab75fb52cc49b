//! Locks that the program sets by itself, and whom rules would stop.

import { queryOptions } from "@tanstack/react-query";
import { body, client, ifMatch } from "./client";
import type { LockRules, Protection } from "./types";

export const lockPreviewQuery = (rules: LockRules) =>
  queryOptions({
    queryKey: ["lock-preview", rules],
    queryFn: () => body(client.POST("/api/v1/settings/lock-rules/preview", { body: rules })),
  });

export const changeLockRules = (version: number, input: Partial<LockRules>) =>
  body(client.PATCH("/api/v1/settings/lock-rules", { body: input, params: { header: ifMatch(version) } }));

/** What rules would have stopped in the last quarter. */
export const protectionPreviewQuery = (rules: Protection) =>
  queryOptions({
    queryKey: ["protection-preview", rules],
    queryFn: () => body(client.POST("/api/v1/settings/protection/preview", { body: rules })),
  });

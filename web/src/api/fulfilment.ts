//! Whose yes an ask needs, as the program's policy says it, and what consent is recorded for it.

import { queryOptions } from "@tanstack/react-query";
import { body, client, ifMatch } from "./client";
import type { FulfilmentPolicy, RecordConsent } from "./types";

export const fulfilmentPreviewQuery = (policy: FulfilmentPolicy) =>
  queryOptions({
    queryKey: ["fulfilment-preview", policy],
    queryFn: () => body(client.POST("/api/v1/settings/fulfilment/preview", { body: policy })),
  });

export const changeFulfilment = (version: number, input: Partial<FulfilmentPolicy>) =>
  body(client.PATCH("/api/v1/settings/fulfilment", { body: input, params: { header: ifMatch(version) } }));

export const recordConsent = (advocate: string, input: RecordConsent, key: string) =>
  body(
    client.POST("/api/v1/advocates/{id}/consents", {
      body: input,
      params: { path: { id: advocate }, header: { "Idempotency-Key": key } },
    }),
  );

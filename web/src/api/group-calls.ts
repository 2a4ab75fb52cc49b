//! One use that serves several deals, and the invitation of a buyer whose address was not known.

import { queryOptions } from "@tanstack/react-query";
import { body, client, ifMatch } from "./client";
import type { Candidate } from "./types";

/** Open requests that the call could serve as well. */
export const joinableQuery = ({ id, version }: Candidate) =>
  queryOptions({
    queryKey: ["requests", "joinable", id, version],
    queryFn: () => body(client.GET("/api/v1/candidates/{id}/deals", { params: { path: { id } } })),
  });

export const joinCall = ({ id, version }: Candidate, requests: string[], key: string) =>
  body(
    client.POST("/api/v1/candidates/{id}/deals", {
      body: { requests },
      params: { path: { id }, header: { ...ifMatch(version), "Idempotency-Key": key } },
    }),
  );

export const inviteBuyer = ({ id, version }: Candidate, email: string) =>
  body(
    client.POST("/api/v1/candidates/{id}/buyer", {
      body: { buyer_email: email },
      params: { path: { id }, header: ifMatch(version) },
    }),
  );

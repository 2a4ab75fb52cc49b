//! Deleting records, the trash, and restoring.

import { queryOptions } from "@tanstack/react-query";
import { body, client, done, ifMatch } from "./client";
import type { Trashed } from "./types";

export type DeletedKind = "account" | "contact" | "advocate" | "content";

export interface Deletable {
  kind: DeletedKind;
  id: string;
  version: number;
  name: string;
}

export const trashQuery = () =>
  queryOptions({
    queryKey: ["trash"],
    queryFn: async () => (await body(client.GET("/api/v1/trash"))).items,
  });

export function deleteRecord({ kind, id, version }: Deletable): Promise<Trashed> {
  const at = { params: { path: { id }, header: ifMatch(version) } };
  switch (kind) {
    case "account":
      return body(client.DELETE("/api/v1/accounts/{id}", at));
    case "contact":
      return body(client.DELETE("/api/v1/contacts/{id}", at));
    case "advocate":
      return body(client.DELETE("/api/v1/advocates/{id}", at));
    case "content":
      return body(client.DELETE("/api/v1/content/{id}", at));
  }
}

export const restoreRecord = (id: string) =>
  done(client.POST("/api/v1/trash/{id}/restore", { params: { path: { id } } }));

export const removeRecord = (id: string) =>
  done(client.DELETE("/api/v1/trash/{id}", { params: { path: { id } } }));

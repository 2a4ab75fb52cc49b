//! What the app asks about lists themselves: their fields, the views people keep.

import { queryOptions } from "@tanstack/react-query";
import { body, client, done, ifMatch } from "./client";
import { type ListChoice, PAGE_SIZE } from "./queries";
import type { EditListView, ListKind, ListView, SaveListView } from "./types";

export const listFieldsQuery = (list: ListKind) =>
  queryOptions({
    queryKey: ["list-fields", list],
    queryFn: async () =>
      (await body(client.GET("/api/v1/lists/{kind}/fields", { params: { path: { kind: list } } }))).items,
    staleTime: 5 * 60_000,
  });

/** Rows of a list behind those that were read; as many as a page of the list has. */
export function listPage(list: ListKind, choice: ListChoice, cursor: string) {
  const at = { params: { query: { ...choice, cursor, limit: PAGE_SIZE } } };
  switch (list) {
    case "accounts":
      return body(client.GET("/api/v1/accounts", at));
    case "contacts":
      return body(client.GET("/api/v1/contacts", at));
    case "advocates":
      return body(client.GET("/api/v1/advocates", at));
    case "opportunities":
      return body(client.GET("/api/v1/opportunities", at));
    case "content":
      return body(client.GET("/api/v1/content", at));
    case "users":
      return body(client.GET("/api/v1/users", at));
  }
}

/** Every view that the reader may open, of every list. */
export const viewsQuery = () =>
  queryOptions({
    queryKey: ["views"],
    queryFn: async () => (await body(client.GET("/api/v1/views"))).items as ListView[],
    staleTime: 60_000,
  });

export const saveView = (input: SaveListView, key: string) =>
  body(client.POST("/api/v1/views", { body: input, params: { header: { "Idempotency-Key": key } } }));

export const changeView = (view: Pick<ListView, "id" | "version">, input: EditListView) =>
  body(
    client.PATCH("/api/v1/views/{id}", {
      body: input,
      params: { path: { id: view.id }, header: ifMatch(view.version) },
    }),
  );

export const removeView = (id: string) =>
  done(client.DELETE("/api/v1/views/{id}", { params: { path: { id } } }));

export const pinView = (id: string, isPinned: boolean) => {
  const at = { params: { path: { id } } };
  return body(
    isPinned ? client.PUT("/api/v1/views/{id}/pin", at) : client.DELETE("/api/v1/views/{id}/pin", at),
  );
};

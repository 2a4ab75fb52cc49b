//! Files on their way in and back out, as the API answers about them.

import { queryOptions } from "@tanstack/react-query";
import { body, client } from "./client";
import { everyPage, pages } from "./queries";
import type { SavedMapping } from "./types";

export const importsQuery = () =>
  pages(["imports"], (cursor) => body(client.GET("/api/v1/imports", { params: { query: { cursor } } })));

const IMPORT_LOOK_MS = 1_000;

const isBusy = (status: string | undefined): boolean => status === "applying" || status === "undoing";

/** One import; while its rows are being written or taken back it is looked at again every second. */
export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ["import", id],
    queryFn: () => body(client.GET("/api/v1/imports/{id}", { params: { path: { id } } })),
    refetchInterval: (query) => (isBusy(query.state.data?.status) ? IMPORT_LOOK_MS : false),
  });

/** What undoing an import would take back; always asked anew, because others go on working. */
export const importUndoQuery = (id: string) =>
  queryOptions({
    queryKey: ["import-undo", id],
    queryFn: () => body(client.GET("/api/v1/imports/{id}/undo", { params: { path: { id } } })),
    staleTime: 0,
    gcTime: 0,
  });

export const importFieldsQuery = (kind: string) =>
  queryOptions({
    queryKey: ["import-fields", kind],
    queryFn: async () =>
      (await body(client.GET("/api/v1/import-fields/{kind}", { params: { path: { kind } } }))).items,
    staleTime: 5 * 60_000,
  });

export const importMappingsQuery = () =>
  queryOptions({
    queryKey: ["import-mappings"],
    queryFn: () =>
      everyPage<SavedMapping>((cursor) =>
        body(client.GET("/api/v1/import-mappings", { params: { query: { cursor, limit: 200 } } })),
      ),
  });

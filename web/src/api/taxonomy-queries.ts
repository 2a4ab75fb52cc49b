//! Facets, terms and words without a term, as the API answers about them.

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { body, client } from "./client";
import { everyPage, pages } from "./queries";
import type { Term } from "./types";

/** The most terms that the API puts on a page. */
const TERMS_PAGE = 5_000;

export const facetsQuery = () =>
  queryOptions({
    queryKey: ["facets"],
    queryFn: async () => (await body(client.GET("/api/v1/facets"))).items,
    staleTime: 5 * 60_000,
  });

export const facetQuery = (id: string) =>
  queryOptions({
    queryKey: ["facet", id],
    queryFn: () => body(client.GET("/api/v1/facets/{id}", { params: { path: { id } } })),
  });

export const termsQuery = (facet?: string) =>
  queryOptions({
    queryKey: ["terms", facet ?? null],
    queryFn: () =>
      everyPage<Term>((cursor) =>
        body(client.GET("/api/v1/terms", { params: { query: { facet, cursor, limit: TERMS_PAGE } } })),
      ),
    staleTime: 5 * 60_000,
  });

export const termQuery = (id: string) =>
  queryOptions({
    queryKey: ["term", id],
    queryFn: () => body(client.GET("/api/v1/terms/{id}", { params: { path: { id } } })),
  });

/** What these ways to write a term, in the place of those it has, would change. */
export const synonymPreviewQuery = (id: string, synonyms: string[]) =>
  queryOptions({
    queryKey: ["synonym-preview", id, synonyms],
    queryFn: () =>
      body(
        client.POST("/api/v1/terms/{id}/synonyms/preview", {
          params: { path: { id } },
          body: { synonyms },
        }),
      ),
    placeholderData: keepPreviousData,
  });

export const unmappedQuery = () =>
  pages(["unmapped"], (cursor) => body(client.GET("/api/v1/unmapped", { params: { query: { cursor } } })));

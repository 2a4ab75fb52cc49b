//! What the app asks about all colleagues at once.

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { body, client } from "./client";
import { everyPage, type UserFilter } from "./queries";

/** Rows that one request for all colleagues brings; as many as the server gives. */
const COLLEAGUES_AT_ONCE = 200;

/** All colleagues that fit: a company has few enough to sort and narrow them in the page. */
export const everyUserQuery = (filter: UserFilter) =>
  queryOptions({
    queryKey: ["users", "all", filter],
    queryFn: () =>
      everyPage((cursor) =>
        body(
          client.GET("/api/v1/users", {
            params: { query: { ...filter, cursor, limit: COLLEAGUES_AT_ONCE } },
          }),
        ),
      ),
    placeholderData: keepPreviousData,
  });

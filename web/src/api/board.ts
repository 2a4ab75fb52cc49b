//! Open requests as a board.

import { queryOptions } from "@tanstack/react-query";
import { body, client } from "./client";

export const boardQuery = () =>
  queryOptions({
    queryKey: ["requests", "board"],
    queryFn: () => body(client.GET("/api/v1/requests/board")),
  });

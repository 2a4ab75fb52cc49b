//! What is known of somebody who is about to be nominated, and one's own nominations.

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { body, client } from "./client";
import type { AskKnown } from "./types";

/** Writes nothing; a post keeps names and addresses out of the address and its logs. */
export const knownNomineeQuery = (ask: AskKnown) =>
  queryOptions({
    queryKey: ["known-nominee", ask],
    queryFn: () => body(client.POST("/api/v1/advocates/known", { body: ask })),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });

//! May an advocate be used for something on a day?

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { body, client } from "./client";
import type { Activity, ConsentChannel } from "./types";

/** Under the advocate's key, so that whatever changes the profile asks anew. */
export const mayQuery = (
  id: string,
  activity: Activity,
  on: string,
  there: { channel: ConsentChannel | undefined; region: string },
) =>
  queryOptions({
    queryKey: ["advocate", id, "may", activity, on, there],
    queryFn: () =>
      body(
        client.GET("/api/v1/advocates/{id}/may", {
          params: {
            path: { id },
            query: { activity, on, channel: there.channel, region: there.region || undefined },
          },
        }),
      ),
    placeholderData: keepPreviousData,
  });

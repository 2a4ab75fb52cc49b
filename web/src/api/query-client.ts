import { QueryClient } from "@tanstack/react-query";
import { NetworkLost } from "./problem";

const RETRIES_MAX = 2;

/** Reads are tried again when no answer came; a problem the server named is not. Writes never by themselves. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (failures, error) => error instanceof NetworkLost && failures < RETRIES_MAX,
        // Offline reads fail like any lost network instead of hanging in a paused state.
        networkMode: "always",
      },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}

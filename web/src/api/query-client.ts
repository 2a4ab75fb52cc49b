import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { notFresh } from "./not-fresh";
import { isCode, NetworkLost } from "./problem";

const RETRIES_MAX = 2;

/** Reads are tried again when no answer came; a problem the server named is not. Writes never by themselves. */
export function makeQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: keepWhatWasRead(),
    mutationCache: new MutationCache({
      // What is there now is read again, so that the next press meets it.
      onError: (error) => {
        if (isOutrun(error)) void client.invalidateQueries();
      },
    }),
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
  return client;
}

/** Somebody else was faster, or the record went on meanwhile. */
const isOutrun = (error: unknown) =>
  isCode(error, "stale_version") || isCode(error, "conflict") || isCode(error, "move_not_allowed");

/** A page that cannot be read again keeps what it shows: whatever is typed on it would go with it. */
function keepWhatWasRead(): QueryCache {
  const queries = new QueryCache({
    onError: (error, query) => {
      // The next page of a list has words of its own where it is asked for.
      if (query.state.data === undefined || query.state.fetchMeta?.fetchMore) return;
      query.setState({ status: "success", error: null });
      // Signing in over the page reads everything again.
      if (query.isActive() && !isCode(error, "not_signed_in")) notFresh.add(query.queryHash, error);
    },
    onSuccess: (_, query) => notFresh.remove(query.queryHash),
  });
  queries.subscribe(({ type, query }) => {
    if (type === "observerRemoved" && !query.isActive()) notFresh.remove(query.queryHash);
  });
  return queries;
}

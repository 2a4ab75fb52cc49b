import { Button } from "@mantine/core";
import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { formatNumber } from "../format/format";
import { text } from "../text/text";
import classes from "./PagedList.module.css";
import { Failed, Loading } from "./states";

interface PageOf<Row> {
  items: Row[];
  total: number;
}

interface Props<Row> {
  query: UseInfiniteQueryResult<InfiniteData<PageOf<Row>>>;
  empty: ReactNode;
  children: (rows: Row[], total: number) => ReactNode;
  skeletonRows?: number;
  /** Only the first rows stand here, and a link leads to all: no count, no next page. */
  isExcerpt?: boolean;
}

/** The four states of a list in one place: loading, empty, failed (or not allowed), and its rows with their total. */
export function PagedList<Row>({ query, empty, children, skeletonRows, isExcerpt = false }: Props<Row>) {
  if (query.isPending) return <Loading rows={skeletonRows ?? 6} />;
  if (query.isError && !query.data)
    return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const total = query.data?.pages.at(-1)?.total ?? rows.length;
  if (rows.length === 0) return <>{empty}</>;
  return (
    <div className={classes.list} data-stale={query.isPlaceholderData || undefined}>
      {children(rows, total)}
      {isExcerpt ? null : <Foot query={query} shown={rows.length} total={total} />}
    </div>
  );
}

function Foot<Row>({ query, shown, total }: { query: Props<Row>["query"]; shown: number; total: number }) {
  return (
    <div className={classes.foot}>
      <span className="meta numbers" role="status">
        {text("list.shown", { shown: formatNumber(shown), total: formatNumber(total) })}
      </span>
      {query.isFetchNextPageError ? <span className="meta">{text("list.more_failed")}</span> : null}
      {query.hasNextPage ? (
        <Button
          variant="default"
          size="xs"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {text("list.more")}
        </Button>
      ) : null}
    </div>
  );
}

//! The list of one kind of record: filters above, the table, its state in the address, a peek beside it.

import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Page } from "../api/types";
import { Filters } from "../ui/Filters";
import { PagedList } from "../ui/PagedList";
import {
  ColumnChooser,
  type Direction,
  type RecordColumn,
  RecordTable,
  shownColumns,
} from "../ui/RecordTable";
import { useSearchChange } from "../ui/use-search-change";

interface Search {
  cols?: string[];
  sort?: string;
  direction?: Direction;
}

interface Props<Row extends { id: string }> {
  caption: string;
  query: UseInfiniteQueryResult<InfiniteData<Page<Row>>>;
  columns: RecordColumn<Row>[];
  search: Search;
  /** How the server sorts when nobody asks. */
  standard: { by: string; direction: Direction };
  filters: ReactNode;
  empty: ReactNode;
  nameOf: (row: Row) => string;
  hrefOf: (row: Row) => string;
  canPeek?: boolean;
}

export function RecordList<Row extends { id: string }>(props: Props<Row>) {
  const { caption, query, columns, search, standard, filters, empty, nameOf, hrefOf } = props;
  const router = useRouter();
  const change = useSearchChange();
  const shown = shownColumns(columns, search.cols);
  const more = () => {
    if (query.hasNextPage && !query.isFetchingNextPage && !query.isFetchNextPageError)
      void query.fetchNextPage();
  };
  return (
    <>
      <Filters>
        {filters}
        <ColumnChooser
          columns={columns}
          shown={shown.map((column) => column.key)}
          onChange={(cols) => void change({ cols }, { replace: true })}
        />
      </Filters>
      <PagedList query={query} skeletonRows={10} empty={empty}>
        {(rows, total) => (
          <RecordTable
            caption={caption}
            columns={shown}
            rows={rows}
            total={total}
            rowKey={(row) => row.id}
            nameOf={nameOf}
            sort={{
              by: search.sort ?? standard.by,
              direction: search.direction ?? standard.direction,
            }}
            onSort={(sort, direction) => void change({ sort, direction }, { replace: true })}
            onPeek={props.canPeek ? (row) => void change({ peek: row.id }) : undefined}
            onOpen={(row) => void router.navigate({ href: hrefOf(row) })}
            onEnd={more}
          />
        )}
      </PagedList>
    </>
  );
}

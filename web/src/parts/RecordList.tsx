//! The list of one kind of record: filters above, the table, its state in the address, a peek beside it.

import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { exportList } from "../api/exports";
import type { ListChoice } from "../api/queries";
import type { ListKind, Page } from "../api/types";
import { paths } from "../paths/paths";
import { Filters } from "../ui/Filters";
import { PagedList } from "../ui/PagedList";
import { ColumnChooser, type Direction, type RecordColumn, shownColumns } from "../ui/RecordTable";
import { useSearchChange } from "../ui/use-search-change";
import { ChoosableTable } from "./list/ChoosableTable";
import { ExportMenu } from "./list/ExportMenu";
import { FilterButton } from "./list/FilterSheet";
import { sortedBy, useSortable } from "./list/sortable";
import { useLeaveTrail } from "./list/trail";
import { ViewMenu } from "./list/ViewMenu";
import { useViewState } from "./list/view-state";
import { canExport, useSession } from "./session";

interface Search {
  cols?: string[];
  filter?: string;
  sort?: string;
  direction?: Direction;
  /** The row that is looked at closer. */
  peek?: string;
}

interface Props<Row extends { id: string }> {
  list: ListKind;
  caption: string;
  /** What the rows were asked with; an export asks the same. */
  choice: ListChoice;
  query: UseInfiniteQueryResult<InfiniteData<Page<Row>>>;
  columns: RecordColumn<Row>[];
  search: Search;
  /** How the server sorts when nobody asks. */
  standard: { by: string; direction: Direction };
  /** Looks for words in the list. */
  field: ReactNode;
  /** Switches that narrow the list with one press. */
  filters?: ReactNode;
  /** How many of these switches are on, beyond what the list shows by itself. */
  filtersOn?: number;
  empty: ReactNode;
  nameOf: (row: Row) => string;
  /** The page of a row; absent where rows have none for this reader. */
  hrefOf?: (row: Row) => string;
  canPeek?: boolean;
}

export function RecordList<Row extends { id: string }>(props: Props<Row>) {
  const { list, caption, choice, query, search, standard, empty, nameOf, hrefOf } = props;
  const router = useRouter();
  const session = useSession();
  const change = useSearchChange();
  const columns = useSortable(list, props.columns);
  const shown = shownColumns(columns, search.cols);
  const state = useViewState();
  const last = query.data?.pages.at(-1);
  useLeaveTrail(
    list,
    last && {
      href: paths.list(list, state),
      choice,
      ids: query.data?.pages.flatMap((page) => page.items.map((row) => row.id)) ?? [],
      total: last.total,
      cursor: last.next_cursor,
    },
  );
  const more = () => {
    if (query.hasNextPage && !query.isFetchingNextPage && !query.isFetchNextPageError)
      void query.fetchNextPage();
  };
  return (
    <>
      <Filters
        on={props.filtersOn}
        folded={
          <>
            {props.filters}
            <ColumnChooser
              columns={columns}
              shown={shown.map((column) => column.key)}
              onChange={(cols) => void change({ cols }, { replace: true })}
            />
            <ViewMenu list={list} state={state} />
            {canExport(session) ? (
              <ExportMenu
                name={list}
                take={(format) => exportList(list, choice, format)}
                total={query.data?.pages.at(-1)?.total}
              />
            ) : null}
          </>
        }
      >
        {props.field}
        <FilterButton
          list={list}
          written={search.filter}
          onChange={(filter) => void change({ filter }, { replace: true })}
        />
      </Filters>
      <PagedList query={query} skeletonRows={10} empty={empty}>
        {(rows, total) => (
          <ChoosableTable
            list={list}
            narrowed={{ q: choice.q, filter: choice.filter }}
            caption={caption}
            columns={shown}
            rows={rows}
            total={total}
            nameOf={nameOf}
            sort={sortedBy(columns, search, standard)}
            onSort={(sort, direction) => void change({ sort, direction }, { replace: true })}
            onPeek={
              props.canPeek
                ? (row) => void change({ peek: row.id }, { replace: search.peek !== undefined })
                : undefined
            }
            isPeeking={search.peek !== undefined}
            onOpen={(row) => hrefOf && void router.navigate({ href: hrefOf(row) })}
            onEnd={more}
          />
        )}
      </PagedList>
    </>
  );
}

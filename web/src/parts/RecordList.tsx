//! The list of one kind of record: filters above, the table, its state in the address, a peek beside it.

import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { listFieldsQuery } from "../api/list-queries";
import type { ListChoice } from "../api/queries";
import type { ListKind, Page } from "../api/types";
import { Filters } from "../ui/Filters";
import { PagedList } from "../ui/PagedList";
import { ColumnChooser, type Direction, type RecordColumn, shownColumns } from "../ui/RecordTable";
import { useSearchChange } from "../ui/use-search-change";
import { ChoosableTable } from "./list/ChoosableTable";
import { ExportMenu } from "./list/ExportMenu";
import { FilterButton } from "./list/FilterSheet";
import { ViewMenu } from "./list/ViewMenu";
import { useViewState } from "./list/view-state";
import { canExport, useSession } from "./session";

interface Search {
  cols?: string[];
  filter?: string;
  sort?: string;
  direction?: Direction;
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
  filters: ReactNode;
  empty: ReactNode;
  nameOf: (row: Row) => string;
  hrefOf: (row: Row) => string;
  canPeek?: boolean;
}

export function RecordList<Row extends { id: string }>(props: Props<Row>) {
  const { list, caption, choice, query, search, standard, filters, empty, nameOf, hrefOf } = props;
  const router = useRouter();
  const session = useSession();
  const change = useSearchChange();
  const columns = useSortable(list, props.columns);
  const shown = shownColumns(columns, search.cols);
  const state = useViewState();
  const more = () => {
    if (query.hasNextPage && !query.isFetchingNextPage && !query.isFetchNextPageError)
      void query.fetchNextPage();
  };
  return (
    <>
      <Filters>
        {filters}
        <FilterButton
          list={list}
          written={search.filter}
          onChange={(filter) => void change({ filter }, { replace: true })}
        />
        <ColumnChooser
          columns={columns}
          shown={shown.map((column) => column.key)}
          onChange={(cols) => void change({ cols }, { replace: true })}
        />
        <ViewMenu list={list} state={state} />
        {canExport(session) ? (
          <ExportMenu list={list} choice={choice} total={query.data?.pages.at(-1)?.total} />
        ) : null}
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
            sort={{
              by: search.sort ?? standard.by,
              direction: search.direction ?? naturally(columns, search.sort) ?? standard.direction,
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

/** The columns with sorting only where the server lets this reader sort. */
function useSortable<Row>(list: ListKind, columns: RecordColumn<Row>[]): RecordColumn<Row>[] {
  const fields = useQuery(listFieldsQuery(list));
  const sortable = new Map(fields.data?.map((field) => [field.key, field]));
  return columns.map((column) => {
    const field = column.sort ? sortable.get(column.sort) : undefined;
    if (!field?.can_sort) return { ...column, sort: undefined };
    const first = ["number", "money", "flag"].includes(field.kind) ? "descending" : "ascending";
    return { ...column, first: column.first ?? first };
  });
}

/** The way the server sorts by a field when nobody says. */
function naturally<Row>(columns: RecordColumn<Row>[], sort: string | undefined): Direction | undefined {
  return columns.find((column) => sort !== undefined && column.sort === sort)?.first;
}

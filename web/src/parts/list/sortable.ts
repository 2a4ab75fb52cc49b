//! How a list may be sorted by this reader, and how it is sorted now.

import { useQuery } from "@tanstack/react-query";
import { listFieldsQuery } from "../../api/list-queries";
import type { ListKind } from "../../api/types";
import type { Direction, RecordColumn } from "../../ui/RecordTable";

/** The columns with sorting only where the server lets this reader sort. */
export function useSortable<Row>(list: ListKind, columns: RecordColumn<Row>[]): RecordColumn<Row>[] {
  const fields = useQuery(listFieldsQuery(list));
  const sortable = new Map(fields.data?.map((field) => [field.key, field]));
  return columns.map((column) => {
    const field = column.sort ? sortable.get(column.sort) : undefined;
    if (!field?.can_sort) return { ...column, sort: undefined };
    const first = ["number", "money", "flag"].includes(field.kind) ? "descending" : "ascending";
    return { ...column, first: column.first ?? first };
  });
}

interface Sorting {
  by: string;
  direction: Direction;
}

/** What the list is sorted by: what the address says, else the server's own way. */
export function sortedBy<Row>(
  columns: RecordColumn<Row>[],
  asked: { sort?: string; direction?: Direction },
  standard: Sorting,
): Sorting {
  const first = columns.find((column) => asked.sort !== undefined && column.sort === asked.sort)?.first;
  return { by: asked.sort ?? standard.by, direction: asked.direction ?? first ?? standard.direction };
}

//! The list that a reader last saw of each kind of record, as it stood: the rows in their order, and the
//! way back. A record that changes meanwhile does not move in it, and nothing of it outlives the sign-out.

import { queryOptions, skipToken, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLocation } from "@tanstack/react-router";
import { useEffect } from "react";
import { listPage } from "../../api/list-queries";
import type { ListChoice } from "../../api/queries";
import type { ListKind } from "../../api/types";
import { paths } from "../../paths/paths";

export interface Trail {
  /** The address of the list. */
  href: string;
  choice: ListChoice;
  ids: string[];
  /** Records that the list has, read or not. */
  total: number;
  /** Where the rows that were not read begin. */
  cursor: string | null;
}

const trailQuery = (list: ListKind) =>
  queryOptions<Trail>({
    queryKey: ["trail", list],
    queryFn: skipToken,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });

/** Remembers what a list shows for as long as it is shown. */
export function useLeaveTrail(list: ListKind, trail: Trail | undefined) {
  const cache = useQueryClient();
  // A list that is being left renders once more under the next address, which is not its own.
  const isShown = useLocation({ select: ({ pathname }) => pathname === paths.list(list) });
  const written = JSON.stringify(trail);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the written form stands for the trail
  useEffect(() => {
    if (trail && isShown) cache.setQueryData(trailQuery(list).queryKey, trail);
  }, [cache, list, written, isShown]);
}

/** The list that was last seen, where it holds the record; and how it goes on at its end. */
export function useTrail(list: ListKind, id: string) {
  const cache = useQueryClient();
  const { data: trail } = useQuery(trailQuery(list));
  const at = trail?.ids.indexOf(id) ?? -1;
  if (!trail || at < 0) return null;
  /** The record so many places on, read from the server where the list was not read so far. */
  const step = async (by: 1 | -1): Promise<string | null> => {
    const known = trail.ids[at + by];
    if (known || by < 0 || !trail.cursor) return known ?? null;
    const page = await listPage(list, trail.choice, trail.cursor);
    const further = longer(trail, page);
    cache.setQueryData(trailQuery(list).queryKey, further);
    return further.ids[at + 1] ?? null;
  };
  return { trail, at, step, isFirst: at === 0, isLast: at === trail.ids.length - 1 && !trail.cursor };
}

/** The trail with a further page; what moved down since it was read stands in it once. */
export function longer(trail: Trail, page: { items: { id: string }[]; next_cursor: string | null }): Trail {
  const known = new Set(trail.ids);
  const added = page.items.map((row) => row.id).filter((one) => !known.has(one));
  return { ...trail, ids: [...trail.ids, ...added], cursor: page.next_cursor };
}

import { Button, CloseButton } from "@mantine/core";
import { useQueries } from "@tanstack/react-query";
import { useRef } from "react";
import { advocateQuery } from "../../api/queries";
import type { MatchRow } from "../../api/types";
import { useActionsHere } from "../../parts/actions-here";
import { text } from "../../text/text";
import { notifyDone } from "../../ui/notify";
import { useKeys } from "../../ui/use-keys";
import { useSearchChange } from "../../ui/use-search-change";
import classes from "./Shortlist.module.css";

/** More than four side by side are no comparison. */
const PICKS_MAX = 4;

/** Stands in the address for asking everybody on the shortlist. */
export const SHORTLIST = "shortlist";

export interface Picks {
  ids: string[];
  /** The cards of those that an answer of this visit showed. */
  rows: Map<string, MatchRow>;
  toggle: (advocate: string) => void;
  clear: () => void;
}

/** The shortlist, which stands in the address; the cards are remembered from answers seen. */
export function usePicks(picked: string[] | undefined, rows: MatchRow[]): Picks {
  const change = useSearchChange();
  const seen = useRef(new Map<string, MatchRow>());
  for (const row of rows) seen.current.set(row.advocate, row);
  const ids = (picked ?? []).slice(0, PICKS_MAX);
  const toggle = (advocate: string) => {
    if (ids.includes(advocate)) {
      void change({ pick: ids.filter((one) => one !== advocate) }, { replace: true });
    } else if (ids.length >= PICKS_MAX) {
      notifyDone(text("find.tray_full"));
    } else {
      void change({ pick: [...ids, advocate] }, { replace: true });
    }
  };
  const clear = () => void change({ pick: undefined, compare: undefined }, { replace: true });
  return { ids, rows: seen.current, toggle, clear };
}

/** The shortlisted advocates, always in sight while the search goes on. */
export function Shortlist({
  picks,
  onCompare,
  onRequest,
}: {
  picks: Picks;
  onCompare: () => void;
  /** Absent where the person may not ask. */
  onRequest?: () => void;
}) {
  const loaded = useQueries({ queries: picks.ids.map((id) => advocateQuery(id)) });
  const canCompare = picks.ids.length > 1;
  useKeys({ c: onCompare }, canCompare);
  useActionsHere([
    ...(canCompare ? [{ label: text("find.compare"), run: onCompare }] : []),
    ...(onRequest && picks.ids.length > 0
      ? [{ label: text("find.request_these", { count: picks.ids.length }), run: onRequest }]
      : []),
  ]);
  if (picks.ids.length === 0) return null;
  return (
    <section className={classes.tray} aria-label={text("find.tray")}>
      <ul className={classes.picks}>
        {picks.ids.map((id, index) => {
          const name =
            picks.rows.get(id)?.display_name ?? loaded[index]?.data?.display_name ?? text("state.loading");
          return (
            <li key={id} className={classes.pick}>
              <span className={classes.name}>{name}</span>
              <CloseButton
                size="sm"
                aria-label={text("find.unpick_for", { name })}
                onClick={() => picks.toggle(id)}
              />
            </li>
          );
        })}
      </ul>
      <div className={classes.actions}>
        {onRequest ? (
          <Button size="xs" onClick={onRequest}>
            {text("find.request_these", { count: picks.ids.length })}
          </Button>
        ) : null}
        <Button size="xs" variant="default" disabled={!canCompare} onClick={onCompare}>
          {text("find.compare")}
        </Button>
        <Button size="xs" variant="subtle" onClick={picks.clear}>
          {text("find.tray_clear")}
        </Button>
      </div>
    </section>
  );
}

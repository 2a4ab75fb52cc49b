import { type ReactNode, useEffect, useRef, useState } from "react";
import type { MatchRow, NearMatch } from "../api/types";
import { text } from "../text/text";
import { useKeys } from "../ui/use-keys";
import { MatchCard, type Verb } from "./MatchCard";
import classes from "./MatchList.module.css";

interface Props {
  /** Near matches say what differs. */
  rows: (MatchRow | NearMatch)[];
  onPeek: (advocate: string) => void;
  /** Who is looked at closer; the look follows J and K. */
  peeked?: string;
  /** Shortlisted advocates; absent where there is no shortlist. */
  picked?: readonly string[];
  onPick?: (advocate: string) => void;
  onRequest?: (advocate: string) => void;
  verb?: Verb;
  /** Said of a row beside whether it is free. */
  note?: (row: MatchRow) => ReactNode;
  /** Opens how every match adds up. */
  isExplained?: boolean;
  /** Where the list is divided, by the place of the first row behind the line. */
  lineBefore?: number;
  /** What the line says. */
  line?: string;
}

/** Ranked matches with keys: J and K move, Space looks closer, X shortlists, R requests. */
export function MatchList({
  rows,
  onPeek,
  peeked,
  picked = [],
  onPick,
  onRequest,
  verb,
  note,
  isExplained,
  lineBefore,
  line,
}: Props) {
  const [chosen, setChosen] = useState(-1);
  const list = useRef<HTMLOListElement>(null);
  const first = rows[0]?.advocate;
  // A new answer starts from its top again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first row stands for the answer
  useEffect(() => setChosen(-1), [first]);
  const move = (by: number) => {
    const next = Math.min(rows.length - 1, Math.max(0, chosen + by));
    setChosen(next);
    list.current?.children[next]?.scrollIntoView({ block: "nearest" });
    const row = rows[next];
    if (peeked && row) onPeek(row.advocate);
  };
  const withChosen = (act: (advocate: string) => void) => {
    const row = rows[Math.max(0, chosen)];
    if (row) act(row.advocate);
  };
  useKeys(
    {
      j: () => move(1),
      k: () => move(-1),
      space: (event) => {
        event.preventDefault();
        withChosen(onPeek);
      },
      x: () => {
        if (onPick) withChosen(onPick);
      },
      r: () => {
        if (onRequest) withChosen(onRequest);
      },
    },
    rows.length > 0,
  );
  return (
    <ol className={classes.list} ref={list} aria-label={text("find.results")}>
      {rows.map((row, index) => (
        <li key={row.advocate} aria-current={index === chosen || undefined}>
          {index === lineBefore ? <h2 className={classes.line}>{line}</h2> : null}
          <MatchCard
            row={row}
            differs={"differs" in row ? row.differs : undefined}
            isChosen={index === chosen}
            onChoose={() => setChosen(index)}
            onPeek={() => onPeek(row.advocate)}
            isPicked={picked.includes(row.advocate)}
            onPick={onPick ? () => onPick(row.advocate) : undefined}
            onRequest={onRequest ? () => onRequest(row.advocate) : undefined}
            verb={verb}
            note={note?.(row)}
            isExplained={isExplained}
          />
        </li>
      ))}
    </ol>
  );
}

import type { ReactNode } from "react";
import queue from "./queue.module.css";
import type { Queue } from "./use-queue";

interface QueueListProps<Row> {
  /** What the list is of. */
  label: string;
  /** Which keys work in it. */
  keys: string;
  rows: Row[];
  keyOf: (row: Row) => string;
  rowClass: string | undefined;
  queue: Pick<Queue, "chosen" | "list">;
  children: (row: Row, index: number) => ReactNode;
}

/** A list that is worked through by keyboard, with its chosen row marked; see `useQueue`. */
export function QueueList<Row>({
  label,
  keys,
  rows,
  keyOf,
  rowClass,
  queue: { chosen, list },
  children,
}: QueueListProps<Row>) {
  return (
    <>
      <p className={`meta ${queue.keys}`}>{keys}</p>
      <ul className={queue.list} ref={list} tabIndex={-1} aria-label={label}>
        {rows.map((row, index) => (
          <li
            key={keyOf(row)}
            className={`${queue.row} ${rowClass}`}
            aria-current={index === chosen || undefined}
          >
            {children(row, index)}
          </li>
        ))}
      </ul>
    </>
  );
}

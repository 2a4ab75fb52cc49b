import { type RefObject, useRef, useState } from "react";

export interface Queue {
  /** Which row is chosen; -1 while there is none. */
  chosen: number;
  choose: (index: number) => void;
  list: RefObject<HTMLUListElement | null>;
  /** J and K, for `useKeys`. */
  moves: Record<"j" | "k", () => void>;
}

/** One chosen row of a list that is worked through by keyboard; it stays in sight. */
export function useQueue(count: number): Queue {
  const [at, setAt] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const chosen = Math.min(at, count - 1);
  const move = (by: number) => {
    const next = Math.min(count - 1, Math.max(0, chosen + by));
    setAt(next);
    list.current?.children[next]?.scrollIntoView({ block: "nearest" });
  };
  return { chosen, choose: setAt, list, moves: { j: () => move(1), k: () => move(-1) } };
}

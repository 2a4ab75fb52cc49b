import { useEffect, useRef } from "react";

/** Something that can be done to what is chosen on the page. */
export interface ActionHere {
  label: string;
  run: () => void;
}

const offered = new Set<() => ActionHere[]>();

/** What the page on screen offers at this moment, for the palette. */
export const actionsHere = (): ActionHere[] => [...offered].flatMap((read) => read());

/** Offers actions on what is chosen to the palette, as long as the page is shown. */
export function useActionsHere(actions: ActionHere[]) {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const read = () => latest.current;
    offered.add(read);
    return () => {
      offered.delete(read);
    };
  }, []);
}

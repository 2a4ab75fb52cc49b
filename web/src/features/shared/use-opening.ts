//! Tells the server when a shared page was looked at for long enough. Only time on a page that can be
//! seen counts, and a page in the background waits.

import { useEffect } from "react";
import { beginView, finishView } from "../../api/link-writes";

/** Calls back once the page could be seen for `seconds` in all; returns how to stop waiting. */
export function whenSeenFor(seconds: number, onSeen: () => void): () => void {
  let left = seconds * 1_000;
  let since: number | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => {
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", turn);
  };
  const turn = () => {
    if (document.visibilityState === "visible" && since === null) {
      since = performance.now();
      timer = setTimeout(() => {
        stop();
        onSeen();
      }, left);
    } else if (document.visibilityState !== "visible" && since !== null) {
      clearTimeout(timer);
      left -= performance.now() - since;
      since = null;
    }
  };
  document.addEventListener("visibilitychange", turn);
  turn();
  return stop;
}

/** What a page is told about its look; a look that could not be noted bothers no reader. */
export function useOpening(token: string, isShown: boolean) {
  useEffect(() => {
    if (!isShown) return;
    let stop: () => void = () => undefined;
    let isGone = false;
    const note = async () => {
      const begun = await beginView(token);
      const view = begun.id;
      if (view === null || isGone) return;
      stop = whenSeenFor(begun.counts_after_seconds, () => {
        finishView(token, view).catch(() => undefined);
      });
    };
    note().catch(() => undefined);
    return () => {
      isGone = true;
      stop();
    };
  }, [token, isShown]);
}

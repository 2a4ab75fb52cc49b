//! What a page shows although it could not be read again just now. It stays, so that nothing typed on the
//! page goes with it, and the page says so until it is read again or left.

type Listener = () => void;
const listeners = new Set<Listener>();
/** By what was asked, why it could not be read again. */
const failed = new Map<string, unknown>();
let latest: unknown = null;

function tell() {
  const next = Array.from(failed.values()).at(-1) ?? null;
  if (next === latest) return;
  latest = next;
  for (const listener of listeners) listener();
}

export const notFresh = {
  /** Why something on the page could not be read again; null where all could. */
  why: () => latest,
  add(what: string, error: unknown) {
    failed.delete(what);
    failed.set(what, error);
    tell();
  },
  remove(what: string) {
    if (failed.delete(what)) tell();
  },
  subscribe(listener: Listener) {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
};

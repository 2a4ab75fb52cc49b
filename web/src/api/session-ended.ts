//! Tells the app that the session is over while a person works, so that sign-in opens over the page
//! and nothing typed is lost.

type Listener = () => void;

const listeners = new Set<Listener>();
let ended = false;

export const sessionEnded = {
  announce() {
    ended = true;
    for (const listener of listeners) listener();
  },
  resolve() {
    ended = false;
    for (const listener of listeners) listener();
  },
  isOver: () => ended,
  subscribe(listener: Listener) {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
};

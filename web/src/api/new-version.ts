//! The worker that opens the app without a connection, and word of a newer version of the app.

type Listener = () => void;
const listeners = new Set<Listener>();
let isThere = false;

/** How often a page that stays open asks whether there is a newer version. */
const ASK_MS = 60 * 60_000;

/** Whether a newer version of the app came while this one was open. */
export const newVersion = {
  isThere: () => isThere,
  subscribe(listener: Listener) {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
};

/** Starts the worker once the page is loaded, so that it delays nothing. */
export async function startWorker(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  const wasThere = navigator.serviceWorker.controller !== null;
  const registration = await navigator.serviceWorker.register("/worker.js");
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    // The first worker of a browser takes over without anything being new.
    if (!wasThere) return;
    isThere = true;
    for (const listener of listeners) listener();
  });
  window.setInterval(() => void registration.update().catch(() => undefined), ASK_MS);
}

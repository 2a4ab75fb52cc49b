//! What can be read without a connection: who is signed in, and their own requests as the server last sent them.
//! Decides what this browser keeps and when it is forgotten; refuses to keep anything else.

import type { Request as Asked, Session } from "./types";

const STORE = "goodword-own-requests";
const KEPT_AT = "X-Kept-At";
/** A lost device shows nothing older. */
const KEPT_MS_MAX = 7 * 86_400_000;

const SESSION = "/api/v1/session";
const REQUESTS = "/api/v1/requests";
const REQUEST = /^\/api\/v1\/requests\/[0-9a-f-]{36}$/;

/** Browsers keep nothing for pages that came over a plain connection from afar. */
const canKeep = () => "caches" in globalThis;

/** Rises whenever everything is forgotten, so that an answer that was under way then is not kept after it. */
let turn = 0;
let reader: string | null = null;
let isViewing = false;

/** Keeps the answer where it is the session or an own request. */
export async function keep(request: Request, response: Response): Promise<void> {
  const { pathname, searchParams } = new URL(request.url);
  const isList = pathname === REQUESTS && searchParams.get("scope") === "mine";
  const isKept = pathname === SESSION || isList || REQUEST.test(pathname);
  if (!canKeep() || request.method !== "GET" || !response.ok || !isKept) return;
  let started = turn;
  const written = await response.clone().text();
  // What was asked before signing out belongs to nobody here any more.
  if (started !== turn) return;
  if (pathname === SESSION) {
    const session = JSON.parse(written) as Session;
    isViewing = Boolean(session.viewing);
    // Nothing of somebody who is only looked at stays in the browser of who looks.
    if (isViewing) return forget();
    await know(session, request.url);
    started = turn;
  } else if (isViewing) return;
  else if (!isList && (JSON.parse(written) as Asked).requester.id !== reader) return;
  const store = await caches.open(STORE);
  if (started !== turn) return;
  const headers = { "Content-Type": "application/json", [KEPT_AT]: new Date().toISOString() };
  await store.put(request.url, new Response(written, { headers }));
}

/** Learns who reads here; another person than before finds nothing of them. */
async function know(session: Session, address: string) {
  const before = await (await (await caches.open(STORE)).match(address))?.json();
  if (before && (before as Session).user.id !== session.user.id) await forget();
  reader = session.user.id;
}

/** The answer as it was kept, where it was and is not too old. */
export async function kept(request: Request): Promise<Response | null> {
  if (!canKeep() || request.method !== "GET") return null;
  const store = await caches.open(STORE);
  const found = await store.match(request.url);
  const at = found?.headers.get(KEPT_AT);
  if (!found || !at) return null;
  if (Date.now() - new Date(at).getTime() > KEPT_MS_MAX) {
    await forget();
    return null;
  }
  connection.lose(at);
  return found;
}

/** Leaves nothing of anybody in this browser: after signing out, when a session ended, for another person. */
export async function forget(): Promise<void> {
  turn += 1;
  reader = null;
  if (canKeep()) await caches.delete(STORE);
}

type Listener = () => void;
const listeners = new Set<Listener>();
let asOf: string | null = null;

function tell(next: string | null) {
  if (next === asOf) return;
  asOf = next;
  for (const listener of listeners) listener();
}

/** Whether what is shown was kept, since the server could not be reached. */
export const connection = {
  /** The instant of the oldest answer that is shown; absent while the server answers. */
  asOf: () => asOf,
  lose: (at: string) => tell(asOf && asOf < at ? asOf : at),
  find: () => tell(null),
  subscribe(listener: Listener) {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
};

//! One idempotency key for one series of attempts at the same thing.

import { useRef } from "react";

/** A key for a create. `crypto.randomUUID` needs a secure context; a plain http host has none. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * The key to send with `body`: the same while the same body is tried again, so a retry after a lost
 * answer does the work once; a new one when the body changed, since the server refuses a reused key.
 */
export function useAttemptKey(): (body: unknown) => string {
  const last = useRef<{ body: string; key: string } | null>(null);
  return (body) => {
    const written = JSON.stringify(body);
    if (last.current?.body !== written) last.current = { body: written, key: newKey() };
    return last.current.key;
  };
}

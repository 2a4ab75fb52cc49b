import "../../text/administration";
//! The kinds of file by the names people read.

import { text } from "../../text/text";

export const KINDS = [
  "accounts",
  "contacts",
  "users",
  "opportunities",
  "advocates",
  "content",
  "uses",
  "terms",
] as const;

export type Kind = (typeof KINDS)[number];

/** A kind of a newer server is shown as it is called there. */
export function kindLabel(kind: string): string {
  const known = KINDS.find((one) => one === kind);
  return known ? text(`imports.kind.${known}`) : kind;
}

const UNDO_KINDS = [
  "account",
  "contact",
  "user",
  "opportunity",
  "advocate",
  "content",
  "use",
  "term",
  "facet",
  "consent",
  "lock",
] as const;

/** What an undo counts, by the names people read. */
export function undoKindLabel(kind: string): string {
  const known = UNDO_KINDS.find((one) => one === kind);
  return known ? text(`imports.undo.kind.${known}`) : kind;
}

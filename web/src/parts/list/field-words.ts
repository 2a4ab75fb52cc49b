//! What the fields of lists, their words and the questions about them are called.

import type { ListField, ListKind } from "../../api/types";
import { text } from "../../text/text";

/** A facet brings its name along; the fields of records have theirs in the catalogue. */
export function fieldLabel(list: ListKind, field: ListField): string {
  // The key is checked by a test against every field that the server names.
  return field.name ?? text(`list_field.${list}.${field.key}` as "list_field.accounts.name");
}

export function questionLabel(is: string, field: ListField | undefined): string {
  const key = field?.kind === "day" && is === "from" ? "from" : is;
  return text(`filter.is.${key}` as "filter.is.contains");
}

/** Where the words of a field stand in the catalogue. */
const WORDS: Record<string, string> = {
  "advocates.status": "advocate_status",
  "advocates.activities": "activity",
  "opportunities.status": "opportunity_status",
  "opportunities.kind": "opportunity_kind",
  "opportunities.stage": "deal_stage",
  "content.kind": "content_kind",
  "content.status": "content_state",
  "content.audience": "audience",
  "content.stage": "deal_stage",
  "users.roles": "role",
  "users.access": "users.state",
};

export function wordLabel(list: ListKind, field: string, word: string): string {
  const table = WORDS[`${list}.${field}`];
  return table ? text(`${table}.${word}` as "deal_stage.early") : word;
}

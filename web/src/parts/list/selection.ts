//! Which rows of a list are chosen: some by id, or all that the list holds, read or not.

import type { ListKind, Permission, Session } from "../../api/types";

export type Selection = "all" | readonly string[];

export const NOTHING: Selection = [];

/** What it takes to change a record of a list. */
const EDITS: Record<ListKind, Permission> = {
  accounts: "account_edit",
  contacts: "contact_edit",
  advocates: "advocate_edit",
  opportunities: "opportunity_edit",
  content: "content_edit",
  users: "user_edit",
};

/** Whether the person may change records of the list together. */
export const canChangeTogether = (session: Session, list: ListKind) =>
  session.permissions.includes("bulk_edit") && session.permissions.includes(EDITS[list]);

export const isChosen = (selection: Selection, id: string) => selection === "all" || selection.includes(id);

export const chosenCount = (selection: Selection, total: number) =>
  selection === "all" ? total : selection.length;

/** Chooses a row or lets it go. Out of all, the rows that were read stay chosen. */
export function toggled(selection: Selection, id: string, read: readonly string[]): Selection {
  const chosen = selection === "all" ? read : selection;
  return chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id];
}

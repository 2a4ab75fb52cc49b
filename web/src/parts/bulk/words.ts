//! What a change of many records did, in a line; and what can be changed in which list.

import type { BulkChange, BulkField, ListKind } from "../../api/types";
import { formatDay, formatNumber } from "../../format/format";
import { text } from "../../text/text";

export type FieldName = BulkField["field"];

const LISTS: readonly ListKind[] = ["accounts", "contacts", "advocates", "opportunities", "content", "users"];

const TERMS: readonly FieldName[] = ["add_terms", "remove_terms"];

/** What can be changed together in a list; the server refuses anything else. */
export const FIELDS: Record<ListKind, readonly FieldName[]> = {
  accounts: ["owner", ...TERMS],
  contacts: TERMS,
  advocates: ["advocate_status", "add_activities", "remove_activities", ...TERMS],
  opportunities: ["owner", "deal_status", "deal_stage", ...TERMS],
  content: ["content_status", ...TERMS, "deal_stage", "last_day"],
  users: ["team", "manager"],
};

/** "12 accounts". */
export function recordsOf(change: BulkChange): string {
  const list = LISTS.find((one) => one === change.list);
  return list
    ? text(`bulk.records.${list}`, { count: change.state === "running" ? change.total : change.changed })
    : text("bulk.chosen", { number: formatNumber(change.changed) });
}

/** "12 accounts: owner Ann Lee". */
export function whatOf(row: BulkChange): string {
  const { change } = row;
  const records = recordsOf(row);
  const terms = row.term_names.join(", ");
  switch (change.field) {
    case "owner":
      return row.owner_name
        ? text("bulk.did.owner", { records, owner: row.owner_name })
        : text("bulk.did.nobody", { records });
    case "manager":
      return row.owner_name
        ? text("bulk.did.manager", { records, manager: row.owner_name })
        : text("bulk.did.no_manager", { records });
    case "team":
      return change.team
        ? text("bulk.did.team", { records, team: change.team })
        : text("bulk.did.no_team", { records });
    case "add_terms":
    case "remove_terms":
      return text(`bulk.did.${change.field}`, { records, terms });
    case "add_activities":
    case "remove_activities": {
      const activities = change.activities.map((one) => text(`activity.${one}`)).join(", ");
      return text(`bulk.did.${change.field}`, { records, activities });
    }
    case "deal_stage":
      if (change.stage)
        return text("bulk.did.deal_stage", { records, stage: text(`deal_stage.${change.stage}`) });
      return text(row.list === "content" ? "bulk.did.every_stage" : "bulk.did.no_stage", { records });
    case "deal_status":
      return text("bulk.did.status", { records, status: text(`opportunity_status.${change.status}`) });
    case "content_status":
      return text("bulk.did.status", { records, status: text(`content_state.${change.to}`) });
    case "advocate_status":
      return text("bulk.did.status", { records, status: text(`advocate_status.${change.to}`) });
    case "last_day":
      return change.expires_on
        ? text("bulk.did.last_day", { records, day: formatDay(change.expires_on) })
        : text("bulk.did.no_end", { records });
  }
}

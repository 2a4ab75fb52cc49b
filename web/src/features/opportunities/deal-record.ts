//! A deal as the fields that people change in place, and back again.

import { useQueryClient } from "@tanstack/react-query";
import { opportunityQuery } from "../../api/queries";
import type { EditOpportunity, Money, Opportunity } from "../../api/types";
import { formatDay, formatMoney } from "../../format/format";
import type { Named } from "../../parts/inline/NamedSelect";
import { text } from "../../text/text";

export interface DealFields {
  name: string;
  account: Named | null;
  account_raw: string | null;
  owner: Named | null;
  owner_raw: string | null;
  status: Opportunity["status"];
  kind: Opportunity["kind"];
  stage: Opportunity["stage"];
  stage_raw: string | null;
  amount: Money | null;
  close_on: string;
  reference_stage_on: string;
  not_needed_reason: string;
  budget_confirmed: "yes" | "no";
}

export const fieldsOf = (deal: Opportunity): DealFields => ({
  name: deal.name,
  account: deal.account,
  account_raw: deal.account_raw,
  owner: deal.owner,
  owner_raw: deal.owner_raw,
  status: deal.status,
  kind: deal.kind,
  stage: deal.stage,
  stage_raw: deal.stage_raw,
  amount: deal.amount,
  close_on: deal.close_on ?? "",
  reference_stage_on: deal.reference_stage_on ?? "",
  not_needed_reason: deal.not_needed_reason ?? "",
  budget_confirmed: deal.is_budget_confirmed ? "yes" : "no",
});

/** What is sent: linked records by their ids, and null for an emptied day. */
export function changeOf(changed: Partial<DealFields>): EditOpportunity {
  const { account, owner, close_on, reference_stage_on, budget_confirmed, ...same } = changed;
  return {
    ...same,
    ...(account === undefined ? {} : { account_id: account?.id ?? null }),
    ...(owner === undefined ? {} : { owner_id: owner?.id ?? null }),
    ...(close_on === undefined ? {} : { close_on: close_on || null }),
    ...(budget_confirmed === undefined ? {} : { is_budget_confirmed: budget_confirmed === "yes" }),
    ...(reference_stage_on === undefined ? {} : { reference_stage_on: reference_stage_on || null }),
  };
}

/** How a field of the deal reads. */
export function wordsOf(fields: DealFields, field: keyof DealFields): string {
  switch (field) {
    case "account":
    case "owner":
      return fields[field]?.name ?? "";
    case "status":
      return text(`opportunity_status.${fields.status}`);
    case "kind":
      return text(`opportunity_kind.${fields.kind}`);
    case "stage":
      return fields.stage ? text(`deal_stage.${fields.stage}`) : "";
    case "amount":
      return fields.amount ? formatMoney(fields.amount) : "";
    case "budget_confirmed":
      return text(`opportunities.budget.${fields.budget_confirmed}`);
    case "close_on":
    case "reference_stage_on":
      return fields[field] ? formatDay(fields[field]) : "";
    default:
      return fields[field] ?? "";
  }
}

/** How a deal is read again and kept, whatever of it was changed. */
export function useDealEdits(deal: Opportunity) {
  const cache = useQueryClient();
  return {
    read: () => cache.fetchQuery({ ...opportunityQuery(deal.id), staleTime: 0 }),
    keep: (saved: Opportunity) => {
      cache.setQueryData(opportunityQuery(deal.id).queryKey, saved);
      for (const key of ["opportunities", "timeline", "matches"])
        void cache.invalidateQueries({ queryKey: [key] });
    },
    nameOf: (saved: Opportunity) => saved.name,
  };
}

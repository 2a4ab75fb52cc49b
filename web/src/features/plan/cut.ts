//! How the plan's address is read: which facets cross, how far ahead. Refuses to know what is planned.

import type { PlanCut } from "../../api/plan-queries";
import type { RecruitingTarget } from "../../api/types";
import { formatDay, formatMoneyShort, formatShare } from "../../format/format";
import { text } from "../../text/text";

export const DEFAULT_DAYS = "90";
/** Look-aheads that are offered, in days. */
export const DAYS = ["30", "60", "90", "120", "180", "365"] as const;
/** Windows that the plan is told in, in days. */
export const WINDOW_DAYS = 30;
export const WEEK_DAYS = 7;
/** Stands in the key of a combination for any term of a facet. */
const ANY_TERM = "*";
/** The second facet when there is none: the plan is cut by the rows alone. */
export const NO_COLUMNS = "none";

export interface CutSearch {
  by?: string | undefined;
  across?: string | undefined;
  days?: string | undefined;
  as_of?: string | undefined;
  terms?: "exact" | undefined;
}

export interface Cut {
  by: string;
  across: string;
  days: number;
}

export function readCut(search: CutSearch): Cut {
  const by = search.by ?? "industry";
  const across = search.across ?? "product";
  return {
    by,
    across: across === by ? NO_COLUMNS : across,
    days: Number(search.days ?? DEFAULT_DAYS),
  };
}

/** The cut as the API is asked: windows of `step` days each until the last day. */
export function asked(search: CutSearch, step = WINDOW_DAYS): PlanCut {
  const { by, across, days } = readCut(search);
  const ends = Array.from({ length: Math.ceil(days / step) }, (_, place) =>
    Math.min(days, (place + 1) * step),
  );
  return {
    facets: across === NO_COLUMNS ? by : `${by},${across}`,
    window_ends: ends.join(","),
    as_of: search.as_of,
    broad: search.terms !== "exact",
  };
}

/** A combination that many deals share, as the cut and the segment that hold it. */
export function asSegment(search: CutSearch, key: string): CutSearch & { segment: string } {
  const { by, across } = readCut(search);
  const facets = across === NO_COLUMNS ? [by] : [by, across];
  const named = key.split("/").flatMap((term, place) => {
    const facet = facets[place];
    return term === ANY_TERM || facet === undefined ? [] : [{ facet, term }];
  });
  return {
    ...search,
    by: named[0]?.facet ?? by,
    across: named[1]?.facet ?? NO_COLUMNS,
    segment: named.map((one) => one.term).join("/"),
  };
}

/** The key of all segments together. */
export const ALL_SEGMENTS = "~all";

/** The segment in words. */
export function segmentName(segment: { key?: string; labels: string[]; is_unknown?: boolean }): string {
  if (segment.key === ALL_SEGMENTS) return text("plan.all_segments");
  return segment.is_unknown ? text("plan.unknown") : segment.labels.join(" × ");
}

/** A decimal text in the plan's currency, shortened. */
export const short = (amount: string, currency: string) => formatMoneyShort({ amount, currency });

/** What a deal is worth, marked where the plan estimated it. */
export function dealMoney(deal: { money: string | null; is_money_estimated: boolean }, currency: string) {
  if (deal.money === null) return text("plan.unpriced");
  const money = short(deal.money, currency);
  return deal.is_money_estimated ? text("plan.estimated", { value: money }) : money;
}

/** When a deal needs its reference, marked where the plan estimated it. */
export function dealDay(deal: { need_on: string | null; is_day_estimated: boolean }, today: string) {
  if (deal.need_on === null) return text("plan.undated");
  const day = formatDay(deal.need_on, today);
  return deal.is_day_estimated ? text("plan.estimated", { value: day }) : day;
}

/** How likely a deal asks; one that has asked, or was looked for in vain, says so. */
export function dealChance(deal: { chance: number; is_observed: boolean }) {
  return deal.is_observed ? text("plan.demand.has_asked") : formatShare(deal.chance);
}

/** When recruiting has to start; a day that has passed says so until everybody is there. */
export function startBy(one: RecruitingTarget, today: string): string {
  if (one.start_by === null) return text("state.none");
  const day = formatDay(one.start_by, today);
  const isLate = one.start_by < today && one.progress.nominated === 0 && one.closed_at === null;
  return isLate ? text("plan.worth.past", { day }) : day;
}

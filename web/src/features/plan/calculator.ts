//! The calculator's form: rates in percent as people type them, shares as the API takes them. Refuses to
//! calculate: the server does.

import type { CalculatorPlan } from "../../api/types";

/** A number as it stands in a field; empty while somebody types. */
export type Typed = number | string;

export interface SegmentFields {
  name: string;
  sellers: Typed;
  quota: Typed;
  deal_size: Typed;
  /** Percent. */
  need_rate: Typed;
  references: Typed;
  /** Percent; empty counts won deals only. */
  win_rate: Typed;
  /** Twelve weights, January first; absent where every month is alike. */
  seasonality: Typed[] | null;
}

export const MONTHS = 12;

/** The example that everybody can check by hand. */
export const EXAMPLE: SegmentFields = {
  name: "Team",
  sellers: 500,
  quota: 1_500_000,
  deal_size: 180_000,
  need_rate: 70,
  references: 2,
  win_rate: "",
  seasonality: null,
};

/** An empty field is sent as a number that the server refuses with words, never as a guess. */
const numberOf = (typed: Typed): number => (typed === "" ? -1 : Number(typed));
/** Percent points as a share, without the last digits that a division by 100 adds. */
const shareOf = (typed: Typed): number => Number((numberOf(typed) / 100).toFixed(6));

export function planOf(segments: SegmentFields[]): CalculatorPlan {
  return {
    segments: segments.map((segment) => ({
      name: segment.name.trim(),
      sellers: numberOf(segment.sellers),
      quota: numberOf(segment.quota),
      deal_size: numberOf(segment.deal_size),
      need_rate: shareOf(segment.need_rate),
      references: numberOf(segment.references),
      ...(segment.win_rate === "" ? {} : { win_rate: shareOf(segment.win_rate) }),
      ...(segment.seasonality ? { seasonality: segment.seasonality.map(numberOf) } : {}),
    })),
  };
}

const percentOf = (share: number): number => Number((share * 100).toFixed(4));

export function fieldsOf(plan: CalculatorPlan): SegmentFields[] {
  return plan.segments.map((segment) => ({
    name: segment.name ?? "",
    sellers: segment.sellers,
    quota: segment.quota,
    deal_size: segment.deal_size,
    need_rate: percentOf(segment.need_rate),
    references: segment.references,
    win_rate: typeof segment.win_rate === "number" ? percentOf(segment.win_rate) : "",
    seasonality: segment.seasonality ?? null,
  }));
}

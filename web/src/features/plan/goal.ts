//! A growth goal as its form has it, and as the API takes it.

import type { GoalReading, GrowthGoal } from "../../api/types";

export type GoalBy = GrowthGoal["change"]["by"];

export interface GoalFields {
  first: string;
  last: string;
  by: GoalBy;
  /** Percent, or an amount of the program's currency. */
  value: number | string;
  terms: string[];
}

export const NO_GOAL: GoalFields = { first: "", last: "", by: "share", value: "", terms: [] };

/** What a sentence said; a goal that it changes keeps what it does not say. */
export function fieldsRead(reading: GoalReading, before: GoalFields): GoalFields {
  const { change } = reading;
  return {
    first: reading.first ?? before.first,
    last: reading.last ?? before.last,
    by: change?.by ?? before.by,
    value: change ? numberOf(change) : before.value,
    terms: reading.words.flatMap((words) => words.terms.map((term) => term.id)),
  };
}

function numberOf(change: GrowthGoal["change"]): number {
  return change.by === "share" ? Number((change.share * 100).toFixed(4)) : Number(change.amount);
}

/** A kept goal as its form has it. */
export function fieldsOf({ first, last, change, terms }: GrowthGoal): GoalFields {
  return { first, last, by: change.by, value: numberOf(change), terms: terms ?? [] };
}

/** The goal, where days and change are said. */
export function goalOf({ first, last, by, value, terms }: GoalFields): GrowthGoal | null {
  if (first === "" || last === "" || typeof value !== "number") return null;
  const change: GrowthGoal["change"] =
    by === "share" ? { by, share: value / 100 } : { by, amount: String(value) };
  return { first, last, change, terms };
}

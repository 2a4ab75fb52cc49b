import "../../text/administration";
//! Which rules there are and how one is found by what a person types.

import type { RuleChange } from "../../api/types";
import { text } from "../../text/text";

export const RULES = {
  program: [
    "name",
    "company",
    "currency",
    "shows_names",
    "allows_self_approval",
    "program_answer_days",
    "owner_answer_days",
    "advocate_answer_days",
    "hold_days",
  ],
  protection: [
    "uses_per_advocate",
    "uses_window_days",
    "rest_days",
    "heavy_rest_days",
    "heavy_effort_points",
  ],
  lock_rules: ["nps_min", "health_min", "renewal_days", "on_escalation", "on_dispute"],
  fulfilment: ["rows"],
  activities: ["activities"],
} as const;

export type Group = keyof typeof RULES;
/** In the order of the page. */
export const GROUPS = [
  "program",
  "protection",
  "lock_rules",
  "fulfilment",
  "activities",
] as const satisfies Group[];
export type ProgramRule = (typeof RULES.program)[number];
export type ProtectionRule = (typeof RULES.protection)[number];
export type LockRule = (typeof RULES.lock_rules)[number];

/** The rules of a group that fit what is asked. */
export function rulesFor<Name extends Group>(group: Name, asked: string): (typeof RULES)[Name][number][] {
  const rules: readonly (typeof RULES)[Name][number][] = RULES[group];
  return rules.filter((rule) => isFound(group, rule, asked));
}

/** Whether every word of `asked` stands in the rule's label, explanation or the name of its group. */
export function isFound(group: Group, rule: string, asked: string): boolean {
  const key = rule as ProgramRule | ProtectionRule | LockRule | "rows" | "activities";
  const words = [text(`settings.group.${group}`), text(`settings.rule.${key}`), text(`settings.hint.${key}`)]
    .join(" ")
    .toLowerCase();
  return asked
    .toLowerCase()
    .split(/\s+/)
    .every((word) => words.includes(word));
}

/** The last change of a rule, where anybody ever changed it. */
export function lastChangeOf(changes: readonly RuleChange[], rule: string): RuleChange | undefined {
  return changes.find((one) => one.rule === rule);
}

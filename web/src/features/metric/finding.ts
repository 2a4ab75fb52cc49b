//! What a chart of the metric shows, as one sentence, and in which order. Refuses to find anything in
//! too few deals or in a part of a period.

import type { Leveraging } from "../../api/types";
import { formatShare, periodBounds } from "../../format/format";
import { text } from "../../text/text";

/** A change smaller than this reads as no change. */
const STEP_MIN = 0.02;

export function isTime(by: string): boolean {
  return by === "month" || by === "quarter";
}

/** What the numbers were asked for: the end that somebody chose, if any, and the day it is. */
export interface Asked {
  by: string;
  /** The day after the last one, where one was chosen. */
  to?: string | undefined;
  today: string;
}

type Group = Leveraging["groups"][number];

/** Whether only a part of a month or quarter was counted: it began before the period, or is not over yet. */
export function isPart(group: Group, metric: Leveraging, { by, to, today }: Asked): boolean {
  const bounds = isTime(by) ? periodBounds(group.key) : null;
  if (!bounds) return false;
  return bounds.from < metric.from || bounds.to > today || (to !== undefined && bounds.to > to);
}

/** The groups as bars, the highest share first; what rests on too few deals comes after what does not. */
export function ranked(groups: Group[]): Group[] {
  const isFew = (group: Group) => Number(group.small_sample || group.rate === null);
  const byShare = (a: Group, b: Group) => (b.rate ?? -1) - (a.rate ?? -1) || b.closed - a.closed;
  return [...groups].sort((a, b) => isFew(a) - isFew(b) || byShare(a, b));
}

export function findingOf(metric: Leveraging, asked: Asked): string {
  const solid = metric.groups.filter((group) => group.rate !== null && !group.small_sample);
  if (!isTime(asked.by)) return best(solid, asked.by);
  return overTime(solid.filter((group) => !isPart(group, metric, asked)));
}

function overTime(solid: Group[]): string {
  const first = solid[0];
  const last = solid.at(-1);
  if (!first || !last || first === last || first.rate === null || last.rate === null)
    return text("metric.finding_few");
  const words = {
    from: formatShare(first.rate),
    to: formatShare(last.rate),
    first: first.label,
    last: last.label,
  };
  const step = last.rate - first.rate;
  if (step >= STEP_MIN) return text("metric.finding_up", words);
  if (step <= -STEP_MIN) return text("metric.finding_down", words);
  return text("metric.finding_flat", words);
}

function best(solid: Group[], by: string): string {
  const top = solid.reduce<Group | null>(
    (most, group) => (most === null || (group.rate ?? 0) > (most.rate ?? 0) ? group : most),
    null,
  );
  if (!top || top.rate === null || solid.length < 2) return text("metric.finding_few");
  return text(by === "activity" ? "metric.finding_activity" : "metric.finding_top", {
    label: top.label,
    share: formatShare(top.rate),
  });
}

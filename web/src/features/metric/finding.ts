//! What a chart of the metric shows, as one sentence. Refuses to find anything in too few deals.

import type { Leveraging } from "../../api/types";
import { formatShare } from "../../format/format";
import { text } from "../../text/text";

/** A change smaller than this reads as no change. */
const STEP_MIN = 0.02;

export function isTime(by: string): boolean {
  return by === "month" || by === "quarter";
}

export function findingOf(metric: Leveraging, by: string): string {
  const solid = metric.groups.filter((group) => group.rate !== null && !group.small_sample);
  return isTime(by) ? overTime(solid) : best(solid, by);
}

type Group = Leveraging["groups"][number];

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

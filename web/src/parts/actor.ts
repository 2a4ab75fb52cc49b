//! Who did what the log tells, in the words of every screen.

import type { TimelineEntry } from "../api/types";
import { text } from "../text/text";

/** A colleague by name; who does not sign in, by what they are. */
export function whoActed({
  actor_name,
  actor_kind,
}: Pick<TimelineEntry, "actor_name" | "actor_kind">): string {
  return actor_name ?? text(`actor_kind.${actor_kind}`);
}

//! What the switches over the library ask, as conditions: an export asks the same as the screen.

import type { ContentKind, ContentState, DealStage } from "../../api/types";
import { ask, type Part } from "../../parts/list/filter";

interface Switches {
  kind?: ContentKind;
  stage?: DealStage;
  state?: ContentState;
}

export function quick({ kind, stage, state }: Switches, today: string): Part[] {
  const asked: Part[] = [];
  if (kind) asked.push(ask.anyOf("kind", kind));
  if (stage) asked.push(ask.anyOf("stage", stage));
  if (state) asked.push(...ofState(state, today));
  return asked;
}

const DAY_MS = 86_400_000;

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** A state is the status, the embargo and the expiry put together, as of a day. */
function ofState(state: ContentState, today: string): Part[] {
  const status = (word: string) => ask.anyOf("status", word);
  const lasts: Part = { mode: "any", parts: [ask.empty("expires_on"), ask.from("expires_on", today)] };
  switch (state) {
    case "draft":
    case "retired":
      return [status(state)];
    case "expired":
      return [status("approved"), ask.until("expires_on", dayAfter(today, -1))];
    case "embargoed":
      return [status("approved"), lasts, ask.from("embargo_until", dayAfter(today, 1))];
    case "approved":
      return [
        status("approved"),
        lasts,
        { mode: "any", parts: [ask.empty("embargo_until"), ask.until("embargo_until", today)] },
      ];
  }
}

//! What a row of the steward queue says, from the facts that the server gives.

import type { StewardRow } from "../../api/types";
import { daysUntil, formatDay, formatDistance, formatNumber } from "../../format/format";
import { text } from "../../text/text";

/** Why the record waits, as sentences. */
export function why(row: StewardRow, today: string): string {
  const { reason, on } = row;
  const when = on ? { when: formatDistance(on, today), day: formatDay(on, today) } : null;
  // Of what ends, the day itself still counts; whoever leaves is gone on it.
  const ends = reason === "departed" ? 1 : 0;
  const isPast = on !== null && daysUntil(on, today) < ends;
  switch (reason) {
    case "departed":
      return when ? text(isPast ? "steward.why.departed" : "steward.why.departing", when) : "";
    case "address_refused":
      return when ? text("steward.why.address_refused", when) : "";
    case "consent_ending":
      return when ? text(isPast ? "steward.why.consent_ended" : "steward.why.consent_ending", when) : "";
    case "content_ending":
      return when ? text(isPast ? "steward.why.content_ended" : "steward.why.content_ending", when) : "";
    case "over_limit":
      return row.over.map(past).join(" ");
    case "owner_gone":
      return text("steward.why.owner_gone");
    case "stale":
      return when ? text("steward.why.stale", when) : text("steward.why.stale_never");
    case "never_asked":
      return when ? text("steward.why.never_asked", when) : text("steward.why.never_asked_never");
  }
}

function past({ uses, days, limit, is_own }: StewardRow["over"][number]): string {
  return text(is_own ? "steward.why.over_own" : "steward.why.over_program", {
    uses: formatNumber(uses),
    days: formatNumber(days),
    limit: formatNumber(limit),
  });
}

/** Who put it off and until when; nothing while it waits. */
export function putOffWords({ put_off }: StewardRow, today: string): string | null {
  if (!put_off) return null;
  const day = formatDay(put_off.until, today);
  const name = put_off.by?.name;
  if (put_off.owner_asked)
    return name ? text("steward.asked_until", { name, day }) : text("steward.asked_until_nobody", { day });
  return name ? text("steward.back_on", { name, day }) : text("steward.back_on_nobody", { day });
}

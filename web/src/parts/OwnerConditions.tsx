import type { Candidate } from "../api/types";
import { formatDay } from "../format/format";
import { text } from "../text/text";
import { useSession } from "./session";

type Conditions = NonNullable<Candidate["conditions"]>;

/** What the owner's yes depends on, wherever the ask is shown; whoever plans the use keeps to it. */
export function OwnerConditions({ of }: { of: Candidate }) {
  const { today } = useSession();
  if (!of.conditions) return null;
  return <p>{`${text("requests.conditions")}: ${conditionWords(of.conditions, today)}`}</p>;
}

/** "not before Dec 1; by e-mail only" */
export function conditionWords({ not_before: from, words }: Conditions, today: string): string {
  const parts = [from && text("requests.conditions_from", { day: formatDay(from, today) }), words];
  return parts.filter(Boolean).join("; ");
}

import type { Demand } from "../../api/types";
import { formatNumber } from "../../format/format";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";

/** What kept growth goals ask for beside the deals until the last window ends; nothing where that is nothing. */
export function GoalsBeside({ demand }: { demand: Demand }) {
  const wanted = demand.goals_within.at(-1) ?? 0;
  if (wanted === 0) return null;
  return (
    <p className="meta">
      {text("plan.goals.beside", { count: wanted, wanted: formatNumber(wanted) })}{" "}
      <AppLink href={paths.goals()}>{text("plan.goals.open")}</AppLink>
    </p>
  );
}

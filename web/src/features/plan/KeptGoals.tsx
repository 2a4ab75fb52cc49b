import type { GrowthGoal, KeptGoal } from "../../api/types";
import { changeGoal, removeGoal, saveGoal } from "../../api/writes";
import { formatDay, formatList, formatShare } from "../../format/format";
import { useSession } from "../../parts/session";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { short } from "./cut";
import { type KeptSort, KeptTable, SaveKept } from "./Kept";

const GOALS: KeptSort<KeptGoal, GrowthGoal> = {
  words: "goals",
  nameMax: 500,
  // A goal is demand: everything that is planned changes with it.
  queryKey: ["plan"],
  param: "goal",
  hrefOf: ({ id }) => paths.goals({ goal: id }),
  whatOf: ({ goal }) => goal,
  save: (name, goal, key) => saveGoal({ name, goal }, key),
  change: ({ id, version }, name, goal) => changeGoal(id, version, { name, goal }),
  remove: ({ id, version }) => removeGoal(id, version),
};

interface SaveProps {
  goal: GrowthGoal;
  /** The sentence that it was read from. */
  sentence: string;
  /** The goal that is opened, to be saved again. */
  kept: KeptGoal | undefined;
}

/** Keeps the goal under a name; from then on it is demand. */
export const SaveGoal = ({ goal, sentence, kept }: SaveProps) => (
  <SaveKept sort={GOALS} what={goal} kept={kept} name={sentence} />
);

/** Goals that were kept. */
export function KeptGoals({ goals, opened }: { goals: KeptGoal[]; opened: string | undefined }) {
  const session = useSession();
  return (
    <KeptTable
      sort={GOALS}
      rows={goals}
      opened={opened}
      why={text("plan.goals.kept_why")}
      columns={[
        {
          key: "days",
          label: text("plan.goals.days"),
          wide: true,
          cell: ({ goal }) =>
            text("plan.goals.days_of", {
              first: formatDay(goal.first, session.today),
              last: formatDay(goal.last, session.today),
            }),
        },
        {
          key: "change",
          label: text("plan.goals.change"),
          align: "right",
          cell: ({ goal }) => changeOf(goal, session.currency),
        },
        {
          key: "terms",
          label: text("plan.goals.terms"),
          wide: true,
          cell: (one) =>
            one.goal.terms?.length
              ? formatList(one.terms.map((term) => term.name))
              : text("plan.goals.all_deals"),
        },
      ]}
    />
  );
}

function changeOf({ change }: GrowthGoal, currency: string): string {
  if (change.by === "share") return text("plan.goals.by_share", { share: formatShare(change.share) });
  const money = short(change.amount, currency);
  return text(change.by === "more" ? "plan.goals.by_more" : "plan.goals.by_total", { money });
}

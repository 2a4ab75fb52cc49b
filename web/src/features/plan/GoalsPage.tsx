import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { goalOutlookQuery, goalsQuery } from "../../api/plan-queries";
import { fieldMessages } from "../../api/problem";
import type { GrowthGoal, KeptGoal } from "../../api/types";
import { canEditPlan, useSession } from "../../parts/session";
import { text } from "../../text/text";
import { Empty, Failed, Loading } from "../../ui/states";
import { GoalForm } from "./GoalForm";
import { GoalOutlookView } from "./GoalOutlook";
import { GoalSentence } from "./GoalSentence";
import { fieldsOf, fieldsRead, type GoalFields, goalOf, NO_GOAL } from "./goal";
import { KeptGoals, SaveGoal } from "./KeptGoals";
import { PlanFrame } from "./PlanFrame";
import { Portfolio } from "./Portfolio";
import classes from "./plan.module.css";

const PAUSE_MS = 300;

/** What a growth goal asks of the pipeline and of the references. */
export function GoalsPage() {
  const search = useSearch({ from: "/signed-in/plan/goals" });
  const query = useQuery(goalsQuery());
  return (
    <PlanFrame title={text("plan.goals.title")} lead={text("plan.goals.lead")}>
      {query.isPending ? (
        <Loading rows={8} height={40} />
      ) : query.isError ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <>
          <Workspace key={search.goal ?? "new"} kept={query.data.find((one) => one.id === search.goal)} />
          <KeptGoals goals={query.data} opened={search.goal} />
          {query.data.length > 0 ? <Portfolio /> : null}
        </>
      )}
    </PlanFrame>
  );
}

function Workspace({ kept }: { kept: KeptGoal | undefined }) {
  const session = useSession();
  const [fields, setFields] = useState<GoalFields>(kept ? fieldsOf(kept.goal) : NO_GOAL);
  const [sentence, setSentence] = useState("");
  const [settled] = useDebouncedValue(fields, PAUSE_MS);
  const goal = goalOf(settled);
  const query = useOutlook(goal);
  return (
    <div className={classes.calculator}>
      <div className={classes.inputs}>
        <GoalSentence
          onRead={(reading, read) => {
            setFields(fieldsRead(reading, fields));
            setSentence(read);
          }}
        />
        <GoalForm
          fields={fields}
          onChange={setFields}
          problems={query.isError ? fieldMessages(query.error) : {}}
        />
        {goal && query.isSuccess && canEditPlan(session) ? (
          <SaveGoal key={sentence} goal={goal} sentence={sentence} kept={kept} />
        ) : null}
      </div>
      <div className={classes.answer} aria-live="polite">
        {goal ? (
          <Outlook goal={goal} />
        ) : (
          <Empty title={text("plan.goals.none")} why={text("plan.goals.none_why")} />
        )}
      </div>
    </div>
  );
}

const useOutlook = (goal: GrowthGoal | null) =>
  useQuery({
    ...goalOutlookQuery(goal ?? { first: "", last: "", change: { by: "share", share: 0 } }),
    enabled: goal !== null,
  });

function Outlook({ goal }: { goal: GrowthGoal }) {
  const query = useOutlook(goal);
  if (query.isPending) return <Loading rows={6} height={40} />;
  // A problem of a field stands at the field.
  if (query.isError && Object.keys(fieldMessages(query.error)).length > 0) return null;
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <div className={classes.answer} data-stale={query.isPlaceholderData || undefined}>
      <GoalOutlookView goal={goal} outlook={query.data} />
    </div>
  );
}

import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { type GapsAsk, scenarioQuery, whatIfQuery } from "../../api/plan-queries";
import type { AskWhatIf, PlanChanges, Scenario } from "../../api/types";
import { ActivitySelect, DEFAULT_ACTIVITY, readActivity } from "../../parts/ActivitySelect";
import { canEditPlan, useSession } from "../../parts/session";
import { text } from "../../text/text";
import { Failed, Loading } from "../../ui/states";
import { useSearchChange } from "../../ui/use-search-change";
import { ChangesForm } from "./ChangesForm";
import { CutFilters } from "./CutFilters";
import { asked, type CutSearch } from "./cut";
import { PlanFrame } from "./PlanFrame";
import classes from "./plan.module.css";
import { SaveScenario, Scenarios } from "./Scenarios";
import { WhatIfAnswer } from "./WhatIfAnswer";

const PAUSE_MS = 300;

/** The plan with advocates lost or won, other rules or other rates, side by side with today. */
export function WhatIfPage() {
  const search = useSearch({ from: "/signed-in/plan/what-if" });
  const change = useSearchChange();
  const kept = useQuery({ ...scenarioQuery(search.scenario ?? ""), enabled: search.scenario !== undefined });
  return (
    <PlanFrame title={text("plan.what_if.title")} lead={text("plan.what_if.lead")}>
      <CutFilters search={search}>
        <ActivitySelect
          label={text("plan.cut.activity")}
          value={readActivity(search.activity)}
          onChange={(next) =>
            void change({ activity: next === DEFAULT_ACTIVITY ? undefined : next }, { replace: true })
          }
        />
      </CutFilters>
      {search.scenario === undefined ? (
        <Workspace key="new" search={search} start={{}} />
      ) : kept.isPending ? (
        <Loading rows={8} height={40} />
      ) : kept.isError ? (
        <Failed error={kept.error} onRetry={() => void kept.refetch()} />
      ) : (
        <Workspace key={kept.data.id} search={search} start={kept.data.ask.changes ?? {}} kept={kept.data} />
      )}
      <Scenarios opened={search.scenario} />
    </PlanFrame>
  );
}

interface WorkspaceProps {
  search: CutSearch & { activity?: string | undefined };
  start: PlanChanges;
  /** The scenario that is opened. */
  kept?: Scenario;
}

function Workspace({ search, start, kept }: WorkspaceProps) {
  const session = useSession();
  const [changes, setChanges] = useState<PlanChanges>(start);
  const [goals, setGoals] = useState(kept?.ask.goals ?? false);
  const [settled] = useDebouncedValue(changes, PAUSE_MS);
  const cut: GapsAsk = { ...asked(search), activity: readActivity(search.activity) };
  const ask: AskWhatIf = {
    facets: cut.facets.split(","),
    window_ends: cut.window_ends.split(",").map(Number),
    broad: cut.broad ?? false,
    as_of: cut.as_of,
    activity: cut.activity,
    goals,
    // Without goals the win rate changes nothing; it comes back with them.
    changes: goals ? settled : { ...settled, win_rate: undefined },
  };
  const query = useQuery(whatIfQuery(ask));
  return (
    <div className={classes.calculator}>
      <div className={classes.inputs}>
        <ChangesForm
          cut={cut}
          changes={changes}
          answer={query.data}
          error={query.error}
          onChange={setChanges}
          goals={goals}
          onGoals={setGoals}
        />
        {canEditPlan(session) ? <SaveScenario ask={ask} kept={kept} isReady={query.isSuccess} /> : null}
      </div>
      <div className={classes.answer} data-stale={query.isPlaceholderData || undefined} aria-live="polite">
        {query.isPending ? (
          <Loading rows={8} height={40} />
        ) : query.data ? (
          <WhatIfAnswer answer={query.data} name={kept?.name} />
        ) : (
          <Failed error={query.error} onRetry={() => void query.refetch()} />
        )}
      </div>
    </div>
  );
}

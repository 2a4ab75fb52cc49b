import { useQuery } from "@tanstack/react-query";
import { scenariosQuery } from "../../api/plan-queries";
import type { AskWhatIf, Scenario } from "../../api/types";
import { changeScenario, removeScenario, saveScenario } from "../../api/writes";
import { DEFAULT_ACTIVITY } from "../../parts/ActivitySelect";
import { paths, type WhatIfSearch } from "../../paths/paths";
import { Failed, Loading } from "../../ui/states";
import { NO_COLUMNS } from "./cut";
import { type KeptSort, KeptTable, SaveKept } from "./Kept";

const SCENARIOS: KeptSort<Scenario, AskWhatIf> = {
  words: "what_if",
  nameMax: 200,
  queryKey: ["plan", "scenarios"],
  param: "scenario",
  hrefOf: (one) => paths.whatIf(searchOf(one)),
  whatOf: ({ ask }) => ask,
  save: (name, ask, key) => saveScenario({ name, ask }, key),
  change: ({ id, version }, name, ask) => changeScenario(id, version, { name, ask }),
  remove: ({ id, version }) => removeScenario(id, version),
};

interface SaveProps {
  ask: AskWhatIf;
  /** The scenario that is opened, to be saved again. */
  kept?: Scenario | undefined;
  isReady: boolean;
}

/** Keeps the scenario under a name. */
export const SaveScenario = ({ ask, kept, isReady }: SaveProps) => (
  <SaveKept sort={SCENARIOS} what={ask} kept={kept} isReady={isReady} />
);

/** The address that opens a scenario, cut as it was asked. */
function searchOf({ id, ask }: Scenario): WhatIfSearch {
  const [by, across] = ask.facets ?? [];
  const days = ask.window_ends?.at(-1);
  return {
    by,
    across: across ?? NO_COLUMNS,
    days: days === undefined ? undefined : String(days),
    terms: ask.broad ? undefined : "exact",
    as_of: ask.as_of ?? undefined,
    activity: ask.activity === DEFAULT_ACTIVITY ? undefined : (ask.activity ?? undefined),
    scenario: id,
  };
}

/** Scenarios that were kept. */
export function Scenarios({ opened }: { opened: string | undefined }) {
  const query = useQuery(scenariosQuery());
  if (query.isPending) return <Loading rows={2} height={40} />;
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  return <KeptTable sort={SCENARIOS} rows={query.data} opened={opened} />;
}

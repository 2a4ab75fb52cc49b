import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { newKey, useAttemptKey } from "../../api/attempt-key";
import { scenariosQuery } from "../../api/plan-queries";
import { fieldMessages } from "../../api/problem";
import type { AskWhatIf, SaveScenario as Save, Scenario } from "../../api/types";
import { changeScenario, removeScenario, saveScenario } from "../../api/writes";
import { formatInstant } from "../../format/format";
import { DEFAULT_ACTIVITY } from "../../parts/ActivitySelect";
import { canEditPlan, useSession } from "../../parts/session";
import { paths, type WhatIfSearch } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { DataTable } from "../../ui/DataTable";
import { notifyDone, notifyUndo } from "../../ui/notify";
import { Section } from "../../ui/Section";
import { Failed, FormProblem, Loading } from "../../ui/states";
import { useSearchChange } from "../../ui/use-search-change";
import { NO_COLUMNS } from "./cut";
import classes from "./plan.module.css";

interface SaveProps {
  ask: AskWhatIf;
  /** The scenario that is opened, to be saved again. */
  kept?: Scenario | undefined;
  isReady: boolean;
}

/** Keeps the scenario under a name; its address opens it for everybody who may. */
export function SaveScenario({ ask, kept, isReady }: SaveProps) {
  const cache = useQueryClient();
  const change = useSearchChange();
  const keyFor = useAttemptKey();
  const form = useForm({
    initialValues: { name: kept?.name ?? "" },
    validate: { name: (name) => (name.trim() === "" ? text("plan.what_if.name_missing") : null) },
  });
  const saving = useMutation({
    mutationFn: ({ input, over }: { input: Save; over?: Scenario }) =>
      over ? changeScenario(over.id, over.version, input) : saveScenario(input, keyFor(input)),
    onSuccess: async (saved, { over }) => {
      if (over)
        notifyUndo(text("plan.what_if.saved"), saved.name, async () => {
          await changeScenario(saved.id, saved.version, { name: over.name, ask: over.ask });
          await cache.invalidateQueries({ queryKey: ["plan", "scenarios"] });
        });
      else notifyDone(text("plan.what_if.saved"), saved.name);
      await cache.invalidateQueries({ queryKey: ["plan", "scenarios"] });
      await change({ scenario: saved.id });
    },
    onError: (error) => form.setErrors(fieldMessages(error)),
  });
  const save = (over?: Scenario) =>
    form.onSubmit(({ name }) => saving.mutate({ input: { name: name.trim(), ask }, over }));
  return (
    <form noValidate className={classes.save} onSubmit={save(kept)}>
      <TextInput label={text("plan.what_if.name")} maxLength={200} {...form.getInputProps("name")} />
      <FormProblem error={saving.error} />
      <div className={classes.actions}>
        <Button type="submit" loading={saving.isPending} disabled={!isReady}>
          {text(kept ? "plan.what_if.save_changes" : "plan.what_if.save")}
        </Button>
        {kept ? (
          <Button variant="default" disabled={!isReady || saving.isPending} onClick={() => save()()}>
            {text("plan.what_if.save_new")}
          </Button>
        ) : null}
      </div>
    </form>
  );
}

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

/** Scenarios that were kept; each opens by its own address. */
export function Scenarios({ opened }: { opened: string | undefined }) {
  const session = useSession();
  const cache = useQueryClient();
  const change = useSearchChange();
  const query = useQuery(scenariosQuery());
  const removing = useMutation({
    mutationFn: (one: Scenario) => removeScenario(one.id, one.version),
    onSuccess: async (_, one) => {
      const key = newKey();
      notifyUndo(text("plan.what_if.removed"), one.name, async () => {
        await saveScenario({ name: one.name, ask: one.ask }, key);
        await cache.invalidateQueries({ queryKey: ["plan", "scenarios"] });
      });
      if (one.id === opened) await change({ scenario: undefined });
      await cache.invalidateQueries({ queryKey: ["plan", "scenarios"] });
    },
  });
  if (query.isPending) return <Loading rows={2} height={40} />;
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data.length === 0) return null;
  return (
    <Section plain title={text("plan.what_if.kept")}>
      <FormProblem error={removing.error} />
      <DataTable
        caption={text("plan.what_if.kept")}
        rows={query.data}
        rowKey={(one) => one.id}
        columns={[
          {
            key: "name",
            label: text("plan.what_if.name"),
            cell: (one) => (
              <AppLink href={paths.whatIf(searchOf(one))} aria-current={one.id === opened || undefined}>
                {one.name}
              </AppLink>
            ),
          },
          { key: "by", label: text("plan.calculator.by"), wide: true, cell: (one) => one.saved_by },
          {
            key: "at",
            label: text("plan.calculator.at"),
            wide: true,
            cell: (one) => formatInstant(one.saved_at),
          },
          {
            key: "remove",
            label: text("plan.what_if.remove"),
            align: "right",
            cell: (one) =>
              canEditPlan(session) ? (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  loading={removing.isPending && removing.variables.id === one.id}
                  aria-label={text("plan.what_if.remove_one", { segment: one.name })}
                  onClick={() => removing.mutate(one)}
                >
                  {text("plan.what_if.remove")}
                </Button>
              ) : null,
          },
        ]}
      />
    </Section>
  );
}

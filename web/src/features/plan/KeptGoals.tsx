import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { newKey, useAttemptKey } from "../../api/attempt-key";
import { fieldMessages } from "../../api/problem";
import type { GrowthGoal, KeptGoal, SaveGoal as Save } from "../../api/types";
import { changeGoal, removeGoal, saveGoal } from "../../api/writes";
import { formatDay, formatInstant, formatList, formatShare } from "../../format/format";
import { canEditPlan, useSession } from "../../parts/session";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { DataTable } from "../../ui/DataTable";
import { notifyDone, notifyUndo } from "../../ui/notify";
import { Section } from "../../ui/Section";
import { FormProblem } from "../../ui/states";
import { useSearchChange } from "../../ui/use-search-change";
import { short } from "./cut";
import classes from "./plan.module.css";

const NAME_MAX = 500;

interface SaveProps {
  goal: GrowthGoal;
  /** The sentence that it was read from. */
  sentence: string;
  /** The goal that is opened, to be saved again. */
  kept: KeptGoal | undefined;
}

/** Keeps the goal under a name; from then on it is demand. */
export function SaveGoal({ goal, sentence, kept }: SaveProps) {
  const cache = useQueryClient();
  const change = useSearchChange();
  const keyFor = useAttemptKey();
  const form = useForm({
    initialValues: { name: kept?.name ?? sentence },
    validate: { name: (name) => (name.trim() === "" ? text("plan.goals.name_missing") : null) },
  });
  const saving = useMutation({
    mutationFn: ({ input, over }: { input: Save; over?: KeptGoal }) =>
      over ? changeGoal(over.id, over.version, input) : saveGoal(input, keyFor(input)),
    onSuccess: async (saved, { over }) => {
      if (over)
        notifyUndo(text("plan.goals.saved"), saved.name, async () => {
          await changeGoal(saved.id, saved.version, { name: over.name, goal: over.goal });
          await cache.invalidateQueries({ queryKey: ["plan"] });
        });
      else notifyDone(text("plan.goals.saved"), saved.name);
      await cache.invalidateQueries({ queryKey: ["plan"] });
      await change({ goal: saved.id });
    },
    onError: (error) => form.setErrors(fieldMessages(error)),
  });
  const save = (over?: KeptGoal) =>
    form.onSubmit(({ name }) => saving.mutate({ input: { name: name.trim(), goal }, over }));
  return (
    <form noValidate className={classes.save} onSubmit={save(kept)}>
      <TextInput label={text("plan.goals.name")} maxLength={NAME_MAX} {...form.getInputProps("name")} />
      <FormProblem error={saving.error} />
      <div className={classes.actions}>
        <Button type="submit" loading={saving.isPending}>
          {text(kept ? "plan.goals.save_changes" : "plan.goals.save")}
        </Button>
        {kept ? (
          <Button variant="default" disabled={saving.isPending} onClick={() => save()()}>
            {text("plan.goals.save_new")}
          </Button>
        ) : null}
      </div>
    </form>
  );
}

/** Goals that were kept; each opens by its own address. */
export function KeptGoals({ goals, opened }: { goals: KeptGoal[]; opened: string | undefined }) {
  const session = useSession();
  const cache = useQueryClient();
  const change = useSearchChange();
  const removing = useMutation({
    mutationFn: (one: KeptGoal) => removeGoal(one.id, one.version),
    onSuccess: async (_, one) => {
      const key = newKey();
      notifyUndo(text("plan.goals.removed"), one.name, async () => {
        await saveGoal({ name: one.name, goal: one.goal }, key);
        await cache.invalidateQueries({ queryKey: ["plan"] });
      });
      if (one.id === opened) await change({ goal: undefined });
      await cache.invalidateQueries({ queryKey: ["plan"] });
    },
  });
  if (goals.length === 0) return null;
  return (
    <Section plain title={text("plan.goals.kept")}>
      <p className="meta measure">{text("plan.goals.kept_why")}</p>
      <FormProblem error={removing.error} />
      <DataTable
        caption={text("plan.goals.kept")}
        rows={goals}
        rowKey={(one) => one.id}
        columns={[
          {
            key: "name",
            label: text("plan.goals.name"),
            cell: (one) => (
              <AppLink href={paths.goals({ goal: one.id })} aria-current={one.id === opened || undefined}>
                {one.name}
              </AppLink>
            ),
          },
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
          { key: "by", label: text("plan.calculator.by"), wide: true, cell: (one) => one.saved_by },
          {
            key: "at",
            label: text("plan.calculator.at"),
            wide: true,
            cell: (one) => formatInstant(one.saved_at),
          },
          {
            key: "remove",
            label: text("plan.goals.remove"),
            align: "right",
            cell: (one) =>
              canEditPlan(session) ? (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  loading={removing.isPending && removing.variables.id === one.id}
                  aria-label={text("plan.goals.remove_one", { name: one.name })}
                  onClick={() => removing.mutate(one)}
                >
                  {text("plan.goals.remove")}
                </Button>
              ) : null,
          },
        ]}
      />
    </Section>
  );
}

function changeOf({ change }: GrowthGoal, currency: string): string {
  if (change.by === "share") return text("plan.goals.by_share", { share: formatShare(change.share) });
  const money = short(change.amount, currency);
  return text(change.by === "more" ? "plan.goals.by_more" : "plan.goals.by_total", { money });
}

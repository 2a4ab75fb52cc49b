import { Button, NumberInput, Popover } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import * as z from "zod/mini";
import { fieldMessages } from "../../api/problem";
import type { EditLeveragingGoal, Leveraging } from "../../api/types";
import { setGoal } from "../../api/writes";
import { text } from "../../text/text";
import { notifyUndo } from "../../ui/notify";
import { FormProblem } from "../../ui/states";
import classes from "./MetricPage.module.css";

const percent = z.union([
  z.literal(""),
  z
    .number()
    .check(
      z.minimum(0, { error: () => text("metric.percent_wrong") }),
      z.maximum(100, { error: () => text("metric.percent_wrong") }),
    ),
]);
const schema = z.object({ target: percent, baseline: percent });

/** The target and where the program started, as the program team sets them. */
export function Goal({ metric }: { metric: Leveraging }) {
  const [open, setOpen] = useState(false);
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" width={320} trapFocus returnFocus>
      <Popover.Target>
        <Button size="compact-sm" variant="default" className={classes.goal} onClick={() => setOpen(!open)}>
          {text("metric.edit_goal")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={text("metric.goal")}>
        {open ? <GoalForm metric={metric} onDone={() => setOpen(false)} /> : null}
      </Popover.Dropdown>
    </Popover>
  );
}

function GoalForm({ metric, onDone }: { metric: Leveraging; onDone: () => void }) {
  const cache = useQueryClient();
  const form = useForm<{ target: number | ""; baseline: number | "" }>({
    initialValues: { target: metric.target ?? "", baseline: metric.baseline ?? "" },
    validate: schemaResolver(schema, { sync: true }),
  });
  const saving = useMutation({
    mutationFn: (goal: EditLeveragingGoal) => setGoal(goal, metric.goal_version),
    onSuccess: (saved) => {
      const refresh = () => cache.invalidateQueries({ queryKey: ["metric"] });
      notifyUndo(text("metric.goal_saved"), "", async () => {
        await setGoal({ target: metric.target, baseline: metric.baseline }, saved.version);
        await refresh();
      });
      void refresh();
      onDone();
    },
    onError: (error) => form.setErrors(fieldMessages(error)),
  });
  const save = form.onSubmit(({ target, baseline }) =>
    saving.mutate({ target: target === "" ? null : target, baseline: baseline === "" ? null : baseline }),
  );
  return (
    <form noValidate className={classes.goalForm} onSubmit={save}>
      <NumberInput
        label={text("metric.target")}
        min={0}
        max={100}
        decimalScale={1}
        {...form.getInputProps("target")}
      />
      <NumberInput
        label={text("metric.baseline")}
        description={text("metric.baseline_hint")}
        min={0}
        max={100}
        decimalScale={1}
        {...form.getInputProps("baseline")}
      />
      <FormProblem error={saving.error} />
      <Button type="submit" loading={saving.isPending}>
        {text("action.save")}
      </Button>
    </form>
  );
}

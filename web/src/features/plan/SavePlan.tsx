import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useAttemptKey } from "../../api/attempt-key";
import { fieldMessages } from "../../api/problem";
import type { CalculatorPlan, SavePlan as Save } from "../../api/types";
import { savePlan } from "../../api/writes";
import { text } from "../../text/text";
import { notifyDone } from "../../ui/notify";
import { FormProblem } from "../../ui/states";
import { useSearchChange } from "../../ui/use-search-change";
import classes from "./plan.module.css";

/** Keeps the plan as a version, with why; a version never changes. */
export function SavePlan({ plan, isReady }: { plan: CalculatorPlan; isReady: boolean }) {
  const cache = useQueryClient();
  const change = useSearchChange();
  const keyFor = useAttemptKey();
  const form = useForm({
    initialValues: { why: "" },
    validate: { why: (why) => (why.trim() === "" ? text("plan.calculator.why_missing") : null) },
  });
  const saving = useMutation({
    mutationFn: (input: Save) => savePlan(input, keyFor(input)),
    onSuccess: async (saved) => {
      notifyDone(text("plan.calculator.saved"), saved.why);
      await cache.invalidateQueries({ queryKey: ["plan"] });
      await change({ version: saved.id }, { replace: true });
    },
    onError: (error) => form.setErrors(fieldMessages(error)),
  });
  return (
    <form
      noValidate
      className={classes.save}
      onSubmit={form.onSubmit(({ why }) => saving.mutate({ plan, why: why.trim() }))}
    >
      <TextInput label={text("plan.calculator.why")} maxLength={1000} {...form.getInputProps("why")} />
      <FormProblem error={saving.error} />
      <div>
        <Button type="submit" loading={saving.isPending} disabled={!isReady}>
          {text("plan.calculator.save")}
        </Button>
      </div>
    </form>
  );
}

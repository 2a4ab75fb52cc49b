import { Button } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useAttemptKey } from "../../api/attempt-key";
import { fieldMessages } from "../../api/problem";
import type { CreateNeed } from "../../api/types";
import { createNeed } from "../../api/writes";
import layout from "../../parts/form.module.css";
import { text } from "../../text/text";
import { notifyDone } from "../../ui/notify";
import { SidePanel } from "../../ui/SidePanel";
import { FormProblem } from "../../ui/states";
import { NeedFields, type NeedForm, needProblems } from "./NeedFields";

/** Notes a need. */
export function NewNeed({ onClose }: { onClose: () => void }) {
  const cache = useQueryClient();
  const keyFor = useAttemptKey();
  const form = useForm<NeedForm>({
    initialValues: {
      title: "",
      kind: "event",
      activity: "speaking",
      wanted: 1,
      need_on: "",
      account_id: null,
      terms: [],
      note: "",
    },
    validate: needProblems,
  });
  const saving = useMutation({
    mutationFn: (input: CreateNeed) => createNeed(input, keyFor(input)),
    onSuccess: async (saved) => {
      notifyDone(text("plan.needs.created"), saved.title);
      await cache.invalidateQueries({ queryKey: ["plan"] });
      onClose();
    },
    onError: (error) => form.setErrors(fieldMessages(error)),
  });
  return (
    <SidePanel title={text("plan.needs.new")} opened onClose={onClose}>
      <form
        noValidate
        className={layout.form}
        onSubmit={form.onSubmit((fields) =>
          saving.mutate({
            ...fields,
            title: fields.title.trim(),
            wanted: Number(fields.wanted),
            account_id: fields.account_id ?? undefined,
            note: fields.note.trim() || undefined,
          }),
        )}
      >
        <NeedFields form={form} />
        <FormProblem error={saving.error} />
        <div className={layout.actions}>
          <Button type="submit" loading={saving.isPending}>
            {text("plan.needs.create")}
          </Button>
          <Button variant="default" onClick={onClose}>
            {text("action.cancel")}
          </Button>
        </div>
      </form>
    </SidePanel>
  );
}

import { Button } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useAttemptKey } from "../../api/attempt-key";
import { type GapsAsk, targetsQuery } from "../../api/plan-queries";
import { fieldMessages } from "../../api/problem";
import type { CreateRecruitingTarget, RecruitingTarget } from "../../api/types";
import { createTarget } from "../../api/writes";
import { formatNumber } from "../../format/format";
import { DEFAULT_ACTIVITY } from "../../parts/ActivitySelect";
import layout from "../../parts/form.module.css";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { notifyDone } from "../../ui/notify";
import { FormProblem, Notice } from "../../ui/states";
import { TargetFields } from "./TargetFields";

interface Props {
  ask: GapsAsk;
  segment: string;
  startBy: string | null;
}

/** The open target for a gap, where there is one. */
export function useTargetOf({ facets, activity }: GapsAsk, segment: string): RecruitingTarget | undefined {
  const query = useQuery(targetsQuery());
  return query.data?.targets.find(
    (one) =>
      one.closed_at === null &&
      one.segment === segment &&
      one.facets.join(",") === facets &&
      one.activity === (activity ?? DEFAULT_ACTIVITY),
  );
}

/** Shows the open target for a gap, or makes one. */
export function NewTarget({ ask, segment, startBy }: Props) {
  const target = useTargetOf(ask, segment);
  const [isOpen, setOpen] = useState(false);
  if (target)
    return (
      <Notice
        tone="resting"
        title={text("plan.targets.exists", {
          there: formatNumber(target.progress.advocates),
          wanted: formatNumber(target.wanted),
        })}
        action={
          <Button component={AppLink} href={paths.targets({ target: target.id })} size="xs" variant="default">
            {text("plan.targets.show")}
          </Button>
        }
      />
    );
  if (!isOpen)
    return (
      <div>
        <Button onClick={() => setOpen(true)}>{text("plan.targets.create")}</Button>
      </div>
    );
  return <Form ask={ask} segment={segment} startBy={startBy} onClose={() => setOpen(false)} />;
}

function Form({ ask, segment, startBy, onClose }: Props & { onClose: () => void }) {
  const cache = useQueryClient();
  const keyFor = useAttemptKey();
  const form = useForm<{ wanted: number | string; start_by: string; note: string }>({
    initialValues: { wanted: 1, start_by: startBy ?? "", note: "" },
    validate: {
      wanted: (wanted) => (typeof wanted === "number" ? null : text("plan.targets.wanted_missing")),
    },
  });
  const saving = useMutation({
    mutationFn: (input: CreateRecruitingTarget) => createTarget(input, keyFor(input)),
    onSuccess: async () => {
      notifyDone(text("plan.targets.created"));
      await cache.invalidateQueries({ queryKey: ["plan", "targets"] });
    },
    onError: (error) => form.setErrors(fieldMessages(error)),
  });
  const send = () => {
    if (saving.isPending || form.validate().hasErrors) return;
    const { wanted, start_by, note } = form.getValues();
    saving.mutate({
      facets: ask.facets.split(","),
      segment,
      broad: ask.broad ?? false,
      window_ends: ask.window_ends.split(",").map(Number),
      activity: ask.activity,
      wanted: Number(wanted),
      start_by: start_by || undefined,
      note: note.trim() || undefined,
    });
  };
  return (
    <form
      noValidate
      className={layout.form}
      aria-label={text("plan.targets.create")}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <TargetFields inputOf={form.getInputProps} isFocused />
      <FormProblem error={saving.error} onRetry={send} />
      <div className={layout.actions}>
        <Button type="submit" loading={saving.isPending}>
          {text("plan.targets.create")}
        </Button>
        <Button variant="default" onClick={onClose}>
          {text("action.cancel")}
        </Button>
      </div>
    </form>
  );
}

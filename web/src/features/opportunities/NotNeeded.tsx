import { Button, Popover, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { isCode } from "../../api/problem";
import type { Opportunity } from "../../api/types";
import { changeOpportunity } from "../../api/writes";
import { text } from "../../text/text";
import { notifyUndo } from "../../ui/notify";
import { StaleChoice } from "../../ui/StaleChoice";
import { FormProblem } from "../../ui/states";
import { useDealEdits } from "./deal-record";
import classes from "./NotNeeded.module.css";

export const canBeNotNeeded = (deal: Opportunity) =>
  deal.status === "open" && !deal.not_needed_reason && deal.can_edit;

/** Says why a deal needs no reference. Reported beside the metric, never taken out of it. */
export function NotNeeded({ deal }: { deal: Opportunity }) {
  const [open, setOpen] = useState(false);
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" width={340} trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" onClick={() => setOpen(!open)}>
          {text("opportunities.not_needed_set")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={text("opportunities.not_needed_set")}>
        {open ? <ReasonForm deal={deal} onDone={() => setOpen(false)} /> : null}
      </Popover.Dropdown>
    </Popover>
  );
}

function ReasonForm({ deal, onDone }: { deal: Opportunity; onDone: () => void }) {
  const { read, keep } = useDealEdits(deal);
  const [reason, setReason] = useState("");
  const [isMissing, setMissing] = useState(false);
  const saving = useMutation({
    mutationFn: (version: number) =>
      changeOpportunity({ id: deal.id, version }, { not_needed_reason: reason.trim() }),
    onSuccess: (saved) => {
      keep(saved);
      notifyUndo(text("opportunities.not_needed_saved"), saved.name, async () =>
        keep(await changeOpportunity(saved, { not_needed_reason: "" })),
      );
      onDone();
    },
  });
  const save = (version: number) => {
    setMissing(reason.trim() === "");
    if (reason.trim()) saving.mutate(version);
  };
  const saveOverTheirs = async () => save((await read()).version);
  const takeTheirs = async () => {
    await read();
    onDone();
  };
  return (
    <form
      noValidate
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        save(deal.version);
      }}
    >
      <TextInput
        label={text("opportunities.not_needed_reason")}
        description={text("opportunities.not_needed_hint")}
        error={isMissing ? text("opportunities.not_needed_missing") : undefined}
        value={reason}
        maxLength={500}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {isCode(saving.error, "stale_version") ? (
        <StaleChoice
          differences={[]}
          onKeepMine={() => void saveOverTheirs()}
          onTakeTheirs={() => void takeTheirs()}
          isSaving={saving.isPending}
        />
      ) : (
        <FormProblem error={saving.error} onRetry={() => save(deal.version)} />
      )}
      <div className={classes.actions}>
        <Button type="submit" size="xs" loading={saving.isPending}>
          {text("action.save")}
        </Button>
        <Button size="xs" variant="default" onClick={onDone}>
          {text("action.cancel")}
        </Button>
      </div>
    </form>
  );
}

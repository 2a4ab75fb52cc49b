import { Button, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { fieldMessages } from "../api/problem";
import type { Candidate } from "../api/types";
import { approve } from "../api/writes";
import { text } from "../text/text";
import { FormDialog } from "../ui/FormDialog";
import { FormProblem } from "../ui/states";
import classes from "./form.module.css";
import { notifyApproved } from "./notify-approved";
import { useSession } from "./session";
import { useCandidateChange } from "./use-candidate-change";

/** A yes that depends on something: from which day on, and how. */
export function ApproveDialog({ candidate, onClose }: { candidate: Candidate; onClose: () => void }) {
  const { today } = useSession();
  const [day, setDay] = useState("");
  const [condition, setCondition] = useState("");
  const isPlain = day === "" && condition.trim() === "";
  const sending = useCandidateChange(
    () => approve(candidate, { not_before: day || undefined, condition: condition.trim() || undefined }),
    () => {
      notifyApproved(candidate);
      onClose();
    },
  );
  const problems = fieldMessages(sending.error);
  return (
    <FormDialog
      onClose={onClose}
      title={text("requests.approve_title", { name: candidate.advocate.display_name })}
    >
      <form
        noValidate
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!isPlain && !sending.isPending) sending.mutate();
        }}
      >
        <TextInput
          data-autofocus
          type="date"
          min={today}
          label={text("requests.not_before")}
          description={text("requests.not_before_hint")}
          value={day}
          error={problems.not_before}
          onChange={(event) => setDay(event.currentTarget.value)}
        />
        <Textarea
          autosize
          minRows={2}
          maxLength={500}
          label={text("requests.condition")}
          description={text("requests.condition_hint")}
          value={condition}
          error={problems.condition}
          onChange={(event) => setCondition(event.currentTarget.value)}
        />
        <FormProblem error={sending.error} onRetry={() => sending.mutate()} />
        <Button type="submit" disabled={isPlain} loading={sending.isPending}>
          {text("requests.approve")}
        </Button>
      </form>
    </FormDialog>
  );
}

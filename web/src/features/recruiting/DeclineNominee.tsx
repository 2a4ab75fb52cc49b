import { Button, Textarea } from "@mantine/core";
import { useState } from "react";
import layout from "../../parts/form.module.css";
import { text } from "../../text/text";
import { FormDialog } from "../../ui/FormDialog";
import { FormProblem } from "../../ui/states";

interface Props {
  name: string;
  isSaving: boolean;
  error: unknown;
  onDecline: (reason: string) => void;
  onClose: () => void;
}

/** A nominee leaves the board with a reason, which is told to whoever looks next. */
export function DeclineNominee({ name, isSaving, error, onDecline, onClose }: Props) {
  const [reason, setReason] = useState("");
  const [isMissing, setMissing] = useState(false);
  const send = () => {
    const said = reason.trim();
    setMissing(said === "");
    if (said !== "") onDecline(said);
  };
  return (
    <FormDialog onClose={onClose} title={text("recruiting.decline_one", { name })}>
      <form
        noValidate
        className={layout.form}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Textarea
          data-autofocus
          label={text("recruiting.reason")}
          autosize
          minRows={2}
          maxLength={1000}
          value={reason}
          error={isMissing ? text("recruiting.reason_missing") : undefined}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <FormProblem error={error} onRetry={send} />
        <div className={layout.actions}>
          <Button type="submit" loading={isSaving}>
            {text("recruiting.decline")}
          </Button>
          <Button variant="default" onClick={onClose}>
            {text("action.cancel")}
          </Button>
        </div>
      </form>
    </FormDialog>
  );
}

import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import layout from "../../parts/form.module.css";
import { text } from "../../text/text";
import { FormProblem } from "../../ui/states";

interface Props {
  action: string;
  label: string;
  missing: string;
  close: (reason: string) => Promise<unknown>;
  onClosed: () => void;
}

/** Ends something for good, with a reason that whoever plans next reads. */
export function CloseWithReason({ action, label, missing, close, onClosed }: Props) {
  const [reason, setReason] = useState<string | null>(null);
  const [isMissing, setMissing] = useState(false);
  const closing = useMutation({ mutationFn: close, onSuccess: onClosed });
  if (reason === null)
    return (
      <div>
        <Button variant="default" onClick={() => setReason("")}>
          {action}
        </Button>
      </div>
    );
  const send = () => {
    setMissing(reason.trim() === "");
    if (reason.trim() !== "" && !closing.isPending) closing.mutate(reason.trim());
  };
  return (
    <form
      noValidate
      className={layout.form}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <TextInput
        data-autofocus
        label={label}
        maxLength={1000}
        value={reason}
        error={isMissing ? missing : undefined}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <FormProblem error={closing.error} onRetry={send} />
      <div className={layout.actions}>
        <Button type="submit" loading={closing.isPending}>
          {action}
        </Button>
        <Button variant="default" onClick={() => setReason(null)}>
          {text("action.cancel")}
        </Button>
      </div>
    </form>
  );
}

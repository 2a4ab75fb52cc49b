import { Button, Textarea } from "@mantine/core";
import { useState } from "react";
import { fieldMessages } from "../api/problem";
import type { Candidate } from "../api/types";
import { decline } from "../api/writes";
import { text } from "../text/text";
import { FormDialog } from "../ui/FormDialog";
import { notifyDone } from "../ui/notify";
import { FormProblem } from "../ui/states";
import { AdvocateSearch } from "./AdvocateSearch";
import classes from "./SignInForm.module.css";
import { useCandidateChange } from "./use-candidate-change";

/** Saying no for a customer, with the reason the requester reads. */
export function DeclineDialog({ candidate, onClose }: { candidate: Candidate; onClose: () => void }) {
  const [reason, setReason] = useState("");
  const [isMissing, setMissing] = useState(false);
  const [instead, setInstead] = useState<string | null>(null);
  const sending = useCandidateChange(
    (words: string) => decline(candidate, words, instead ?? undefined),
    () => {
      notifyDone(text(instead ? "requests.declined_instead" : "requests.declined"));
      onClose();
    },
  );
  const send = () => {
    setMissing(reason.trim() === "");
    if (reason.trim() && !sending.isPending) sending.mutate(reason.trim());
  };
  return (
    <FormDialog
      onClose={onClose}
      title={text("requests.decline_title", { name: candidate.advocate.display_name })}
    >
      <form
        noValidate
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
        }}
      >
        <Textarea
          data-autofocus
          autosize
          minRows={2}
          maxLength={1000}
          label={text("requests.decline_reason")}
          description={text("requests.decline_hint")}
          value={reason}
          error={isMissing ? text("requests.decline_missing") : undefined}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <AdvocateSearch
          label={text("requests.instead")}
          description={text("requests.instead_hint")}
          among={{ status: "active" }}
          without={candidate.advocate.id}
          value={instead}
          onChange={setInstead}
          error={fieldMessages(sending.error).instead}
        />
        <FormProblem error={sending.error} onRetry={send} />
        <Button type="submit" color="danger" loading={sending.isPending}>
          {text("requests.decline")}
        </Button>
      </form>
    </FormDialog>
  );
}

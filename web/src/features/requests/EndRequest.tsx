import { Button, Select, Textarea } from "@mantine/core";
import { useState } from "react";
import type { Request, UnfilledReason } from "../../api/types";
import { closeRequest, withdrawRequest } from "../../api/writes";
import { requestTitle } from "../../parts/RequestRow";
import { useCandidateChange } from "../../parts/use-candidate-change";
import { text } from "../../text/text";
import { FormDialog } from "../../ui/FormDialog";
import { notifyDone } from "../../ui/notify";
import { FormProblem } from "../../ui/states";
import classes from "./RequestPage.module.css";

const REASONS: readonly UnfilledReason[] = [
  "no_match",
  "all_busy",
  "owner_declined",
  "advocate_declined",
  "too_late",
  "other",
];

/** Withdrawn by who asked, closed without a reference, or a draft that is never sent. */
export type Ending = "withdraw" | "close" | "drop";

const WORDS = {
  withdraw: {
    title: "requests.withdraw_title",
    why: "requests.withdraw_why",
    act: "requests.withdraw",
    done: "requests.withdrawn",
  },
  close: {
    title: "requests.close_title",
    why: "requests.close_why",
    act: "requests.close",
    done: "requests.closed",
  },
  drop: {
    title: "requests.drop_title",
    why: "requests.drop_why",
    act: "requests.drop",
    done: "requests.dropped",
  },
} as const;

/** Ends a request: names it and asks once. */
export function EndRequest({
  request,
  how,
  onClose,
}: {
  request: Request;
  how: Ending;
  onClose: () => void;
}) {
  const [reason, setReason] = useState<UnfilledReason>("no_match");
  const [note, setNote] = useState("");
  const words = WORDS[how];
  const sending = useCandidateChange(
    () =>
      how === "close"
        ? closeRequest(request, reason, note.trim() || undefined)
        : withdrawRequest(request, note.trim() || undefined),
    () => {
      notifyDone(text(words.done));
      onClose();
    },
  );
  const send = () => sending.mutate(undefined);
  return (
    <FormDialog onClose={onClose} title={text(words.title)}>
      <form
        noValidate
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <p className="soft">{text(words.why, { name: requestTitle(request) })}</p>
        {how === "close" ? (
          <Select
            label={text("requests.decline_reason")}
            allowDeselect={false}
            value={reason}
            onChange={(next) => setReason(REASONS.find((one) => one === next) ?? "other")}
            data={REASONS.map((one) => ({ value: one, label: text(`unfilled_reason.${one}`) }))}
          />
        ) : null}
        {how === "drop" ? null : (
          <Textarea
            data-autofocus
            autosize
            minRows={2}
            maxLength={1000}
            label={text("requests.withdraw_reason")}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
        )}
        <FormProblem error={sending.error} onRetry={send} />
        <Button type="submit" color="danger" loading={sending.isPending}>
          {text(words.act)}
        </Button>
      </form>
    </FormDialog>
  );
}

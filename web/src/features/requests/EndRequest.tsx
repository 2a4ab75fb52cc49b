import { Button, Modal, Select, Textarea } from "@mantine/core";
import { useState } from "react";
import type { Request, UnfilledReason } from "../../api/types";
import { closeRequest, withdrawRequest } from "../../api/writes";
import { requestTitle } from "../../parts/RequestRow";
import { useCandidateChange } from "../../parts/use-candidate-change";
import { text } from "../../text/text";
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

/** Ends a request: withdrawn by who asked, or closed without a reference. Names it and asks once. */
export function EndRequest({
  request,
  how,
  onClose,
}: {
  request: Request;
  how: "withdraw" | "close";
  onClose: () => void;
}) {
  const [reason, setReason] = useState<UnfilledReason>("no_match");
  const [note, setNote] = useState("");
  const sending = useCandidateChange(
    () =>
      how === "withdraw"
        ? withdrawRequest(request, note.trim() || undefined)
        : closeRequest(request, reason, note.trim() || undefined),
    () => {
      notifyDone(text(how === "withdraw" ? "requests.withdrawn" : "requests.closed"));
      onClose();
    },
  );
  const send = () => sending.mutate(undefined);
  const isWithdrawal = how === "withdraw";
  return (
    <Modal
      opened
      onClose={onClose}
      title={text(isWithdrawal ? "requests.withdraw_title" : "requests.close_title")}
      closeButtonProps={{ "aria-label": text("action.close") }}
    >
      <form
        noValidate
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <p className="soft">
          {isWithdrawal
            ? text("requests.withdraw_why", { name: requestTitle(request) })
            : text("requests.close_why")}
        </p>
        {isWithdrawal ? null : (
          <Select
            label={text("requests.decline_reason")}
            allowDeselect={false}
            value={reason}
            onChange={(next) => setReason(REASONS.find((one) => one === next) ?? "other")}
            data={REASONS.map((one) => ({ value: one, label: text(`unfilled_reason.${one}`) }))}
          />
        )}
        <Textarea
          autosize
          minRows={2}
          maxLength={1000}
          label={text("requests.withdraw_reason")}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <FormProblem error={sending.error} onRetry={send} />
        <Button type="submit" color="danger" loading={sending.isPending}>
          {text(isWithdrawal ? "requests.withdraw" : "requests.close")}
        </Button>
      </form>
    </Modal>
  );
}

import { Button, Textarea } from "@mantine/core";
import { useState } from "react";
import type { OfferSlots } from "../../api/types";
import { callOff, makePickLink, offerSlots } from "../../api/writes";
import { ownZone } from "../../format/format";
import { emptySlots, isOffer, offerOf, SlotFields } from "../../parts/SlotFields";
import { useCandidateChange } from "../../parts/use-candidate-change";
import { text } from "../../text/text";
import { FormDialog } from "../../ui/FormDialog";
import { notifyDone } from "../../ui/notify";
import { FormProblem } from "../../ui/states";
import { type DialogProps, LinkDialog, submitted } from "./Dialog";
import classes from "./RequestPage.module.css";

/** At least three times for the buyer to choose from; an agreed one stands until another is picked. */
export function OfferDialog({ candidate, onClose }: DialogProps) {
  const { appointment } = candidate;
  const [values, setValues] = useState(() =>
    emptySlots(appointment?.time_zone ?? ownZone(), appointment?.place ?? ""),
  );
  const sending = useCandidateChange(
    (input: OfferSlots) => offerSlots(candidate, input),
    () => {
      notifyDone(text("requests.slots.offered"), text("requests.slots.offered_detail"));
      onClose();
    },
  );
  const send = () => {
    if (isOffer(values)) sending.mutate(offerOf(values));
  };
  return (
    <FormDialog title={text("requests.slots.offer_title")} onClose={onClose}>
      <form noValidate className={classes.form} onSubmit={submitted(send)}>
        <p className="soft">
          {text("requests.slots.offer_why", { count: appointment?.minutes ?? candidate.minutes })}{" "}
          {appointment?.starts_at ? text("requests.slots.offer_moves") : null}
        </p>
        <SlotFields values={values} error={sending.error} onChange={setValues} />
        <FormProblem error={sending.error} onRetry={send} />
        {isOffer(values) ? null : <p className="meta">{text("requests.slots.missing")}</p>}
        <Button type="submit" disabled={!isOffer(values)} loading={sending.isPending}>
          {text("requests.slots.send")}
        </Button>
      </form>
    </FormDialog>
  );
}

/** The buyer's single-use link to the times on offer. */
export function PickLinkDialog({ candidate, onClose }: DialogProps) {
  return (
    <LinkDialog
      title={text("requests.slots.link_pick")}
      why="requests.slots.link_pick_why"
      queryKey={["pick-link", candidate.id, candidate.version]}
      make={() => makePickLink(candidate)}
      onClose={onClose}
    />
  );
}

export function CallOffDialog({ candidate, onClose }: DialogProps) {
  const [reason, setReason] = useState("");
  const sending = useCandidateChange(
    (why: string | undefined) => callOff(candidate, why),
    () => {
      notifyDone(text("requests.slots.called_off"));
      onClose();
    },
  );
  const send = () => sending.mutate(reason.trim() || undefined);
  return (
    <FormDialog title={text("requests.slots.call_off_title")} onClose={onClose}>
      <form noValidate className={classes.form} onSubmit={submitted(send)}>
        <p className="soft">{text("requests.slots.call_off_why")}</p>
        <Textarea
          autosize
          minRows={2}
          maxLength={1000}
          label={text("requests.slots.call_off_reason")}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <FormProblem error={sending.error} onRetry={send} />
        <Button type="submit" loading={sending.isPending}>
          {text("requests.slots.call_off")}
        </Button>
      </form>
    </FormDialog>
  );
}

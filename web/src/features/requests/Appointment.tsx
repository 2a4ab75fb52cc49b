import { Button } from "@mantine/core";
import { useState } from "react";
import { invitationFile } from "../../api/files";
import type { Candidate, Appointment as When } from "../../api/types";
import { pickSlot } from "../../api/writes";
import { formatSlot, ownZone } from "../../format/format";
import { useCandidateChange } from "../../parts/use-candidate-change";
import { text } from "../../text/text";
import { notifyDone } from "../../ui/notify";
import { FormProblem } from "../../ui/states";
import { CallOffDialog, OfferDialog, PickLinkDialog } from "./AppointmentDialogs";
import classes from "./RequestPage.module.css";

type Open = "offer" | "pick_link" | "call_off" | null;

/** When it takes place: the times on offer or the agreed one, and what this person may do about it. */
export function Appointment({ candidate }: { candidate: Candidate }) {
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const can = new Set(candidate.can);
  const { appointment } = candidate;
  const isAgreed = Boolean(appointment?.starts_at);
  if (!appointment && !can.has("offer_slots")) return null;
  return (
    <div className={classes.appointment}>
      {appointment ? <Agreed candidate={candidate} when={appointment} /> : null}
      {appointment ? (
        <OnOffer candidate={candidate} when={appointment} canPick={can.has("pick_slot")} />
      ) : null}
      <div className={classes.actions}>
        {can.has("copy_pick_link") ? (
          <Button onClick={() => setOpen("pick_link")}>{text("requests.slots.link_pick")}</Button>
        ) : null}
        {can.has("offer_slots") ? (
          <Button variant={appointment ? "default" : "filled"} onClick={() => setOpen("offer")}>
            {text(isAgreed ? "requests.slots.offer_again" : "requests.slots.offer")}
          </Button>
        ) : null}
        {can.has("call_off") ? (
          <Button variant="default" onClick={() => setOpen("call_off")}>
            {text("requests.slots.call_off")}
          </Button>
        ) : null}
      </div>
      {open === "offer" ? <OfferDialog candidate={candidate} onClose={close} /> : null}
      {open === "pick_link" ? <PickLinkDialog candidate={candidate} onClose={close} /> : null}
      {open === "call_off" ? <CallOffDialog candidate={candidate} onClose={close} /> : null}
    </div>
  );
}

function Agreed({ candidate, when }: { candidate: Candidate; when: When }) {
  if (!when.starts_at) return null;
  const zone = ownZone();
  return (
    <p className={classes.agreed}>
      <strong>
        {text("requests.slots.agreed", { when: formatSlot(when.starts_at, zone), zone, count: when.minutes })}
      </strong>
      {when.place ? <span className={classes.note}>{when.place}</span> : null}
      <a href={invitationFile(candidate.id)} download>
        {text("requests.slots.file")}
      </a>
    </p>
  );
}

function OnOffer({ candidate, when, canPick }: { candidate: Candidate; when: When; canPick: boolean }) {
  const picking = useCandidateChange(
    (slot: string) => pickSlot(candidate, slot),
    () => notifyDone(text("requests.slots.picked"), text("requests.slots.picked_detail")),
  );
  if (when.slots.length === 0) return null;
  return (
    <div>
      <h4>{text("requests.slots.on_offer")}</h4>
      <p className="meta">{text("requests.slots.on_offer_zone", { zone: when.time_zone })}</p>
      <ul className={classes.slots}>
        {when.slots.map((slot) => {
          const words = formatSlot(slot, when.time_zone);
          return (
            <li key={slot}>
              {words}
              {canPick ? (
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={text("requests.slots.pick_label", { when: words })}
                  loading={picking.isPending && picking.variables === slot}
                  disabled={picking.isPending}
                  onClick={() => picking.mutate(slot)}
                >
                  {text("requests.slots.pick")}
                </Button>
              ) : null}
            </li>
          );
        })}
      </ul>
      <FormProblem error={picking.error} />
    </div>
  );
}

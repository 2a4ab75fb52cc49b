import "../../text/asks";
import { Button } from "@mantine/core";
import { useState } from "react";
import type { Candidate, RevealedContact } from "../../api/types";
import { approve, revealContact } from "../../api/writes";
import { formatPlannedDay } from "../../format/format";
import { CandidateSteps, holderWords, nextWords } from "../../parts/CandidateSteps";
import { DeclineDialog } from "../../parts/DeclineDialog";
import { CandidateStateMark, OverdueMark } from "../../parts/marks";
import { notifyApproved } from "../../parts/notify-approved";
import { OwnerConditions } from "../../parts/OwnerConditions";
import { useSession } from "../../parts/session";
import { useCandidateChange } from "../../parts/use-candidate-change";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { Initials, initialsOf } from "../../ui/Initials";
import { FormProblem } from "../../ui/states";
import { Appointment } from "./Appointment";
import {
  AnswerLinkDialog,
  DebriefLinkDialog,
  GradeDialog,
  OutcomeDialog,
  ScheduleDialog,
} from "./CandidateDialogs";
import { GroupCall } from "./GroupCall";
import classes from "./RequestPage.module.css";
import { Use } from "./Use";

type Open = "decline" | "link" | "schedule" | "use" | "grade" | "buyer" | null;

/** One candidate: where it stands, who acts next, and the step this person may take. */
export function CandidateCard({ candidate }: { candidate: Candidate }) {
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const { advocate } = candidate;
  const { today } = useSession();
  const next = nextWords(candidate, today);
  return (
    <article className={classes.card} aria-label={advocate.display_name}>
      <div className={classes.head}>
        <Initials text={initialsOf(advocate.account_name)} />
        <h3>
          <AppLink href={paths.advocate(advocate.id)}>{advocate.display_name}</AppLink>
          {advocate.name_masked ? null : (
            <span className="soft">{` ${[advocate.title, advocate.account_name].filter(Boolean).join(", ")}`}</span>
          )}
        </h3>
        <span className="meta">{holderWords(candidate)}</span>
        <OverdueMark candidate={candidate} />
        <CandidateStateMark state={candidate.state} />
      </div>
      <CandidateSteps candidate={candidate} />
      {next ? <p>{next}</p> : null}
      {candidate.mode === "managed" || candidate.call?.is_arranged_here === false ? null : (
        <p className="meta">{text(`asks.mode.${candidate.mode}`)}</p>
      )}
      {candidate.is_self_approval ? <p className="meta">{text("requests.self_approval_why")}</p> : null}
      <OwnerConditions of={candidate} />
      {candidate.declined ? (
        <p>
          {text(`declined_by.${candidate.declined.by}`)}
          {candidate.declined.reason ? `: “${candidate.declined.reason}”` : ""}
        </p>
      ) : null}
      {candidate.state === "scheduled" && !candidate.appointment?.starts_at ? (
        <p>{text("requests.scheduled", { day: formatPlannedDay(candidate.planned_on) })}</p>
      ) : null}
      <Appointment candidate={candidate} />
      <GroupCall candidate={candidate} />
      {candidate.use ? <Use use={candidate.use} /> : null}
      <Actions candidate={candidate} onOpen={setOpen} />
      {open === "decline" ? <DeclineDialog candidate={candidate} onClose={close} /> : null}
      {open === "link" ? <AnswerLinkDialog candidate={candidate} onClose={close} /> : null}
      {open === "schedule" ? <ScheduleDialog candidate={candidate} onClose={close} /> : null}
      {open === "use" ? <OutcomeDialog candidate={candidate} onClose={close} /> : null}
      {open === "grade" ? <GradeDialog candidate={candidate} onClose={close} /> : null}
      {open === "buyer" ? <DebriefLinkDialog candidate={candidate} onClose={close} /> : null}
    </article>
  );
}

function Contact({ contact }: { contact: RevealedContact }) {
  return (
    <address className={classes.contact}>
      <strong>{contact.name}</strong>
      {contact.email ? (
        <a href={`mailto:${encodeURIComponent(contact.email).replace("%40", "@")}`}>{contact.email}</a>
      ) : null}
      {contact.phone ? <a href={`tel:${contact.phone.replace(/[^+\d]/g, "")}`}>{contact.phone}</a> : null}
    </address>
  );
}

/** The steps the server says this person may take now. */
function Actions({ candidate, onOpen }: { candidate: Candidate; onOpen: (open: Open) => void }) {
  const approving = useCandidateChange(
    () => approve(candidate),
    () => notifyApproved(candidate),
  );
  const revealing = useCandidateChange(() => revealContact(candidate));
  const { today } = useSession();
  const isOver = candidate.planned_on <= today;
  const can = new Set(candidate.can);
  if (can.size === 0) return null;
  return (
    <>
      <div className={classes.actions}>
        {can.has("approve") ? (
          <Button loading={approving.isPending} onClick={() => approving.mutate(undefined)}>
            {text("requests.approve")}
          </Button>
        ) : null}
        {can.has("record_use") ? (
          <Button variant={isOver ? "filled" : "default"} onClick={() => onOpen("use")}>
            {text("requests.record")}
          </Button>
        ) : null}
        {can.has("schedule") ? (
          <Button variant="default" onClick={() => onOpen("schedule")}>
            {text("requests.schedule")}
          </Button>
        ) : null}
        {can.has("reveal_contact") && !revealing.data ? (
          <Button
            variant="default"
            loading={revealing.isPending}
            title={text("requests.reveal_why")}
            onClick={() => revealing.mutate(undefined)}
          >
            {text("requests.reveal")}
          </Button>
        ) : null}
        {can.has("read_briefs") ? (
          <Button
            component={AppLink}
            href={paths.briefs(candidate.request_id, candidate.id)}
            variant="default"
          >
            {text("requests.briefs")}
          </Button>
        ) : null}
        {can.has("copy_link") ? (
          <Button variant="default" onClick={() => onOpen("link")}>
            {text("requests.copy_link")}
          </Button>
        ) : null}
        {can.has("copy_offer_link") ? (
          <Button variant="default" onClick={() => onOpen("link")}>
            {text("requests.slots.link_offer")}
          </Button>
        ) : null}
        {can.has("grade") ? <Button onClick={() => onOpen("grade")}>{text("requests.grade")}</Button> : null}
        {can.has("copy_buyer_debrief_link") ? (
          <Button variant="default" onClick={() => onOpen("buyer")}>
            {text("requests.debrief_link")}
          </Button>
        ) : null}
        {can.has("decline") ? (
          <Button variant="default" onClick={() => onOpen("decline")}>
            {text("requests.decline")}
          </Button>
        ) : null}
      </div>
      {revealing.data ? <Contact contact={revealing.data} /> : null}
      <FormProblem error={approving.error ?? revealing.error} />
    </>
  );
}

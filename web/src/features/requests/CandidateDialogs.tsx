import { Button, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import type { RecordUse, UseOutcome } from "../../api/types";
import {
  grade,
  makeAnswerLink,
  makeDebriefLink,
  recordUse,
  schedule,
  takeBackNoShow,
} from "../../api/writes";
import { commentOf, DebriefFields, debriefOf, useDebrief } from "../../parts/DebriefFields";
import { useSession } from "../../parts/session";
import { useCandidateChange } from "../../parts/use-candidate-change";
import { text } from "../../text/text";
import { FormDialog } from "../../ui/FormDialog";
import { notifyDone, notifyUndo } from "../../ui/notify";
import { FormProblem } from "../../ui/states";
import { type DialogProps, LinkDialog, submitted } from "./Dialog";
import classes from "./RequestPage.module.css";

/** The advocate's single-use link, for when mail is not set up or a person sends it. */
export function AnswerLinkDialog({ candidate, onClose }: DialogProps) {
  const isOffer = candidate.can.includes("copy_offer_link");
  return (
    <LinkDialog
      title={text(isOffer ? "requests.slots.link_offer" : "requests.link_title")}
      why={isOffer ? "requests.slots.link_offer_why" : "requests.link_why"}
      queryKey={["answer-link", candidate.id, candidate.version]}
      make={() => makeAnswerLink(candidate)}
      onClose={onClose}
    />
  );
}

/** The buyer's single-use link to say how it was. */
export function DebriefLinkDialog({ candidate, onClose }: DialogProps) {
  return (
    <LinkDialog
      title={text("requests.debrief_link")}
      why="requests.debrief_link_why"
      queryKey={["debrief-link", candidate.id, candidate.version]}
      make={() => makeDebriefLink(candidate)}
      onClose={onClose}
    />
  );
}

export function ScheduleDialog({ candidate, onClose }: DialogProps) {
  const { today } = useSession();
  const [day, setDay] = useState(candidate.planned_on >= today ? candidate.planned_on : today);
  const sending = useCandidateChange((planned: string) => schedule(candidate, planned), onClose);
  return (
    <FormDialog title={text("requests.schedule")} onClose={onClose}>
      <form noValidate className={classes.form} onSubmit={submitted(() => sending.mutate(day))}>
        <TextInput
          type="date"
          data-autofocus
          min={today}
          label={text("requests.scheduled_on")}
          value={day}
          onChange={(event) => setDay(event.currentTarget.value)}
        />
        <FormProblem error={sending.error} onRetry={() => sending.mutate(day)} />
        <Button type="submit" disabled={day === ""} loading={sending.isPending}>
          {text("action.save")}
        </Button>
      </form>
    </FormDialog>
  );
}

const OUTCOMES: readonly UseOutcome[] = ["helpful", "neutral", "harmful", "no_show"];

/** What came of it: the day, the outcome, the grades and a word. */
export function OutcomeDialog({ candidate, onClose }: DialogProps) {
  const { today } = useSession();
  const [day, setDay] = useState(candidate.planned_on <= today ? candidate.planned_on : today);
  const [outcome, setOutcome] = useState<UseOutcome>("helpful");
  const debrief = useDebrief();
  const tookPlace = outcome !== "no_show";
  const takingBack = useCandidateChange(takeBackNoShow);
  const sending = useCandidateChange(
    (input: RecordUse) => recordUse(candidate, input),
    (request) => {
      const left = request.candidates.find((one) => one.id === candidate.id);
      if (tookPlace || !left) notifyDone(text("requests.recorded"));
      else notifyUndo(text("requests.recorded_no_show"), "", () => takingBack.mutateAsync(left));
      onClose();
    },
  );
  const send = () =>
    sending.mutate({
      used_on: day,
      outcome,
      ...(tookPlace ? debriefOf(debrief) : commentOf(debrief.comment)),
    });
  return (
    <FormDialog title={text("requests.record")} onClose={onClose}>
      <form noValidate className={classes.form} onSubmit={submitted(send)}>
        <TextInput
          type="date"
          max={today}
          label={text("requests.used_on")}
          value={day}
          onChange={(event) => setDay(event.currentTarget.value)}
        />
        <Select
          label={text("requests.outcome")}
          allowDeselect={false}
          value={outcome}
          onChange={(next) => setOutcome(OUTCOMES.find((one) => one === next) ?? "helpful")}
          data={OUTCOMES.map((one) => ({ value: one, label: text(`use_outcome.${one}`) }))}
        />
        <DebriefFields
          debrief={debrief}
          asked="requests"
          instead={tookPlace ? undefined : <p className="soft">{text("requests.no_show_why")}</p>}
        />
        <FormProblem error={sending.error} onRetry={send} />
        <Button type="submit" disabled={day === ""} loading={sending.isPending}>
          {text("action.save")}
        </Button>
      </form>
    </FormDialog>
  );
}

export function GradeDialog({ candidate, onClose }: DialogProps) {
  const debrief = useDebrief();
  const sending = useCandidateChange(
    (chosen: number) => grade(candidate, { ...debriefOf(debrief), grade: chosen }),
    () => {
      notifyDone(text("requests.graded"));
      onClose();
    },
  );
  const send = () => {
    if (debrief.grade !== null) sending.mutate(debrief.grade);
  };
  return (
    <FormDialog title={text("requests.grade")} onClose={onClose}>
      <form noValidate className={classes.form} onSubmit={submitted(send)}>
        <DebriefFields debrief={debrief} asked="requests" />
        <FormProblem error={sending.error} onRetry={send} />
        <Button type="submit" disabled={debrief.grade === null} loading={sending.isPending}>
          {text("action.save")}
        </Button>
      </form>
    </FormDialog>
  );
}

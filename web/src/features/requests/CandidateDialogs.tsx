import { Button, CopyButton, Modal, Select, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import type { Candidate, RecordUse, UseOutcome } from "../../api/types";
import { grade, makeAnswerLink, recordUse, schedule } from "../../api/writes";
import { formatInstant } from "../../format/format";
import { useSession } from "../../parts/session";
import { useCandidateChange } from "../../parts/use-candidate-change";
import { text } from "../../text/text";
import { Grade } from "../../ui/Grade";
import { notifyDone } from "../../ui/notify";
import { Failed, FormProblem, Loading } from "../../ui/states";
import classes from "./RequestPage.module.css";

interface Props {
  candidate: Candidate;
  onClose: () => void;
}

function Dialog({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ "aria-label": text("action.close") }}>
      {children}
    </Modal>
  );
}

const submitted = (act: () => void) => (event: FormEvent) => {
  event.preventDefault();
  act();
};

/** The advocate's single-use link, for when mail is not set up or a person sends it. */
export function AnswerLinkDialog({ candidate, onClose }: Props) {
  const query = useQuery({
    queryKey: ["answer-link", candidate.id, candidate.version],
    queryFn: () => makeAnswerLink(candidate),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  return (
    <Dialog title={text("requests.link_title")} onClose={onClose}>
      {query.isPending ? (
        <Loading rows={2} />
      ) : query.isError ? (
        <Failed error={query.error} />
      ) : (
        <div className={classes.form}>
          <p className="soft">{text("requests.link_why", { when: formatInstant(query.data.expires_at) })}</p>
          <TextInput
            readOnly
            aria-label={text("requests.link_title")}
            value={query.data.url}
            onFocus={(event) => event.currentTarget.select()}
          />
          <CopyButton value={query.data.url}>
            {({ copied, copy }) => (
              <Button onClick={copy}>{text(copied ? "action.copied" : "action.copy")}</Button>
            )}
          </CopyButton>
        </div>
      )}
    </Dialog>
  );
}

export function ScheduleDialog({ candidate, onClose }: Props) {
  const { today } = useSession();
  const [day, setDay] = useState(candidate.planned_on >= today ? candidate.planned_on : today);
  const sending = useCandidateChange((planned: string) => schedule(candidate, planned), onClose);
  return (
    <Dialog title={text("requests.schedule")} onClose={onClose}>
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
    </Dialog>
  );
}

const OUTCOMES: readonly UseOutcome[] = ["helpful", "neutral", "harmful", "no_show"];

/** What came of it: the day, the outcome, a grade and a word. */
export function OutcomeDialog({ candidate, onClose }: Props) {
  const { today } = useSession();
  const [day, setDay] = useState(candidate.planned_on <= today ? candidate.planned_on : today);
  const [outcome, setOutcome] = useState<UseOutcome>("helpful");
  const [value, setValue] = useState<number | null>(null);
  const [comment, setComment] = useState("");
  const sending = useCandidateChange(
    (input: RecordUse) => recordUse(candidate, input),
    () => {
      notifyDone(text("requests.recorded"));
      onClose();
    },
  );
  const send = () =>
    sending.mutate({
      used_on: day,
      outcome,
      grade: value ?? undefined,
      comment: comment.trim() || undefined,
    });
  return (
    <Dialog title={text("requests.record")} onClose={onClose}>
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
        <Grade
          name="grade"
          legend={text("requests.grade")}
          low={text("requests.grade_low")}
          high={text("requests.grade_high")}
          value={value}
          onChange={setValue}
        />
        <Textarea
          autosize
          minRows={2}
          maxLength={2000}
          label={text("requests.comment")}
          value={comment}
          onChange={(event) => setComment(event.currentTarget.value)}
        />
        <FormProblem error={sending.error} onRetry={send} />
        <Button type="submit" disabled={day === ""} loading={sending.isPending}>
          {text("action.save")}
        </Button>
      </form>
    </Dialog>
  );
}

export function GradeDialog({ candidate, onClose }: Props) {
  const [value, setValue] = useState<number | null>(null);
  const [comment, setComment] = useState("");
  const sending = useCandidateChange(
    (chosen: number) => grade(candidate, chosen, comment.trim() || undefined),
    () => {
      notifyDone(text("requests.graded"));
      onClose();
    },
  );
  const send = () => {
    if (value !== null) sending.mutate(value);
  };
  return (
    <Dialog title={text("requests.grade")} onClose={onClose}>
      <form noValidate className={classes.form} onSubmit={submitted(send)}>
        <Grade
          name="grade"
          legend={text("requests.grade")}
          low={text("requests.grade_low")}
          high={text("requests.grade_high")}
          value={value}
          onChange={setValue}
        />
        <Textarea
          autosize
          minRows={2}
          maxLength={2000}
          label={text("requests.comment")}
          value={comment}
          onChange={(event) => setComment(event.currentTarget.value)}
        />
        <FormProblem error={sending.error} onRetry={send} />
        <Button type="submit" disabled={value === null} loading={sending.isPending}>
          {text("action.save")}
        </Button>
      </form>
    </Dialog>
  );
}

import { Button, Textarea } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import type { Answer, GiveAnswer } from "../../api/types";
import { formatInstant, formatPlannedDay } from "../../format/format";
import { within } from "../../parts/activity";
import { askerOf } from "../../parts/asker";
import { LinkForm } from "../../parts/LinkPage";
import "../../text/links";
import { text } from "../../text/text";
import { FormProblem } from "../../ui/states";
import classes from "./AnswerPage.module.css";
import { OfferForm } from "./OfferForm";

export interface FormProps {
  view: Answer;
  isSending: boolean;
  error: unknown;
  onAnswer: (answer: GiveAnswer) => void;
}

/** Who asks, why you, how long; yes and no are equally easy. */
export function AskForm({ view, isSending, error, onAnswer }: FormProps) {
  const [isDeclining, setDeclining] = useState(false);
  const [isNaming, setNaming] = useState(false);
  const [reason, setReason] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (isDeclining) field.current?.focus();
  }, [isDeclining]);
  if (isNaming)
    return (
      <OfferForm
        view={view}
        isSending={isSending}
        error={error}
        onAnswer={(answer) => onAnswer({ ...answer, answer: "accept" })}
        onBack={() => setNaming(false)}
      />
    );
  if (isDeclining) {
    const send = () => onAnswer({ answer: "decline", reason: reason.trim() || undefined });
    return (
      <LinkForm onSubmit={send}>
        <h1>{text("answers.decline_title")}</h1>
        <Textarea
          ref={field}
          autosize
          minRows={3}
          maxLength={1000}
          label={text("answers.decline_reason")}
          description={text("answers.decline_hint")}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <FormProblem error={error} onRetry={send} />
        <div className={classes.actions}>
          <Button type="submit" size="md" loading={isSending}>
            {text("answers.decline_send")}
          </Button>
          <Button variant="default" size="md" onClick={() => setDeclining(false)}>
            {text("answers.back")}
          </Button>
        </div>
      </LinkForm>
    );
  }
  const accept = () => onAnswer({ answer: "accept" });
  return (
    <LinkForm onSubmit={accept}>
      <AskWords view={view} />
      <FormProblem error={error} onRetry={accept} />
      <div className={classes.actions}>
        <Button type="submit" size="md" loading={isSending}>
          {text("answers.accept")}
        </Button>
        <Button size="md" variant="default" disabled={isSending} onClick={() => setDeclining(true)}>
          {text("answers.decline")}
        </Button>
      </div>
      <Button variant="subtle" disabled={isSending} onClick={() => setNaming(true)}>
        {text("answers.accept_with_times")}
      </Button>
      <p className="meta">
        {text("answers.no_obligation")} {text("answers.until", { when: formatInstant(view.expires_at) })}
      </p>
    </LinkForm>
  );
}

function AskWords({ view }: { view: Answer }) {
  return (
    <>
      <div>
        <p className="soft">{text("answers.hello", { name: view.advocate_name })}</p>
        <h1>
          {text("answers.ask_line", {
            asker: askerOf(view),
            account: view.account_name ?? text("answers.your_company"),
            activity: within(view.activity_label),
          })}
        </h1>
        {view.prospect_name ? <p>{text("answers.for_prospect", { prospect: view.prospect_name })}</p> : null}
      </div>
      <dl className={classes.facts}>
        <div>
          <dt>{text("answers.when")}</dt>
          <dd>
            {text("answers.when_zone", {
              day: formatPlannedDay(view.need_by),
              zone: view.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
            })}
          </dd>
        </div>
        <div>
          <dt>{text("answers.time")}</dt>
          <dd>{text("answers.minutes", { count: view.minutes })}</dd>
        </div>
        {view.conditions ? (
          <div>
            <dt>{text("answers.agreed")}</dt>
            <dd>{agreedWords(view.conditions)}</dd>
          </div>
        ) : null}
        {view.why_you.length > 0 ? (
          <div>
            <dt>{text("answers.why_you")}</dt>
            <dd>
              <ul className={classes.reasons}>
                {view.why_you.map((reason) => (
                  <li key={reason}>{reason}</li>
                ))}
              </ul>
            </dd>
          </div>
        ) : null}
        {view.note ? (
          <div>
            <dt>{text("answers.note")}</dt>
            <dd className={classes.note}>{view.note}</dd>
          </div>
        ) : null}
      </dl>
    </>
  );
}

function agreedWords({ not_before: from, words }: NonNullable<Answer["conditions"]>): string {
  const day = from && text("answers.agreed_from", { day: formatPlannedDay(from) });
  return [day, words].filter(Boolean).join("; ");
}

import { Button } from "@mantine/core";
import { useState } from "react";
import { within } from "../../parts/activity";
import { askerOf } from "../../parts/asker";
import { commentOf, DebriefFields, debriefOf, useDebrief } from "../../parts/DebriefFields";
import { LinkForm } from "../../parts/LinkPage";
import "../../text/links";
import { text } from "../../text/text";
import { FormProblem } from "../../ui/states";
import classes from "./AnswerPage.module.css";
import type { FormProps } from "./AskForm";

/** How it was for the customer: one grade confirms that it took place, one button says it did not. */
export function DebriefForm({ view, isSending, error, onAnswer }: FormProps) {
  const debrief = useDebrief();
  const [isMissing, setMissing] = useState(false);
  const send = () => {
    setMissing(debrief.grade === null);
    if (debrief.grade !== null) onAnswer(debriefOf(debrief));
  };
  return (
    <LinkForm onSubmit={send}>
      <div>
        <p className="soft">{text("answers.hello", { name: view.advocate_name })}</p>
        <h1>{text("answers.title_debrief")}</h1>
        <p>
          {text("answers.debrief_line", {
            activity: within(view.activity_label),
            asker: askerOf(view),
          })}
        </p>
      </div>
      <DebriefFields
        debrief={debrief}
        asked="answers"
        hint={text("answers.comment_hint")}
        missing={isMissing && text("answers.grade_missing")}
      />
      <FormProblem error={error} onRetry={send} />
      <div className={classes.actions}>
        <Button type="submit" size="md" loading={isSending}>
          {text("answers.send_grade")}
        </Button>
        <Button
          variant="default"
          size="md"
          disabled={isSending}
          onClick={() => onAnswer({ took_place: false, ...commentOf(debrief.comment) })}
        >
          {text("answers.no_show")}
        </Button>
      </div>
    </LinkForm>
  );
}

import { Button, Textarea } from "@mantine/core";
import { useState } from "react";
import { within } from "../../parts/activity";
import "../../text/links";
import { text } from "../../text/text";
import { Grade } from "../../ui/Grade";
import { FormProblem, Notice } from "../../ui/states";
import classes from "./AnswerPage.module.css";
import { askerWords, type FormProps } from "./AskForm";

/** How it was for the customer: one grade confirms that it took place, one button says it did not. */
export function DebriefForm({ view, isSending, error, onAnswer }: FormProps) {
  const [grade, setGrade] = useState<number | null>(null);
  const [fit, setFit] = useState<number | null>(null);
  const [comment, setComment] = useState("");
  const [isMissing, setMissing] = useState(false);
  const send = () => {
    setMissing(grade === null);
    if (grade !== null) onAnswer({ grade, fit: fit ?? undefined, comment: comment.trim() || undefined });
  };
  return (
    <form
      noValidate
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div>
        <p className="soft">{text("answers.hello", { name: view.advocate_name })}</p>
        <h1>{text("answers.title_debrief")}</h1>
        <p>
          {text("answers.debrief_line", {
            activity: within(view.activity_label),
            asker: askerWords(view),
          })}
        </p>
      </div>
      <Grade
        name="grade"
        legend={text("answers.grade")}
        low={text("answers.grade_low")}
        high={text("answers.grade_high")}
        value={grade}
        onChange={setGrade}
      />
      {isMissing ? <Notice title={text("answers.grade_missing")} /> : null}
      <Grade
        name="fit"
        legend={text("answers.fit")}
        low={text("answers.fit_low")}
        high={text("answers.fit_high")}
        value={fit}
        onChange={setFit}
      />
      <Textarea
        autosize
        minRows={3}
        maxLength={2000}
        label={text("answers.comment")}
        description={text("answers.comment_hint")}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
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
          onClick={() => onAnswer({ took_place: false, comment: comment.trim() || undefined })}
        >
          {text("answers.no_show")}
        </Button>
      </div>
    </form>
  );
}

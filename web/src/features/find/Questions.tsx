import { Button, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { AskQuestions, MatchRow, QuestionAnswer, QuestionAnswers } from "../../api/types";
import { answerQuestions } from "../../api/writes";
import { formatShare } from "../../format/format";
import { ContentList } from "../../parts/ContentList";
import { AvailabilityMark } from "../../parts/marks";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { SidePanel } from "../../ui/SidePanel";
import { FormProblem } from "../../ui/states";
import classes from "./Questions.module.css";

/** Bytes that the server reads. */
const LENGTH_MAX = 10_000;

interface Props {
  opened: boolean;
  /** The deal, the activity and the day of the search. */
  asked: Pick<AskQuestions, "opportunity_id" | "activity" | "need_by">;
  onClose: () => void;
  onRequest?: (advocate: string) => void;
}

/** The buyer's list of questions, pasted: for each, what answers it and who can. */
export function Questions({ opened, asked, onClose, onRequest }: Props) {
  const [list, setList] = useState("");
  const asking = useMutation({ mutationFn: () => answerQuestions({ ...asked, text: list }) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (list.trim()) asking.mutate();
  };
  return (
    <SidePanel title={text("find.questions_title")} opened={opened} onClose={onClose} size={720}>
      <form className={classes.form} onSubmit={submit}>
        <Textarea
          label={text("find.questions_label")}
          description={text("find.questions_help")}
          value={list}
          maxLength={LENGTH_MAX}
          minRows={4}
          maxRows={10}
          autosize
          required
          onChange={(event) => setList(event.currentTarget.value)}
        />
        {asking.isError ? <FormProblem error={asking.error} /> : null}
        <Button type="submit" loading={asking.isPending}>
          {text("find.questions_ask")}
        </Button>
      </form>
      {asking.data ? <Answers answers={asking.data} onRequest={onRequest} /> : null}
    </SidePanel>
  );
}

function Answers({ answers, onRequest }: { answers: QuestionAnswers; onRequest: Props["onRequest"] }) {
  const all = answers.questions.length;
  return (
    <>
      <p role="status" className={classes.total}>
        {text("find.questions_total", { count: all, answered: all - answers.unanswered })}
      </p>
      <ol className={classes.answers}>
        {answers.questions.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same question may be asked twice, and the list never moves
          <li key={index} className={classes.answer}>
            <h3>{one.question}</h3>
            <AnswerOf one={one} onRequest={onRequest} />
          </li>
        ))}
      </ol>
    </>
  );
}

function AnswerOf({ one, onRequest }: { one: QuestionAnswer; onRequest: Props["onRequest"] }) {
  if (one.people.length === 0 && one.content.length === 0) {
    return <p className="soft">{text("find.questions_none")}</p>;
  }
  return (
    <>
      {one.content.length > 0 ? <ContentList rows={one.content} /> : null}
      {one.people.length > 0 ? (
        <ul className={classes.people} aria-label={text("find.questions_people")}>
          {one.people.map((row) => (
            <Person key={row.advocate} row={row} onRequest={onRequest} />
          ))}
        </ul>
      ) : null}
    </>
  );
}

function Person({ row, onRequest }: { row: MatchRow; onRequest: Props["onRequest"] }) {
  const fits = row.reasons.filter((reason) => reason.points > 0).map((reason) => reason.words);
  return (
    <li className={classes.person}>
      <div>
        <AppLink href={paths.advocate(row.advocate)}>{row.display_name}</AppLink>
        <div className="meta">
          {[row.relevance === null ? null : formatShare(row.relevance), ...fits].filter(Boolean).join(" · ")}
        </div>
      </div>
      <AvailabilityMark availability={row.availability} />
      {onRequest ? (
        <Button
          size="compact-sm"
          variant="default"
          disabled={row.availability.state === "blocked"}
          aria-label={text("find.request_for", { name: row.display_name })}
          onClick={() => onRequest(row.advocate)}
        >
          {text("find.request")}
        </Button>
      ) : null}
    </li>
  );
}

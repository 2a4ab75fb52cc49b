import { Button, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { readGoal } from "../../api/plan-queries";
import { fieldMessages } from "../../api/problem";
import type { GoalReading } from "../../api/types";
import { formatList } from "../../format/format";
import layout from "../../parts/form.module.css";
import { text } from "../../text/text";
import { Section } from "../../ui/Section";
import { FormProblem } from "../../ui/states";
import classes from "./plan.module.css";

const SENTENCE_MAX = 500;
/** Sentences are read in English, so the example is the same in every language. */
const EXAMPLE =
  "Increase Q3 revenue by 20% from mid-sized healthcare organizations in the Midwest with the new cloud product";

/** A goal in a sentence, and what was read in it. */
export function GoalSentence({ onRead }: { onRead: (reading: GoalReading, sentence: string) => void }) {
  const [sentence, setSentence] = useState("");
  const reading = useMutation({ mutationFn: readGoal, onSuccess: onRead });
  const problem = fieldMessages(reading.error).sentence;
  return (
    <Section title={text("plan.goals.sentence")}>
      <form
        noValidate
        className={layout.form}
        onSubmit={(event) => {
          event.preventDefault();
          reading.mutate(sentence);
        }}
      >
        <Textarea
          aria-label={text("plan.goals.sentence")}
          description={text("plan.goals.sentence_help")}
          placeholder={EXAMPLE}
          autosize
          minRows={3}
          maxRows={8}
          maxLength={SENTENCE_MAX}
          value={sentence}
          error={problem}
          onChange={(event) => setSentence(event.currentTarget.value)}
        />
        {problem ? null : <FormProblem error={reading.error} />}
        <div className={layout.actions}>
          <Button type="submit" loading={reading.isPending} disabled={sentence.trim() === ""}>
            {text("plan.goals.read")}
          </Button>
          {sentence === "" ? (
            <Button
              variant="default"
              onClick={() => {
                setSentence(EXAMPLE);
                reading.mutate(EXAMPLE);
              }}
            >
              {text("plan.goals.use_example")}
            </Button>
          ) : null}
        </div>
      </form>
      {reading.data ? <Understood reading={reading.data} /> : null}
    </Section>
  );
}

/** Words and what they were taken for, so that a wrong guess is seen. */
function Understood({ reading }: { reading: GoalReading }) {
  return (
    <ul className={classes.understood} aria-label={text("plan.goals.read_as")}>
      {reading.words.map((words) => (
        <li key={words.written}>
          {text("plan.goals.words", {
            written: words.written,
            facet: words.facet_name,
            terms: formatList(words.terms.map((term) => term.name)),
          })}
        </li>
      ))}
      {reading.change_problem ? <li>{reading.change_problem}</li> : null}
      {reading.unread.length > 0 ? (
        <li className="soft">{text("plan.goals.unread", { words: reading.unread.join(", ") })}</li>
      ) : null}
    </ul>
  );
}

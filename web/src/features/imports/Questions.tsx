import "../../text/administration";
import { Button, Radio, Stack } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { importQuery } from "../../api/import-queries";
import type { Import } from "../../api/types";
import { editImport } from "../../api/writes";
import { text } from "../../text/text";
import { Section } from "../../ui/Section";
import { FormProblem } from "../../ui/states";

interface Question {
  column: string;
  what: "date_order" | "decimal_mark";
  options: { answer: unknown; meaning: string }[];
  why: string;
}

/** What only a person can say about a column; each is answered before the file goes on. */
export function Questions({ import: file }: { import: Import }) {
  const questions = file.questions as unknown as Question[];
  const cache = useQueryClient();
  const [chosen, setChosen] = useState<Record<string, number>>({});
  const answering = useMutation({
    mutationFn: () => {
      const answers = questions.map((question) => ({
        column: question.column,
        answer: question.options[chosen[question.column] ?? 0]?.answer,
      }));
      return editImport(file, { answers: answers as never });
    },
    onSuccess: (now) => cache.setQueryData(importQuery(now.id).queryKey, now),
  });
  const isWhole = questions.every((question) => chosen[question.column] !== undefined);
  return (
    <Section title={text("imports.questions")}>
      <p className="soft">{text("imports.questions_why")}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isWhole) answering.mutate();
        }}
      >
        <Stack>
          {questions.map((question) => (
            <Radio.Group
              key={question.column}
              label={text(`imports.question.${question.what}`, { column: question.column })}
              description={question.why}
              value={`${chosen[question.column] ?? ""}`}
              onChange={(value) => setChosen({ ...chosen, [question.column]: Number(value) })}
            >
              {question.options.map((option, place) => (
                <Radio key={option.meaning} value={`${place}`} label={option.meaning} mt="xs" />
              ))}
            </Radio.Group>
          ))}
          <FormProblem error={answering.error} />
          <div>
            <Button type="submit" disabled={!isWhole} loading={answering.isPending}>
              {text("imports.answer")}
            </Button>
          </div>
        </Stack>
      </form>
    </Section>
  );
}

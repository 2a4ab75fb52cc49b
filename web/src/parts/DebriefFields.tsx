//! The three questions that each side of a use is asked: how useful it was, how well both fitted, and a word.

import { Textarea } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { text } from "../text/text";
import { Grade } from "../ui/Grade";
import { Notice } from "../ui/states";

/** What somebody has said so far. */
export function useDebrief() {
  const [grade, setGrade] = useState<number | null>(null);
  const [fit, setFit] = useState<number | null>(null);
  const [comment, setComment] = useState("");
  return { grade, setGrade, fit, setFit, comment, setComment };
}

type Debrief = ReturnType<typeof useDebrief>;

/** The same as it is sent: what nobody said is left out. */
export const debriefOf = ({ grade, fit, comment }: Debrief) => ({
  grade: grade ?? undefined,
  fit: fit ?? undefined,
  ...commentOf(comment),
});

/** The words alone, of a use that did not take place. */
export const commentOf = (comment: string) => ({ comment: comment.trim() || undefined });

interface Props {
  debrief: Debrief;
  /** Whose words the questions are asked in: the advocate's, the buyer's or the requester's. */
  asked: "answers" | "slots.debrief" | "requests";
  hint?: string;
  /** What is said where a grade had to be given and was not. */
  missing?: string | false;
  /** What stands in place of the grades where there is nothing to grade. */
  instead?: ReactNode;
}

export function DebriefFields({ debrief, asked, hint, missing, instead }: Props) {
  return (
    <>
      {instead ?? (
        <>
          <Grade
            name="grade"
            legend={text(`${asked}.grade`)}
            low={text(`${asked}.grade_low`)}
            high={text(`${asked}.grade_high`)}
            value={debrief.grade}
            onChange={debrief.setGrade}
          />
          {missing ? <Notice title={missing} /> : null}
          <Grade
            name="fit"
            legend={text(`${asked}.fit`)}
            low={text(`${asked}.fit_low`)}
            high={text(`${asked}.fit_high`)}
            value={debrief.fit}
            onChange={debrief.setFit}
          />
        </>
      )}
      <Textarea
        autosize
        minRows={3}
        maxLength={2000}
        label={text(`${asked}.comment`)}
        description={hint}
        value={debrief.comment}
        onChange={(event) => debrief.setComment(event.currentTarget.value)}
      />
    </>
  );
}

import { Button } from "@mantine/core";
import { IconCircle, IconCircleCheck } from "@tabler/icons-react";
import { useState } from "react";
import type { Advocate } from "../../api/types";
import { text } from "../../text/text";
import { notifyDone } from "../../ui/notify";
import { Section } from "../../ui/Section";
import { Notice } from "../../ui/states";
import classes from "./Interview.module.css";

/** What is asked of a new advocate, in the order of a talk, and whether the profile has the answer. */
const QUESTIONS = {
  story: (one) => Boolean(one.story),
  outcomes: (one) => one.outcomes.length > 0,
  topics_can: (one) => one.topics_can.length > 0,
  topics_cannot: (one) => one.topics_cannot.length > 0,
  activities: (one) => one.activities.length > 0,
  limits: (one) => (one.limits?.per_year ?? one.limits?.per_quarter ?? null) !== null,
  time_zone: (one) => one.time_zone !== null,
  consent: (one) => one.consent.valid,
} as const satisfies Record<string, (advocate: Advocate) => boolean>;

const ALL = Object.keys(QUESTIONS) as (keyof typeof QUESTIONS)[];

const JOINING: readonly Advocate["status"][] = ["vetting", "invited", "onboarding"];

/** The questions that fill a profile, for whoever takes a customer into the program. */
export function Interview({ advocate }: { advocate: Advocate }) {
  const [isRefused, setRefused] = useState(false);
  if (!advocate.can_edit || !JOINING.includes(advocate.status)) return null;
  const open = ALL.filter((one) => !QUESTIONS[one](advocate));
  const copy = () => {
    const words = open.map((one) => `- ${text(`advocates.interview.${one}`)}`).join("\n");
    navigator.clipboard.writeText(words).then(
      () => {
        setRefused(false);
        notifyDone(text("advocates.interview.copied"));
      },
      () => setRefused(true),
    );
  };
  return (
    <Section
      title={text("advocates.interview.title")}
      aside={
        open.length > 0 ? (
          <>
            <span>{text("advocates.interview.open", { count: open.length })}</span>
            <Button size="xs" variant="default" onClick={copy}>
              {text("advocates.interview.copy")}
            </Button>
          </>
        ) : undefined
      }
    >
      <p className="soft">
        {text(open.length > 0 ? "advocates.interview.lead" : "advocates.interview.done")}
      </p>
      {isRefused ? <Notice tone="ask" title={text("advocates.interview.copy_failed")} /> : null}
      <ul className={classes.questions}>
        {ALL.map((one) => (
          <li key={one} data-answered={!open.includes(one) || undefined}>
            {open.includes(one) ? (
              <IconCircle size={16} aria-hidden="true" />
            ) : (
              <IconCircleCheck size={16} role="img" aria-label={text("advocates.interview.answered")} />
            )}
            {text(`advocates.interview.${one}`)}
          </li>
        ))}
      </ul>
    </Section>
  );
}

import type { Candidate } from "../api/types";
import { formatDay } from "../format/format";
import { text } from "../text/text";
import { ProgressSteps, type Step } from "../ui/ProgressSteps";
import { useSession } from "./session";

interface Props {
  candidate: Candidate;
  isBrief?: boolean;
}

/** The way of one candidate: what is done, who has it now, and where it ended; brief in a list of requests. */
export function CandidateSteps({ candidate, isBrief }: Props) {
  const { today } = useSession();
  const name = candidate.advocate.display_name;
  return (
    <ProgressSteps
      label={text("requests.steps", { name })}
      steps={stepsOf(candidate, today)}
      isBrief={isBrief}
    />
  );
}

const ENDS: Candidate["state"][] = ["declined", "expired", "replaced"];

/**
 * A way that ended shows where it got to and how it ended; a step that was passed over is skipped. A deal that
 * joined another's call has no questions to show: they were put once, where the call began.
 */
function stepsOf(candidate: Candidate, today: string): Step[] {
  const isJoined = candidate.call?.is_arranged_here === false;
  const steps = isJoined ? candidate.steps.filter((step) => !isUnputQuestion(step)) : candidate.steps;
  const last = steps.findLastIndex((step) => step.at !== null);
  if (ENDS.includes(candidate.state)) {
    const way = steps.slice(0, last + 1).map((step) => wayStep(step, candidate, today, true));
    const label = text(`candidate_state.${candidate.state}`);
    return [...way, { key: candidate.state, label, state: "ended" }];
  }
  return steps.map((step, place) => wayStep(step, candidate, today, place < last));
}

const isUnputQuestion = ({ state, at }: Candidate["steps"][number]) =>
  at === null && (state === "owner_asked" || state === "advocate_asked");

function wayStep(
  step: Candidate["steps"][number],
  candidate: Candidate,
  today: string,
  isPassed: boolean,
): Step {
  const isNow = step.state === candidate.state && candidate.state !== "done";
  const note = step.at ? formatDay(step.at, today) : undefined;
  return {
    key: step.state,
    label: text(`candidate_state.${step.state}`),
    state: isNow ? "now" : step.done ? "done" : isPassed ? "skipped" : "next",
    note,
  };
}

/** Who has it, and who answers for them while they are away. */
export function holderOf({
  holder,
  holder_name,
  stand_in,
}: Pick<Candidate, "holder" | "holder_name" | "stand_in">) {
  // The server names the team in English.
  const name = holder === "program" ? text("holder.program") : (holder_name ?? text(`holder.${holder}`));
  return stand_in ? text("requests.stand_in", { holder: name, name: stand_in.name }) : name;
}

/** Who acts next, in a word. */
export function holderWords(candidate: Candidate): string {
  if (candidate.is_in_line) return text("requests.in_line");
  if (candidate.holder === "nobody") return text("requests.with_nobody");
  const holder = holderOf(candidate);
  return text(candidate.state === "done" ? "requests.grade_awaited" : "requests.holds", { holder });
}

/** What is awaited, of whom, until when, and what follows; null once nothing is. */
export function nextWords(candidate: Candidate, today: string): string | null {
  const { state } = candidate;
  if (candidate.is_in_line) return text("requests.next.in_line");
  if (candidate.holder === "nobody" || state === "debriefed" || state === "declined") return null;
  if (state === "expired" || state === "replaced") return null;
  const holder = holderOf(candidate);
  const step = text(`requests.next.${state}`, { holder: capital(holder) });
  const due = candidate.due_on
    ? ` ${capital(text("requests.due", { day: formatDay(candidate.due_on, today) }))}.`
    : "";
  return step + due;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

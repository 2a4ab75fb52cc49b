import type { Candidate } from "../api/types";
import { formatDay } from "../format/format";
import { text } from "../text/text";
import { ProgressSteps, type Step } from "../ui/ProgressSteps";
import { useSession } from "./session";

/** The way of one candidate: what is done, who has it now, and where it ended. */
export function CandidateSteps({ candidate }: { candidate: Candidate }) {
  const { today } = useSession();
  const name = candidate.advocate.display_name;
  return <ProgressSteps label={text("requests.steps", { name })} steps={stepsOf(candidate, today)} />;
}

function stepsOf(candidate: Candidate, today: string): Step[] {
  return candidate.steps.map((step) => {
    const isNow = step.state === candidate.state;
    const isEnd = isNow && ["declined", "expired", "replaced"].includes(step.state);
    const note = step.at
      ? formatDay(step.at, today)
      : isNow && candidate.due_on
        ? text("requests.due", { day: formatDay(candidate.due_on, today) })
        : undefined;
    return {
      key: step.state,
      label: text(`candidate_state.${step.state}`),
      state: isEnd ? "ended" : isNow && candidate.holder !== "nobody" ? "now" : step.done ? "done" : "next",
      note,
    };
  });
}

/** Who acts next, as words. */
export function holderWords(candidate: Candidate): string {
  if (candidate.holder === "nobody") return text("requests.with_nobody");
  return text("requests.holds", { holder: candidate.holder_name ?? text(`holder.${candidate.holder}`) });
}

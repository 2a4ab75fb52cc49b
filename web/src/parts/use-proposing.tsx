import { useAttemptKey } from "../api/attempt-key";
import { isCode, problemOf } from "../api/problem";
import type { ProposeCandidates, Request } from "../api/types";
import { proposeCandidates } from "../api/writes";
import { text } from "../text/text";
import { notifyDone } from "../ui/notify";
import { FormProblem } from "../ui/states";
import { NoUseLeft } from "./NoUseLeft";
import { useCandidateChange } from "./use-candidate-change";

/** Proposes one advocate on a request; `problem` is why it was refused, with the ways on. */
export function useProposing(
  request: Request,
  onDone: () => void,
  activity?: NonNullable<ProposeCandidates["activity"]>,
) {
  const keyFor = useAttemptKey();
  const proposing = useCandidateChange(
    (input: ProposeCandidates) => proposeCandidates(request, input, keyFor([request.version, input])),
    (after, input) => {
      onDone();
      const added = after.candidates.find((one) => one.advocate.id === input.advocates[0]);
      notifyDone(text(added?.is_in_line ? "requests.proposed_in_line" : "requests.proposed"));
    },
  );
  const propose = (advocate: string, reason?: string) => {
    if (!proposing.isPending) proposing.mutate({ advocates: [advocate], override_reason: reason, activity });
  };
  const refusal = isCode(proposing.error, "no_use_left") ? problemOf(proposing.error) : null;
  const refused = proposing.variables?.advocates[0];
  const problem =
    refusal && refused ? (
      <NoUseLeft
        key={refused}
        problem={refusal}
        onSwap={propose}
        onOverride={(reason) => propose(refused, reason)}
      />
    ) : (
      <FormProblem error={proposing.error} />
    );
  return { propose, problem };
}

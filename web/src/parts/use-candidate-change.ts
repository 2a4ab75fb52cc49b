import { useMutation, useQueryClient } from "@tanstack/react-query";
import { isCode } from "../api/problem";

/** Everything that shows candidates, to be read again after one moved. */
const TOUCHED = [
  ["request"],
  ["requests"],
  ["approvals"],
  ["inbox"],
  ["matches"],
  ["opportunity"],
  ["opportunities"],
  ["timeline"],
];

/** A step of a candidate; reads everything again that shows it, also when someone else was first. */
export function useCandidateChange<Input, Output>(
  change: (input: Input) => Promise<Output>,
  onDone?: (output: Output, input: Input) => void,
) {
  const cache = useQueryClient();
  const refresh = () => Promise.all(TOUCHED.map((queryKey) => cache.invalidateQueries({ queryKey })));
  return useMutation({
    mutationFn: change,
    onSuccess: async (output, input) => {
      onDone?.(output, input);
      await refresh();
    },
    onError: async (error) => {
      if (isCode(error, "stale_version") || isCode(error, "move_not_allowed") || isCode(error, "conflict"))
        await refresh();
    },
  });
}

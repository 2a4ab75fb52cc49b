import { useMutation, useQueryClient } from "@tanstack/react-query";
import { forget } from "../api/offline";
import { sayProblem } from "../api/problem";
import { notifyFailed } from "../ui/notify";

/** A change of who reads, or of what there is to read: everything read before is forgotten by a full load. */
export function useFreshStart<Input>(change: (input: Input) => Promise<unknown>, then: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async () => {
      cache.clear();
      await forget();
      window.location.assign(then);
    },
    onError: (error) => {
      const said = sayProblem(error);
      notifyFailed(said.title, said.detail);
    },
  });
}

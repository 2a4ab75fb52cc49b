import { useMutation, useQueryClient } from "@tanstack/react-query";
import { forget } from "../api/offline";
import { sayProblem } from "../api/problem";
import { signOut, signOutEverywhere } from "../api/writes";
import { paths } from "../paths/paths";
import { notifyDone } from "../ui/notify";

/** Ends the session here or everywhere, and forgets everything that was read with it. */
export function useLeave() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (where: "here" | "everywhere") => (where === "here" ? signOut() : signOutEverywhere()),
    onSuccess: async () => {
      cache.clear();
      await forget();
      // A full load on purpose: nothing of the person stays in memory.
      window.location.assign(paths.signIn());
    },
    onError: (error) => {
      const said = sayProblem(error);
      notifyDone(said.title, said.detail);
    },
  });
}

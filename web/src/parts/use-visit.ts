//! Going to the demo company beside the program, and back.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { leaveDemoCompany, visitDemoCompany } from "../api/demo-company";
import { forget } from "../api/offline";
import { sayProblem } from "../api/problem";
import type { Role } from "../api/types";
import { paths } from "../paths/paths";
import { notifyFailed } from "../ui/notify";

/** Everything read on the other side is forgotten by a full load. */
function useOtherSide<Input>(change: (input: Input) => Promise<unknown>, then: string) {
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

export const useVisit = () => useOtherSide((role: Role) => visitDemoCompany(role), paths.home());
export const useEndVisit = () => useOtherSide(() => leaveDemoCompany(), paths.demo());

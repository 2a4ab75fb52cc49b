//! Beginning and ending to look through other eyes. Whose are open to whom, the server decides.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { sayProblem } from "../api/problem";
import type { Role, Session, User, ViewAs } from "../api/types";
import { stopViewing, viewAs } from "../api/writes";
import { paths } from "../paths/paths";
import { notifyFailed } from "../ui/notify";
import { canViewAs, hasRole } from "./session";

/** Roles that run or audit the system: the program team does not look through them. */
const ABOVE_PROGRAM: Role[] = ["admin", "privacy"];

/** Whether these roles can be looked through; the server refuses the same. */
export const isViewable = (session: Session, roles: Role[]) =>
  canViewAs(session) && (hasRole(session, "admin") || !roles.some((role) => ABOVE_PROGRAM.includes(role)));

export const isViewableUser = (session: Session, user: User) =>
  user.is_active && user.id !== session.user.id && isViewable(session, user.roles);

/** Everything read with the eyes before is forgotten by a full load. */
function useOtherEyes<Input>(change: (input: Input) => Promise<unknown>, then: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => {
      cache.clear();
      window.location.assign(then);
    },
    onError: (error) => {
      const said = sayProblem(error);
      notifyFailed(said.title, said.detail);
    },
  });
}

export const useViewAs = () => useOtherEyes((input: ViewAs) => viewAs(input), paths.home());
export const useStopViewing = () => useOtherEyes(() => stopViewing(), paths.users());

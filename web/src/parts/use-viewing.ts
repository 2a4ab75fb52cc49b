//! Beginning and ending to look through other eyes. Whose are open to whom, the server decides.

import type { Role, Session, User, ViewAs } from "../api/types";
import { stopViewing, viewAs } from "../api/writes";
import { paths } from "../paths/paths";
import { canViewAs, hasRole } from "./session";
import { useFreshStart } from "./use-fresh-start";

/** Roles that run or audit the system: the program team does not look through them. */
const ABOVE_PROGRAM: Role[] = ["admin", "privacy"];

/** Whether these roles can be looked through; the server refuses the same. */
export const isViewable = (session: Session, roles: Role[]) =>
  canViewAs(session) && (hasRole(session, "admin") || !roles.some((role) => ABOVE_PROGRAM.includes(role)));

export const isViewableUser = (session: Session, user: User) =>
  user.is_active && user.id !== session.user.id && isViewable(session, user.roles);

export const useViewAs = () => useFreshStart((input: ViewAs) => viewAs(input), paths.home());
export const useStopViewing = () => useFreshStart(() => stopViewing(), paths.users());

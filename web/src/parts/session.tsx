//! Who is signed in, for every screen below the shell.

import { createContext, type ReactNode, useContext } from "react";
import type { Role, Session } from "../api/types";

const SessionContext = createContext<Session | null>(null);

export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  return <SessionContext.Provider value={session}>{children}</SessionContext.Provider>;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("useSession is used outside the signed-in shell");
  return session;
}

/** Whether the person holds one of these roles. Decides what is offered; the server decides what is allowed. */
export function hasRole(session: Session, ...roles: Role[]): boolean {
  return session.user.roles.some((role) => roles.includes(role));
}

export const canRequest = (session: Session) => hasRole(session, "seller", "owner", "stakeholder", "program");
export const canNominate = (session: Session) =>
  hasRole(session, "seller", "owner", "stakeholder", "program", "executive");
export const canSeeMetric = (session: Session) =>
  hasRole(session, "seller", "owner", "stakeholder", "program", "executive");
export const canSetGoal = (session: Session) => hasRole(session, "program");
export const canApprove = (session: Session) => hasRole(session, "owner", "program");
export const canTag = (session: Session) => hasRole(session, "program");

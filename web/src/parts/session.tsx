//! Who is signed in, for every screen below the shell.

import { createContext, type ReactNode, useContext } from "react";
import type { Permission, Role, Session } from "../api/types";

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

/** Whether the person may do one thing, as the server counted it from their roles. */
const may = (permission: Permission) => (session: Session) => session.permissions.includes(permission);

export const canRequest = may("request_create");
export const canLogUse = may("use_log");
export const canNominate = may("advocate_nominate");
export const canSeeMetric = may("metric_read");
export const canSetGoal = may("metric_goal_edit");
export const canApprove = may("candidate_approve");
export const canErase = may("erase");
export const canEditContent = may("content_edit");
export const canShare = may("content_share");
export const canTag = may("taxonomy_edit");
export const canReadSettings = may("setting_read");
export const canReadPlan = may("plan_read");
export const canEditPlan = may("plan_edit");
export const canReadNeeds = may("need_read");
export const canEditNeeds = may("need_edit");
export const canReadDemand = may("demand_read");
export const canReadLoad = may("load_read");
export const canEditSettings = may("setting_edit");
export const canEditWeights = may("match_weight_edit");
export const canPropose = may("candidate_propose");
export const canEditUsers = may("user_edit");
export const canReadInbox = may("inbox_own");
export const canComment = may("comment");
export const canViewAs = may("view_as");
export const canReadAudit = may("audit_read");
export const canVerifyAudit = may("audit_verify");
export const canReadJobs = may("job_read");
export const canReplayJobs = may("job_replay");
export const canLockAccounts = may("account_lock");
export const canReadAdvocates = may("advocate_read");
export const canReadContent = may("content_read");
export const canReadConsents = may("consent_read");
export const canReadContacts = may("contact_read");
export const canMoveAdvocates = may("advocate_move");
export const canDelete = may("record_delete");
export const canForget = may("record_forget");
export const canSteward = may("steward");
export const canVerify = may("advocate_edit");
export const canExport = may("export");
export const canImport = may("import");
export const canReadDeals = may("opportunity_read");

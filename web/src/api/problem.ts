//! What can go wrong between the app and the server, as two error types and one way to say it.
//! Decides the words; refuses to know which screen asked.

import { formatDay } from "../format/format";
import { text } from "../text/text";
import type { Problem } from "./types";

/** The server answered with a problem. */
export class ApiProblem extends Error {
  readonly problem: Problem;
  /** Seconds to wait, where the server named them. */
  readonly retryAfter: number | null;

  constructor(problem: Problem, retryAfter: number | null = null) {
    super(problem.title);
    this.name = "ApiProblem";
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

/** No answer arrived: whether the server did the work is unknown, so a retry must carry the same key. */
export class NetworkLost extends Error {
  constructor() {
    super("network lost");
    this.name = "NetworkLost";
  }
}

/** A problem as a person reads it: what happened, why, what to do. */
export interface Said {
  title: string;
  detail: string;
  /** What the screen can offer next to the words. */
  next: "retry" | "sign_in" | "reload" | "choose" | "correct" | "leave" | "wait";
}

/** The one function that puts an error into words. */
export function sayProblem(error: unknown): Said {
  if (error instanceof NetworkLost) {
    return { title: text("problem.network.title"), detail: text("problem.network.detail"), next: "retry" };
  }
  if (error instanceof ApiProblem) return sayCode(error.problem, error.retryAfter);
  return { title: text("problem.unknown.title"), detail: text("problem.unknown.detail"), next: "retry" };
}

function sayCode(problem: Problem, retryAfter: number | null): Said {
  const { code } = problem;
  switch (code) {
    case "not_signed_in":
      return {
        title: text("problem.not_signed_in.title"),
        detail: text("problem.not_signed_in.detail"),
        next: "sign_in",
      };
    case "sign_in_failed":
      return {
        title: text("problem.sign_in_failed.title"),
        detail: text("problem.sign_in_failed.detail"),
        next: "correct",
      };
    case "forbidden":
      return {
        title: text("problem.forbidden.title"),
        detail: problem.detail || text("problem.forbidden.detail"),
        next: "leave",
      };
    case "only_viewing":
      return {
        title: text("problem.only_viewing.title"),
        detail: text("problem.only_viewing.detail"),
        next: "leave",
      };
    case "not_found":
      return {
        title: text("problem.not_found.title"),
        detail: text("problem.not_found.detail"),
        next: "leave",
      };
    case "stale_version":
    case "version_required":
      return {
        title: text("problem.stale_version.title"),
        detail: text("problem.stale_version.detail"),
        next: "choose",
      };
    case "no_use_left":
      return { title: text("problem.no_use_left.title"), detail: sayNextFree(problem), next: "choose" };
    case "invalid_input":
      return { title: text("problem.invalid_input.title"), detail: problem.detail, next: "correct" };
    case "gate_closed":
      return { title: text("problem.gate_closed.title"), detail: problem.detail, next: "choose" };
    case "move_not_allowed":
    case "conflict":
      return { title: text(`problem.${code}.title`), detail: problem.detail, next: "reload" };
    case "too_many_attempts":
      return {
        title: text("problem.too_many_attempts.title"),
        detail: text("problem.too_many_attempts.detail", {
          count: Math.max(1, Math.ceil((retryAfter ?? 60) / 60)),
        }),
        next: "wait",
      };
    case "link_used":
      return {
        title: text("problem.link_used.title"),
        detail: text("problem.link_used.detail"),
        next: "leave",
      };
    case "link_expired":
      return {
        title: text("problem.link_expired.title"),
        detail: text("problem.link_expired.detail"),
        next: "leave",
      };
    case "cross_site":
    case "wrong_host":
      return { title: text(`problem.${code}.title`), detail: problem.detail, next: "leave" };
    case "bad_file":
      return { title: text("problem.bad_file.title"), detail: problem.detail, next: "correct" };
    case "too_large":
      return { title: text("problem.too_large.title"), detail: problem.detail, next: "correct" };
    case "idempotency_key_required":
    case "idempotency_key_reused":
    case "malformed":
    case "method_not_allowed":
    case "wrong_media_type":
    case "broken":
    case "too_slow":
      return {
        title: text("problem.unknown.title"),
        detail: problem.detail || text("problem.unknown.detail"),
        next: "retry",
      };
    default:
      return unknownCode(code);
  }
}

/** A newer server may know a code that this build does not; the compiler holds that we know all of ours. */
function unknownCode(_code: never): Said {
  return { title: text("problem.unknown.title"), detail: text("problem.unknown.detail"), next: "reload" };
}

function sayNextFree(problem: Problem): string {
  return problem.next_free
    ? text("problem.no_use_left.detail", { day: formatDay(problem.next_free) })
    : text("problem.no_use_left.never");
}

export function problemOf(error: unknown): Problem | null {
  return error instanceof ApiProblem ? error.problem : null;
}

export function isCode(error: unknown, code: Problem["code"]): boolean {
  return problemOf(error)?.code === code;
}

/** Messages of the server by field name, for the form to put where they belong. */
export function fieldMessages(error: unknown): Record<string, string> {
  const messages: Record<string, string> = {};
  for (const one of problemOf(error)?.fields ?? []) messages[one.field] = one.message;
  return messages;
}

//! The one door to the server. Decides how a request goes out and how a failure comes back;
//! refuses to know what any record means.

import createClient from "openapi-fetch";
import { connection, forget, keep, kept } from "./offline";
import { ApiProblem, NetworkLost } from "./problem";
import type { paths } from "./schema";
import { sessionEnded } from "./session-ended";
import type { Full, Problem } from "./types";

/** Looks `fetch` up at each call, so that a test can stand in for the network. */
const send = async (request: globalThis.Request): Promise<Response> => {
  try {
    const response = await fetch(request);
    connection.find();
    void keep(request, response);
    return response;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    const known = await kept(request);
    if (known) return known;
    throw new NetworkLost();
  }
};

export const client = createClient<paths>({
  baseUrl: typeof window === "undefined" ? "" : window.location.origin,
  credentials: "same-origin",
  fetch: send,
});

interface Answer<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** The body of a successful answer, or the problem as an error. */
export async function body<Data>(answer: Promise<Answer<Data>>): Promise<Full<Data>> {
  const { data, error, response } = await answer;
  if (response.ok && data !== undefined) return data as Full<Data>;
  throw asProblem(error, response);
}

/** For answers without a body. */
export async function done(answer: Promise<Answer<unknown>>): Promise<void> {
  const { error, response } = await answer;
  if (!response.ok) throw asProblem(error, response);
}

/** A refused answer as an error; also for what does not go through this door. */
export function asProblem(error: unknown, response: Pick<Response, "status" | "headers">): ApiProblem {
  const problem = isProblem(error) ? error : blank(response.status);
  if (problem.code === "not_signed_in") {
    sessionEnded.announce();
    void forget();
  }
  const wait = Number(response.headers.get("Retry-After"));
  return new ApiProblem(problem, Number.isFinite(wait) && wait > 0 ? wait : null);
}

function isProblem(value: unknown): value is Problem {
  return typeof value === "object" && value !== null && "code" in value && typeof value.code === "string";
}

/** A proxy's own error page carries no problem document; its status still says something. */
function blank(status: number): Problem {
  const code =
    status === 404 ? "not_found" : status === 403 ? "forbidden" : status === 401 ? "not_signed_in" : "broken";
  return { type: "about:blank", title: "", status, code, detail: "" };
}

/** The condition that makes a write fail when someone else changed the record first. */
export function ifMatch(version: number): { "If-Match": string } {
  return { "If-Match": `"${version}"` };
}

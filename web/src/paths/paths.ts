//! Every address of the app is built here; no other file spells one out.

import type { InboxPart, ListKind, NoticeClass, StewardReason } from "../api/types";
import { writeSearch } from "./search";

/** What Find can be asked through its address. */
export interface FindSearch {
  /** Free text. */
  q?: string;
  /** Criteria, one per facet: `facet:term,term` with `!` at the end for a must. */
  c?: string[];
  /** Words that stay text even where they name a term. */
  keep?: string[];
  activity?: string;
  by?: string;
  /** "all" lists advocates that are not free, too. */
  show?: "all";
  /** The opportunity whose facts fill the criteria. */
  deal?: string;
  /** More like this advocate, or this account. */
  like?: string;
  like_account?: string;
  /** A saved search, which turns into its parts. */
  saved?: string;
  /** The buyer's list of questions is open. */
  questions?: "yes";
  peek?: string;
  /** Shortlisted advocates. */
  pick?: string[];
  compare?: "yes";
  view?: "table";
  /** Advocate id, "criteria" to ask the program team, or "shortlist" to ask everybody on it. */
  request?: string;
}

/** What the match workbench is asked through its address. */
export interface WorkbenchSearch
  extends Pick<
    FindSearch,
    "q" | "c" | "keep" | "activity" | "by" | "show" | "deal" | "peek" | "pick" | "compare"
  > {
  /** The request to find somebody for. */
  for?: string;
  /** Weights that are tried: `facet:weight`, or `text:weight`. */
  w?: string[];
  /** The advocate whom the deal asks for. */
  ask?: string;
}

export interface ListSearch {
  q?: string;
  stale?: "yes";
  owner?: "me" | "nobody";
  locked?: "yes";
  status?: string;
  scope?: string;
  sort?: string;
}

export interface MetricSearch {
  from?: string;
  to?: string;
  by?: string;
  group?: string;
  leveraged?: "yes" | "no";
  view?: "table";
}

/** How a view of the plan is cut. */
export interface CutSearch {
  /** Keys of the facets of the rows and of the columns. */
  by?: string;
  across?: string;
  /** Days ahead. */
  days?: string;
  terms?: "exact";
  as_of?: string;
  /** The segment that is open. */
  segment?: string;
}

export interface WhatIfSearch extends Omit<CutSearch, "segment"> {
  activity?: string;
  /** The saved scenario that is open. */
  scenario?: string;
}

export interface GapsSearch extends CutSearch {
  activity?: string;
  unverified?: "yes";
}

function withSearch(path: string, search: object): string {
  return path + writeSearch(search);
}

const id = encodeURIComponent;

/** Lists that stand under something else. */
const LIST_PATHS: Partial<Record<ListKind, string>> = {
  contacts: "/accounts/contacts",
  users: "/settings/users",
};

export const paths = {
  home: () => "/",
  signIn: (next?: string) => withSearch("/sign-in", { next }),
  firstRun: () => "/first-run",
  find: (search: FindSearch = {}) => withSearch("/find", search),
  workbench: (search: WorkbenchSearch = {}) => withSearch("/match", search),
  opportunities: (search: ListSearch = {}) => withSearch("/opportunities", search),
  opportunity: (
    opportunity: string,
    search: { request?: string; peek?: string; part?: string; activity?: string; show?: "all" } = {},
  ) => withSearch(`/opportunities/${id(opportunity)}`, search),
  advocates: (search: ListSearch = {}) => withSearch("/advocates", search),
  advocate: (advocate: string, search: { request?: string; tab?: string } = {}) =>
    withSearch(`/advocates/${id(advocate)}`, search),
  recruiting: () => "/recruiting",
  accounts: (search: ListSearch = {}) => withSearch("/accounts", search),
  contacts: (search: { q?: string } = {}) => withSearch("/accounts/contacts", search),
  /** A list of records by its name, with everything that its address says. */
  list: (list: ListKind, search: object = {}) => withSearch(LIST_PATHS[list] ?? `/${list}`, search),
  account: (account: string, search: { tab?: string } = {}) => withSearch(`/accounts/${id(account)}`, search),
  contact: (contact: string, search: { tab?: string } = {}) =>
    withSearch(`/accounts/contacts/${id(contact)}`, search),
  content: () => "/content",
  contentPiece: (content: string) => `/content/${id(content)}`,
  requests: (search: ListSearch = {}) => withSearch("/requests", search),
  request: (request: string) => `/requests/${id(request)}`,
  briefs: (request: string, candidate: string) => `/requests/${id(request)}/briefs/${id(candidate)}`,
  approvals: () => "/approvals",
  metric: (search: MetricSearch = {}) => withSearch("/metric", search),
  gaps: (search: GapsSearch = {}) => withSearch("/plan/gaps", search),
  demand: (search: CutSearch = {}) => withSearch("/plan/demand", search),
  goals: (search: { goal?: string } = {}) => withSearch("/plan/goals", search),
  targets: (search: { target?: string } = {}) => withSearch("/plan/targets", search),
  whatIf: (search: WhatIfSearch = {}) => withSearch("/plan/what-if", search),
  needs: (search: { from?: string; need?: string } = {}) => withSearch("/plan/needs", search),
  sponsor: (search: Omit<CutSearch, "segment"> = {}) => withSearch("/plan/sponsor", search),
  calculator: () => "/plan/calculator",
  taxonomy: (search: { facet?: string; term?: string } = {}) => withSearch("/taxonomy", search),
  load: (search: { month?: string; list?: string } = {}) => withSearch("/load", search),
  unmetSearches: () => "/unmet-searches",
  steward: (search: { reason?: StewardReason; list?: "put_off" } = {}) => withSearch("/steward", search),
  inbox: (search: { part?: InboxPart; class?: NoticeClass } = {}) => withSearch("/inbox", search),
  unmapped: () => "/taxonomy/unmapped",
  trash: () => "/trash",
  bulkChanges: () => "/bulk-changes",
  duplicates: (kind?: "contact") => withSearch("/duplicates", kind ? { kind } : {}),
  imports: () => "/imports",
  import: (file: string) => `/imports/${id(file)}`,
  settings: () => "/settings",
  rules: () => "/settings/rules",
  weights: () => "/settings/weights",
  users: (search: object = {}) => withSearch("/settings/users", search),
  tokens: () => "/settings/tokens",
  sight: (search: { about?: string } = {}) => withSearch("/settings/sight", search),
  audit: (search: { kind?: string; record?: string } = {}) => withSearch("/settings/audit", search),
  health: (search: { jobs?: "dead" } = {}) => withSearch("/settings/health", search),
  demo: () => "/settings/demo",
  answer: (token: string) => `/answer/${id(token)}`,
  pick: (token: string) => `/pick/${id(token)}`,
  shared: (token: string) => `/s/${id(token)}`,
} as const;

//! What each screen accepts in its address. A value that does not fit falls back, it never breaks a page.

import * as z from "zod/mini";
import type { ContentKind, InboxPart, NoticeClass, RecordKind, Role, StewardReason } from "../api/types";

const TEXT_MAX = 300;

const roles: readonly Role[] = ["seller", "owner", "stakeholder", "program", "executive", "admin", "privacy"];

const recordKinds: readonly RecordKind[] = [
  "account",
  "contact",
  "user",
  "opportunity",
  "advocate",
  "content",
  "share",
  "request",
  "candidate",
  "use",
  "facet",
  "term",
  "lock",
  "setting",
  "session",
  "token",
  "import",
  "mapping",
  "job",
  "unmet_search",
  "saved_search",
  "list_view",
  "activity_type",
  "plan",
  "recruiting_target",
  "scenario",
  "growth_goal",
  "bulk_change",
  "need",
];

const contentKinds: readonly ContentKind[] = [
  "case_study",
  "video",
  "quote",
  "review",
  "recording",
  "slide",
  "webinar",
  "logo",
  "podcast",
  "blog",
];

const lenient = <Schema extends z.ZodMiniType>(schema: Schema) => z.catch(z.optional(schema), undefined);

const text = lenient(z.string().check(z.trim(), z.maxLength(TEXT_MAX)));
const uuid = lenient(z.uuid());
const day = lenient(z.iso.date());
const who = lenient(z.union([z.uuid(), z.literal("criteria")]));
/** On Find, everybody on the shortlist, too. */
const whoOfMany = lenient(z.union([z.uuid(), z.enum(["criteria", "shortlist"])]));
const all = lenient(z.enum(["all"]));

/** One value or several, always read as a list. */
const texts = lenient(
  z.pipe(
    z.union([z.string(), z.array(z.string())]),
    z.transform((read) => (typeof read === "string" ? [read] : read)),
  ),
);

const newSheet = z.enum(["request", "nomination", "use"]);
/** What "New" opens over the page that is there. */
export type NewSheet = z.infer<typeof newSheet>;

export const shellSearch = z.object({ new: lenient(newSheet) });

export const signInSearch = z.object({
  // Only a path of this app: an address of another site would make sign-in an open door.
  next: lenient(z.string().check(z.regex(/^\/(?![/\\])/))),
});

export const findSearch = z.object({
  q: text,
  c: texts,
  keep: texts,
  activity: text,
  by: day,
  show: all,
  deal: uuid,
  like: uuid,
  like_account: uuid,
  saved: uuid,
  questions: lenient(z.enum(["yes"])),
  peek: uuid,
  pick: texts,
  compare: lenient(z.enum(["yes"])),
  view: lenient(z.enum(["table"])),
  request: whoOfMany,
});

export const workbenchSearch = z.object({
  q: text,
  c: texts,
  keep: texts,
  w: texts,
  activity: text,
  by: day,
  show: all,
  deal: uuid,
  for: uuid,
  peek: uuid,
  pick: texts,
  compare: lenient(z.enum(["yes"])),
  ask: uuid,
});

export const opportunitySearch = z.object({
  send: uuid,
  peek: uuid,
  request: who,
  activity: text,
  show: all,
  /** The part of the deal that a phone shows; the matches when absent. */
  part: lenient(z.enum(["requests", "comments", "details"])),
});

/** What every list of records keeps in its address beside its filters. */
const listState = {
  cols: texts,
  peek: uuid,
  /** Conditions in groups; the server says which it takes. */
  filter: lenient(z.string().check(z.maxLength(8_000))),
  sort: lenient(z.string().check(z.regex(/^[a-z_]{1,40}$/))),
  direction: lenient(z.enum(["ascending", "descending"])),
};

export const opportunitiesSearch = z.object({
  ...listState,
  q: text,
  /** Open deals when absent. */
  status: lenient(z.enum(["open", "won", "lost", "all"])),
  scope: lenient(z.enum(["mine", "all"])),
  reference: lenient(z.enum(["none"])),
});

export const advocatesSearch = z.object({
  ...listState,
  q: text,
  stale: lenient(z.enum(["yes"])),
  status: lenient(
    z.enum(["nominated", "vetting", "invited", "onboarding", "active", "paused", "retired", "declined"]),
  ),
});

export const advocateSearch = z.object({
  request: lenient(z.enum(["yes"])),
  tab: lenient(z.enum(["content", "activity"])),
});

export const accountsSearch = z.object({
  ...listState,
  q: text,
  owner: lenient(z.enum(["me", "nobody"])),
  locked: lenient(z.enum(["yes"])),
});

export const accountSearch = z.object({ tab: lenient(z.enum(["people", "activity"])) });

export const contactSearch = z.object({ tab: lenient(z.enum(["activity"])) });

const stewardReasons: readonly StewardReason[] = [
  "consent_ending",
  "content_ending",
  "over_limit",
  "owner_gone",
  "stale",
  "never_asked",
];

export const stewardSearch = z.object({
  reason: lenient(z.enum(stewardReasons)),
  list: lenient(z.enum(["put_off"])),
});

const inboxParts: readonly InboxPart[] = ["current", "open", "done", "snoozed", "muted"];
const noticeClasses: readonly NoticeClass[] = ["ask", "update", "mention"];

export const inboxSearch = z.object({
  part: lenient(z.enum(inboxParts)),
  class: lenient(z.enum(noticeClasses)),
});

export const duplicatesSearch = z.object({ kind: lenient(z.enum(["account", "contact"])) });
export const contactsSearch = z.object({ ...listState, q: text });

export const contentSearch = z.object({
  ...listState,
  q: text,
  kind: lenient(z.enum(contentKinds)),
  stage: lenient(z.enum(["early", "middle", "late"])),
  state: lenient(z.enum(["draft", "embargoed", "approved", "expired", "retired"])),
  view: lenient(z.enum(["table"])),
  add: lenient(z.enum(["yes"])),
  send: uuid,
});

export const contentPieceSearch = z.object({
  edit: lenient(z.enum(["yes"])),
  send: lenient(z.enum(["yes"])),
});

export const requestsSearch = z.object({
  scope: lenient(z.enum(["mine", "all"])),
  status: lenient(z.enum(["open", "closed"])),
  view: lenient(z.enum(["board"])),
});

export const loadSearch = z.object({
  list: lenient(z.enum(["tiring", "over_limit", "never_asked", "most_used", "overrides"])),
  view: lenient(z.enum(["table"])),
  month: lenient(z.string().check(z.regex(/^\d{4}-(0[1-9]|1[0-2])$/))),
});

export const metricSearch = z.object({
  from: day,
  to: day,
  by: text,
  group: text,
  groups: lenient(z.enum(["all"])),
  leveraged: lenient(z.enum(["yes", "no"])),
  view: lenient(z.enum(["table"])),
});

const idOrNew = lenient(z.union([z.uuid(), z.literal("new")]));

/** What every view of the plan is cut by. */
const planCut = {
  by: text,
  across: text,
  days: lenient(z.enum(["30", "60", "90", "120", "180", "365"])),
  as_of: day,
  terms: lenient(z.enum(["exact"])),
};

export const gapsSearch = z.object({
  ...planCut,
  activity: text,
  unverified: lenient(z.enum(["yes"])),
  measure: lenient(z.enum(["money"])),
  /** Charts that are shown as tables. */
  table: texts,
  segment: text,
});

export const demandSearch = z.object({
  ...planCut,
  table: texts,
  segment: text,
  /** The plan's assumptions are open. */
  assume: lenient(z.enum(["yes"])),
});

/** The target that is open. */
export const targetsSearch = z.object({ target: uuid });

/** The kept scenario that is open. */
export const whatIfSearch = z.object({ ...planCut, activity: text, scenario: uuid });

/** The kept goal that is open. */
export const goalsSearch = z.object({ goal: uuid });

export const sponsorSearch = z.object(planCut);

export const needsSearch = z.object({
  table: texts,
  from: day,
  /** The need that is open, the form of a new one, or that of a calendar to load. */
  need: lenient(z.union([z.uuid(), z.literal("new"), z.literal("calendar")])),
});

export const calculatorSearch = z.object({
  table: texts,
  /** The saved plan that is worked on. */
  version: uuid,
});

export const taxonomySearch = z.object({ facet: text, q: text, show: all, term: idOrNew });

export const rulesSearch = z.object({ q: text });

export const usersSearch = z.object({
  ...listState,
  q: text,
  role: lenient(z.enum(roles)),
  /** Signs in, never had a password, or is switched off. */
  access: lenient(z.enum(["on", "no_password", "off"])),
  user: idOrNew,
});

export const sightSearch = z.object({ about: text });

export const tokensSearch = z.object({ token: lenient(z.enum(["new"])) });

export const auditSearch = z.object({
  kind: lenient(z.enum(recordKinds)),
  actor: uuid,
  record: uuid,
  from: day,
  to: day,
});

export const healthSearch = z.object({ jobs: lenient(z.enum(["dead"])) });

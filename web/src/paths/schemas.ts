//! What each screen accepts in its address. A value that does not fit falls back, it never breaks a page.

import { z } from "zod";

const text = z.string().trim().max(300).optional().catch(undefined);
const uuid = z.uuid().optional().catch(undefined);
const day = z.iso.date().optional().catch(undefined);

/** One value or several, always read as a list. */
const texts = z
  .union([z.string().transform((one) => [one]), z.array(z.string())])
  .optional()
  .catch(undefined);

export const shellSearch = z.object({ new: z.enum(["request", "nomination"]).optional().catch(undefined) });

export const signInSearch = z.object({
  // Only a path of this app: an address of another site would make sign-in an open door.
  next: z
    .string()
    .regex(/^\/(?![/\\])/)
    .optional()
    .catch(undefined),
});

export const findSearch = z.object({
  q: text,
  c: texts,
  activity: text,
  by: day,
  show: z.enum(["all"]).optional().catch(undefined),
  deal: uuid,
  peek: uuid,
  request: z.union([z.uuid(), z.literal("criteria")]).optional().catch(undefined),
});

export const opportunitySearch = z.object({
  peek: uuid,
  request: z.union([z.uuid(), z.literal("criteria")]).optional().catch(undefined),
  activity: text,
  show: z.enum(["all"]).optional().catch(undefined),
});

export const opportunitiesSearch = z.object({
  q: text,
  status: z.enum(["open", "won", "lost"]).optional().catch(undefined),
  scope: z.enum(["mine", "team", "all"]).optional().catch(undefined),
  sort: z.enum(["close_on", "amount", "name"]).optional().catch(undefined),
  reference: z.enum(["none"]).optional().catch(undefined),
});

export const advocatesSearch = z.object({
  q: text,
  status: z
    .enum(["nominated", "vetting", "invited", "onboarding", "active", "paused", "retired", "declined"])
    .optional()
    .catch(undefined),
});

export const advocateSearch = z.object({ request: z.enum(["yes"]).optional().catch(undefined) });

export const accountsSearch = z.object({ q: text, owner: z.enum(["me"]).optional().catch(undefined) });

export const requestsSearch = z.object({
  scope: z.enum(["mine", "all"]).optional().catch(undefined),
  status: z
    .enum(["submitted", "matching", "in_progress", "fulfilled", "partly_fulfilled", "unfilled", "withdrawn"])
    .optional()
    .catch(undefined),
});

export const metricSearch = z.object({
  from: day,
  to: day,
  by: text,
  group: text,
  leveraged: z.enum(["yes", "no"]).optional().catch(undefined),
  view: z.enum(["table"]).optional().catch(undefined),
});

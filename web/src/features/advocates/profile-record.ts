//! A reference profile as the fields that people change in place, and back again.

import { useQueryClient } from "@tanstack/react-query";
import { advocateQuery } from "../../api/queries";
import type { Advocate, EditAdvocate } from "../../api/types";
import { changeAdvocate } from "../../api/writes";
import { ACTIVITIES } from "../../parts/ActivitySelect";
import type { InlineRecord } from "../../parts/inline/InlineField";
import { text } from "../../text/text";

export type Willing = NonNullable<EditAdvocate["activities"]>[number];
export type Result = NonNullable<EditAdvocate["outcomes"]>[number];

export interface ProfileFields {
  headline: string;
  story: string;
  outcomes: Result[];
  /** One topic a line. */
  topics_can: string;
  topics_cannot: string;
  activities: Willing[];
  limit_per_year: number | "";
  limit_per_quarter: number | "";
  notes: string;
}

export type Profile = InlineRecord<Advocate, ProfileFields>;

export const fieldsOf = (advocate: Advocate): ProfileFields => ({
  headline: advocate.headline ?? "",
  story: advocate.story ?? "",
  outcomes: advocate.outcomes,
  topics_can: advocate.topics_can.join("\n"),
  topics_cannot: advocate.topics_cannot.join("\n"),
  activities: ACTIVITIES.flatMap((activity) =>
    advocate.activities
      .filter((one) => one.activity === activity)
      .map(({ limit_per_year }) => ({ activity, limit_per_year })),
  ),
  limit_per_year: advocate.limits?.per_year ?? "",
  limit_per_quarter: advocate.limits?.per_quarter ?? "",
  notes: advocate.notes ?? "",
});

const lines = (written: string) =>
  written
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** What is sent: topics by line, results that say something, and null for an emptied limit. */
export function changeOf(changed: Partial<ProfileFields>): EditAdvocate {
  const { topics_can, topics_cannot, outcomes, limit_per_year, limit_per_quarter, ...same } = changed;
  return {
    ...same,
    ...(topics_can === undefined ? {} : { topics_can: lines(topics_can) }),
    ...(topics_cannot === undefined ? {} : { topics_cannot: lines(topics_cannot) }),
    ...(outcomes === undefined ? {} : { outcomes: outcomes.filter((one) => one.statement.trim() !== "") }),
    ...(limit_per_year === undefined
      ? {}
      : { limit_per_year: limit_per_year === "" ? null : limit_per_year }),
    ...(limit_per_quarter === undefined
      ? {}
      : { limit_per_quarter: limit_per_quarter === "" ? null : limit_per_quarter }),
  };
}

/** How a value reads where two versions stand side by side. */
export function show(field: keyof ProfileFields, value: unknown): string {
  switch (field) {
    case "outcomes":
      return (value as Result[]).map(resultWords).join("\n");
    case "activities":
      return (value as Willing[]).map((one) => text(`activity.${one.activity}`)).join(", ");
    default:
      return String(value ?? "");
  }
}

export const resultWords = ({ value, unit, statement }: Result) =>
  [value, unit, statement].filter(Boolean).join(" ");

export function useProfile(advocate: Advocate): Profile {
  const cache = useQueryClient();
  return {
    record: advocate,
    canEdit: advocate.can_edit,
    fieldsOf,
    labelOf: (field) => text(`advocates.field.${field}`),
    show,
    read: () => cache.fetchQuery({ ...advocateQuery(advocate.id), staleTime: 0 }),
    save: (version, changed) => changeAdvocate({ id: advocate.id, version }, changeOf(changed)),
    keep: (saved) => {
      cache.setQueryData(advocateQuery(advocate.id).queryKey, saved);
      for (const key of ["advocates", "timeline", "matches"])
        void cache.invalidateQueries({ queryKey: [key] });
    },
    nameOf: (saved) => saved.display_name,
  };
}

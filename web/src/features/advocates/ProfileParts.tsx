//! The parts of a reference profile, each read and changed where it stands, each with how fresh it is.

import { NumberInput, Textarea, TextInput } from "@mantine/core";
import type { Advocate } from "../../api/types";
import { activityName } from "../../parts/activity";
import { InlineField } from "../../parts/inline/InlineField";
import { text } from "../../text/text";
import { Details } from "../../ui/Details";
import { Section } from "../../ui/Section";
import classes from "./AdvocatePage.module.css";
import { Freshness } from "./Freshness";
import { ActivitiesInput, OutcomesInput } from "./ProfileInputs";
import type { Profile } from "./profile-record";

interface Props {
  advocate: Advocate;
  of: Profile;
}

export function Story({ advocate, of }: Props) {
  return (
    <Section title={text("advocates.story")} aside={<Freshness advocate={advocate} part="story" />}>
      {advocate.headline || of.canEdit ? (
        <div className={classes.headline}>
          <InlineField
            of={of}
            field="headline"
            input={(form, label) => (
              <TextInput
                aria-label={label}
                description={text("advocates.headline_hint")}
                maxLength={300}
                {...form.getInputProps("headline")}
              />
            )}
          >
            {advocate.headline ?? <span className="soft">{text("advocates.no_headline")}</span>}
          </InlineField>
        </div>
      ) : null}
      <InlineField
        isLong
        of={of}
        field="story"
        input={(form, label) => (
          <Textarea
            aria-label={label}
            description={text("advocates.story_hint")}
            autosize
            minRows={4}
            maxRows={24}
            maxLength={50_000}
            {...form.getInputProps("story")}
          />
        )}
      >
        {advocate.story ? (
          <p className={`measure ${classes.lines}`}>{advocate.story}</p>
        ) : (
          <span className="soft">
            {text("advocates.no_story")}. {text("advocates.no_story_why")}
          </span>
        )}
      </InlineField>
    </Section>
  );
}

export function Outcomes({ advocate, of }: Props) {
  if (advocate.outcomes.length === 0 && !of.canEdit) return null;
  return (
    <Section title={text("advocates.outcomes")} aside={<Freshness advocate={advocate} part="outcomes" />}>
      <InlineField
        isLong
        of={of}
        field="outcomes"
        input={(form, label) => <OutcomesInput label={label} {...form.getInputProps("outcomes")} />}
      >
        {advocate.outcomes.length === 0 ? (
          <span className="soft">{text("advocates.no_outcomes")}</span>
        ) : (
          <ul className={classes.outcomes}>
            {advocate.outcomes.map((outcome) => (
              <li key={outcome.statement} className={classes.outcome}>
                {outcome.value === null ? null : (
                  <strong className={classes.figure}>
                    {outcome.value}
                    {outcome.unit ? ` ${outcome.unit}` : ""}{" "}
                  </strong>
                )}
                <span>{outcome.statement}</span>
              </li>
            ))}
          </ul>
        )}
      </InlineField>
    </Section>
  );
}

export function Topics({ advocate, of }: Props) {
  const { topics_can: can, topics_cannot: cannot } = advocate;
  if (can.length + cannot.length === 0 && !of.canEdit) {
    return (
      <Section title={text("advocates.topics")}>
        <p className="soft">{text("advocates.no_topics")}</p>
      </Section>
    );
  }
  return (
    <Section title={text("advocates.topics")} aside={<Freshness advocate={advocate} part="topics" />}>
      <Details
        rows={[
          { field: "topics_can" as const, topics: can },
          { field: "topics_cannot" as const, topics: cannot },
        ].map(({ field, topics }) => ({
          label: of.labelOf(field),
          value: (
            <InlineField
              isLong
              of={of}
              field={field}
              input={(form, label) => (
                <Textarea
                  aria-label={label}
                  description={text("advocates.topics_hint")}
                  autosize
                  minRows={3}
                  maxRows={16}
                  {...form.getInputProps(field)}
                />
              )}
            >
              {topics.join(" · ") || text("state.none")}
            </InlineField>
          ),
        }))}
      />
    </Section>
  );
}

export function Activities({ advocate, of }: Props) {
  return (
    <Section title={text("advocates.activities")} aside={<Freshness advocate={advocate} part="activities" />}>
      <InlineField
        isLong
        of={of}
        field="activities"
        input={(form, label) => <ActivitiesInput label={label} {...form.getInputProps("activities")} />}
      >
        {advocate.activities.length === 0 ? (
          <span className="soft">{text("advocates.no_activities")}</span>
        ) : (
          <ul className={classes.activities}>
            {advocate.activities.map((one) => (
              <li key={one.activity} className={classes.activity}>
                <span>{activityName(one.activity)}</span>
                {one.limit_per_year === null ? null : (
                  <span className="meta">{text("advocates.limit_year", { count: one.limit_per_year })}</span>
                )}
              </li>
            ))}
          </ul>
        )}
      </InlineField>
      {advocate.limits ? <Limits advocate={advocate} of={of} /> : null}
    </Section>
  );
}

function Limits({ advocate, of }: Props) {
  const rows = [
    { field: "limit_per_quarter" as const, value: advocate.limits?.per_quarter },
    { field: "limit_per_year" as const, value: advocate.limits?.per_year },
  ];
  return (
    <Details
      rows={rows.map(({ field, value }) => ({
        label: of.labelOf(field),
        value: (
          <InlineField
            of={of}
            field={field}
            input={(form, label) => (
              <NumberInput
                aria-label={label}
                placeholder={text("advocates.no_limit")}
                min={0}
                max={100}
                allowDecimal={false}
                {...form.getInputProps(field)}
              />
            )}
          >
            {value ?? text("advocates.no_limit")}
          </InlineField>
        ),
      }))}
    />
  );
}

export function Notes({ advocate, of }: Props) {
  // Notes are hidden from some readers; who may change them sees that there are none.
  if (advocate.notes === null && !of.canEdit) return null;
  return (
    <Section title={text("advocates.notes")}>
      <InlineField
        isLong
        of={of}
        field="notes"
        input={(form, label) => (
          <Textarea
            aria-label={label}
            autosize
            minRows={3}
            maxRows={16}
            maxLength={20_000}
            {...form.getInputProps("notes")}
          />
        )}
      >
        {advocate.notes ? (
          <p className={classes.lines}>{advocate.notes}</p>
        ) : (
          <span className="soft">{text("advocates.no_notes")}</span>
        )}
      </InlineField>
      <p className="meta">{text("advocates.notes_banner")}</p>
    </Section>
  );
}

//! Times to choose from, as they are written down: local times of one time zone.

import { Button, CloseButton, Select, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { fieldMessages } from "../api/problem";
import type { OfferSlots } from "../api/types";
import { text } from "../text/text";
import classes from "./SlotFields.module.css";

const SLOTS_MIN = 3;
const SLOTS_MAX = 10;
const STEP_SECONDS = 300;

export interface SlotValues {
  zone: string;
  times: string[];
  place: string;
}

export const emptySlots = (zone: string, place = ""): SlotValues => ({
  zone,
  times: Array.from({ length: SLOTS_MIN }, () => ""),
  place,
});

/** Enough to send; the server judges each time. */
export const isOffer = (values: SlotValues): boolean =>
  values.times.filter((time) => time !== "").length >= SLOTS_MIN;

export const offerOf = (values: SlotValues): OfferSlots => ({
  slots: values.times.filter((time) => time !== ""),
  time_zone: values.zone,
  place: values.place.trim() || undefined,
});

interface Props {
  values: SlotValues;
  error: unknown;
  onChange: (values: SlotValues) => void;
}

export function SlotFields({ values, error, onChange }: Props) {
  const problems = fieldMessages(error);
  const { times } = values;
  const setTime = (place: number, time: string) =>
    onChange({ ...values, times: times.map((one, at) => (at === place ? time : one)) });
  // The server counts the times it was sent: those that are filled in.
  const problemAt = (place: number) => {
    const sent = times.slice(0, place).filter((time) => time !== "").length;
    return times[place] ? problems[`slots.${sent}`] : undefined;
  };
  return (
    <div className={classes.fields}>
      <Select
        searchable
        allowDeselect={false}
        label={text("requests.slots.zone")}
        data={zonesWith(values.zone)}
        value={values.zone}
        error={problems.time_zone}
        limit={80}
        onChange={(zone) => onChange({ ...values, zone: zone ?? values.zone })}
      />
      {times.map((time, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the place is what a time is known by
        <div key={place} className={classes.time}>
          <TextInput
            type="datetime-local"
            step={STEP_SECONDS}
            label={text("requests.slots.time", { number: place + 1 })}
            value={time}
            error={problemAt(place)}
            onChange={(event) => setTime(place, event.currentTarget.value)}
          />
          {times.length > SLOTS_MIN ? (
            <CloseButton
              aria-label={text("requests.slots.remove", { number: place + 1 })}
              onClick={() => onChange({ ...values, times: times.filter((_, at) => at !== place) })}
            />
          ) : null}
        </div>
      ))}
      {times.length < SLOTS_MAX ? (
        <Button
          className={classes.add}
          variant="subtle"
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden="true" />}
          onClick={() => onChange({ ...values, times: [...times, ""] })}
        >
          {text("requests.slots.add")}
        </Button>
      ) : null}
      <TextInput
        label={text("requests.slots.place")}
        description={text("requests.slots.place_hint")}
        maxLength={500}
        value={values.place}
        error={problems.place}
        onChange={(event) => onChange({ ...values, place: event.currentTarget.value })}
      />
    </div>
  );
}

/** Every zone this browser knows, and the one that is chosen. */
function zonesWith(zone: string): string[] {
  const known = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((one) => one !== "UTC")];
  return known.includes(zone) ? known : [zone, ...known];
}

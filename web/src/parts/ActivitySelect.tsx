import { Select } from "@mantine/core";
import type { Activity } from "../api/types";
import { text } from "../text/text";

/** Every activity type, in the order the program lists them. */
export const ACTIVITIES: readonly Activity[] = [
  "reference_call",
  "group_call",
  "site_visit",
  "video",
  "case_study",
  "quote",
  "review",
  "logo_use",
  "press_interview",
  "analyst_interview",
  "speaking",
  "webinar",
  "advisory_board",
];

export const DEFAULT_ACTIVITY: Activity = "reference_call";

/** The activity an address names, or the usual one. */
export function readActivity(written: string | undefined | null): Activity {
  return ACTIVITIES.find((one) => one === written) ?? DEFAULT_ACTIVITY;
}

interface Props {
  value: Activity;
  onChange: (activity: Activity) => void;
  label: string;
  isLabelHidden?: boolean;
}

export function ActivitySelect({ value, onChange, label, isLabelHidden = false }: Props) {
  return (
    <Select
      label={isLabelHidden ? undefined : label}
      aria-label={isLabelHidden ? label : undefined}
      data={ACTIVITIES.map((one) => ({ value: one, label: text(`activity.${one}`) }))}
      value={value}
      allowDeselect={false}
      onChange={(next) => onChange(readActivity(next))}
    />
  );
}

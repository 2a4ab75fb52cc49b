//! How needs are shown on every part of their screen.

import { IconAlertTriangle, IconClock, IconUserPlus } from "@tabler/icons-react";
import type { Need } from "../../api/types";
import { text } from "../../text/text";
import { Mark, type Tone } from "../../ui/Mark";

export const NEED_KINDS: readonly Need["kind"][] = [
  "public_relations",
  "analyst_relations",
  "event",
  "social",
  "product_marketing",
];

type Alarm = NonNullable<Need["alarm"]>;

const tones: Record<Alarm, Tone> = {
  overdue: "overdue",
  ask_late: "overdue",
  ask_soon: "ask",
  recruit_late: "overdue",
  recruit_soon: "ask",
};

const icons: Record<Alarm, React.ReactNode> = {
  overdue: <IconAlertTriangle />,
  ask_late: <IconAlertTriangle />,
  ask_soon: <IconClock />,
  recruit_late: <IconAlertTriangle />,
  recruit_soon: <IconUserPlus />,
};

/** What has to be done now, if anything. */
export function AlarmMark({ need }: { need: Need }) {
  if (need.alarm === null) return null;
  return (
    <Mark tone={tones[need.alarm]} icon={icons[need.alarm]}>
      {text(`plan.needs.alarm.${need.alarm}`)}
    </Mark>
  );
}

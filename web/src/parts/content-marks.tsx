//! The states of content and of what was sent, as icon and word.

import {
  IconBan,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconClock,
  IconLock,
} from "@tabler/icons-react";
import type { ContentState, Share } from "../api/types";
import { text } from "../text/text";
import { Mark, type Tone } from "../ui/Mark";

const contentTone: Record<ContentState, Tone> = {
  draft: "plain",
  embargoed: "resting",
  approved: "free",
  expired: "overdue",
  retired: "blocked",
};

const contentIcon: Record<ContentState, typeof IconClock> = {
  draft: IconCircleDashed,
  embargoed: IconLock,
  approved: IconCircleCheck,
  expired: IconClock,
  retired: IconBan,
};

/** What content is today; what its customer took back says so before anything else. */
export function ContentStateMark({ state, consentStands }: { state: ContentState; consentStands: boolean }) {
  if (!consentStands)
    return (
      <Mark tone="overdue" icon={<IconCircleX />}>
        {text("content.taken_back")}
      </Mark>
    );
  const Icon = contentIcon[state];
  return (
    <Mark tone={contentTone[state]} icon={<Icon />}>
      {text(`content_state.${state}`)}
    </Mark>
  );
}

const shareTone: Record<Share["state"], Tone> = {
  live: "free",
  expired: "blocked",
  revoked: "blocked",
  stopped: "overdue",
};

const shareIcon: Record<Share["state"], typeof IconClock> = {
  live: IconCircleCheck,
  expired: IconClock,
  revoked: IconBan,
  stopped: IconCircleX,
};

export function ShareStateMark({ state }: { state: Share["state"] }) {
  const Icon = shareIcon[state];
  return (
    <Mark tone={shareTone[state]} icon={<Icon />}>
      {text(`content.shared.state.${state}`)}
    </Mark>
  );
}

//! The states of the domain as icon and word, the same on every screen.

import {
  IconAlertTriangle,
  IconBan,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconClock,
  IconHourglass,
  IconMessageQuestion,
  IconMoon,
  IconPlayerPause,
  IconSearch,
  IconTrophy,
} from "@tabler/icons-react";
import type {
  AdvocateStatus,
  Availability,
  Candidate,
  CandidateState,
  OpportunityStatus,
  RequestStatus,
} from "../api/types";
import { formatDay } from "../format/format";
import { text } from "../text/text";
import { Mark, type Tone } from "../ui/Mark";
import { useSession } from "./session";

/** Whether an advocate can be asked, with the day it changes. */
export function AvailabilityMark({ availability }: { availability: Availability }) {
  const { today } = useSession();
  switch (availability.state) {
    case "free":
      return (
        <Mark tone="free" icon={<IconCircleCheck />}>
          {text("availability.free")}
        </Mark>
      );
    case "rests_until":
      return (
        <Mark tone="resting" icon={<IconMoon />}>
          {availability.until
            ? text("availability.rests_until", { day: formatDay(availability.until, today) })
            : text("availability.rests")}
        </Mark>
      );
    case "ask_owner":
      return (
        <Mark tone="ask" icon={<IconMessageQuestion />}>
          {text("availability.ask_owner")}
        </Mark>
      );
    case "blocked":
      return (
        <Mark tone="blocked" icon={<IconBan />}>
          {text("availability.blocked")}
        </Mark>
      );
  }
}

const requestTone: Record<RequestStatus, Tone> = {
  draft: "plain",
  submitted: "resting",
  matching: "ask",
  in_progress: "resting",
  fulfilled: "free",
  partly_fulfilled: "free",
  unfilled: "blocked",
  withdrawn: "blocked",
};

const requestIcon: Record<RequestStatus, typeof IconClock> = {
  draft: IconCircleDashed,
  submitted: IconClock,
  matching: IconSearch,
  in_progress: IconHourglass,
  fulfilled: IconCircleCheck,
  partly_fulfilled: IconCircleCheck,
  unfilled: IconCircleX,
  withdrawn: IconBan,
};

export function RequestStatusMark({ status }: { status: RequestStatus }) {
  const Icon = requestIcon[status];
  return (
    <Mark tone={requestTone[status]} icon={<Icon />}>
      {text(`request_status.${status}`)}
    </Mark>
  );
}

const candidateTone: Record<CandidateState, Tone> = {
  proposed: "plain",
  owner_asked: "resting",
  advocate_asked: "resting",
  accepted: "free",
  scheduled: "free",
  done: "free",
  debriefed: "free",
  declined: "blocked",
  expired: "overdue",
  replaced: "blocked",
};

export function CandidateStateMark({ state }: { state: CandidateState }) {
  const icon =
    state === "declined" || state === "replaced" ? (
      <IconCircleX />
    ) : state === "expired" ? (
      <IconAlertTriangle />
    ) : candidateTone[state] === "free" ? (
      <IconCircleCheck />
    ) : (
      <IconHourglass />
    );
  return (
    <Mark tone={candidateTone[state]} icon={icon}>
      {text(`candidate_state.${state}`)}
    </Mark>
  );
}

/** Since when an answer is late. */
export function OverdueMark({ candidate }: { candidate: Candidate }) {
  const { today } = useSession();
  if (!candidate.overdue || !candidate.due_on) return null;
  return (
    <Mark tone="overdue" icon={<IconAlertTriangle />}>
      {text("requests.overdue", { day: formatDay(candidate.due_on, today) })}
    </Mark>
  );
}

const advocateTone: Record<AdvocateStatus, Tone> = {
  nominated: "plain",
  vetting: "plain",
  invited: "resting",
  onboarding: "resting",
  active: "free",
  paused: "ask",
  retired: "blocked",
  declined: "blocked",
};

export function AdvocateStatusMark({ status }: { status: AdvocateStatus }) {
  const icon =
    status === "active" ? (
      <IconCircleCheck />
    ) : status === "paused" ? (
      <IconPlayerPause />
    ) : advocateTone[status] === "blocked" ? (
      <IconBan />
    ) : (
      <IconCircleDashed />
    );
  return (
    <Mark tone={advocateTone[status]} icon={icon}>
      {text(`advocate_status.${status}`)}
    </Mark>
  );
}

export function OpportunityStatusMark({ status }: { status: OpportunityStatus }) {
  switch (status) {
    case "open":
      return (
        <Mark tone="plain" icon={<IconCircleDashed />}>
          {text("opportunity_status.open")}
        </Mark>
      );
    case "won":
      return (
        <Mark tone="free" icon={<IconTrophy />}>
          {text("opportunity_status.won")}
        </Mark>
      );
    case "lost":
      return (
        <Mark tone="blocked" icon={<IconCircleX />}>
          {text("opportunity_status.lost")}
        </Mark>
      );
  }
}

/** Whether a deal has its reference. */
export function ReferenceMark({ has, openRequests }: { has: boolean; openRequests: number }) {
  if (has)
    return (
      <Mark tone="free" icon={<IconCircleCheck />}>
        {text("opportunities.has_reference")}
      </Mark>
    );
  if (openRequests > 0) {
    return (
      <Mark tone="resting" icon={<IconHourglass />}>
        {text("opportunities.open_requests", { count: openRequests })}
      </Mark>
    );
  }
  return (
    <Mark tone="ask" icon={<IconAlertTriangle />}>
      {text("opportunities.no_reference")}
    </Mark>
  );
}

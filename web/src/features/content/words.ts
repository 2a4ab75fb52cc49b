//! The closed lists of content, in the order in which they are offered.

import type { Audience, ContentKind, ContentState, DealStage } from "../../api/types";

export const KINDS: readonly ContentKind[] = [
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

export const STAGES: readonly DealStage[] = ["early", "middle", "late"];

export const STATES: readonly ContentState[] = ["draft", "embargoed", "approved", "expired", "retired"];

export const AUDIENCES: readonly Audience[] = ["internal", "buyer", "public"];

//! English. One file per feature; keys are `feature.what`.

import { accounts } from "./accounts";
import { advocates } from "./advocates";
import { approvals } from "./approvals";
import { common } from "./common";
import { content } from "./content";
import { demand } from "./demand";
import { find } from "./find";
import { home } from "./home";
import { lists } from "./lists";
import { load } from "./load";
import { metric } from "./metric";
import { opportunities } from "./opportunities";
import { problem } from "./problem";
import { recruiting } from "./recruiting";
import { requests } from "./requests";
import { session } from "./session";
import { shell } from "./shell";
import { users } from "./users";
import { words } from "./words";
import { workbench } from "./workbench";

export const en = {
  ...common,
  ...words,
  ...lists,
  accounts,
  advocates,
  approvals,
  content,
  demand,
  load,
  find,
  home,
  metric,
  opportunities,
  problem,
  recruiting,
  requests,
  session,
  shell,
  users,
  workbench,
} as const;

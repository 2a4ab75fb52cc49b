//! English. One file per feature; keys are `feature.what`.

import { accounts } from "./accounts";
import { advocates } from "./advocates";
import { answers } from "./answers";
import { approvals } from "./approvals";
import { audit } from "./audit";
import { common } from "./common";
import { content } from "./content";
import { demand } from "./demand";
import { find } from "./find";
import { health } from "./health";
import { home } from "./home";
import { imports } from "./imports";
import { lists } from "./lists";
import { load } from "./load";
import { metric } from "./metric";
import { opportunities } from "./opportunities";
import { problem } from "./problem";
import { recruiting } from "./recruiting";
import { requests } from "./requests";
import { session } from "./session";
import { settings } from "./settings";
import { shell } from "./shell";
import { slots } from "./slots";
import { taxonomy } from "./taxonomy";
import { tokens } from "./tokens";
import { users } from "./users";
import { words } from "./words";
import { workbench } from "./workbench";

export const en = {
  ...common,
  ...words,
  ...lists,
  accounts,
  advocates,
  answers,
  approvals,
  content,
  demand,
  load,
  find,
  home,
  imports,
  metric,
  opportunities,
  problem,
  recruiting,
  requests,
  session,
  shell,
  slots,
  audit,
  health,
  settings,
  tokens,
  users,
  taxonomy,
  workbench,
} as const;

//! What `text/administration.ts` adds to the catalogue.

import { audit } from "./audit";
import { demo } from "./demo";
import { first_steps } from "./first-steps";
import { health } from "./health";
import { imports } from "./imports";
import { settings } from "./settings";
import { sight } from "./sight";
import { taxonomy } from "./taxonomy";
import { tokens } from "./tokens";
import { viewing } from "./viewing";

export const administration = {
  audit,
  demo,
  first_steps,
  health,
  imports,
  settings,
  sight,
  taxonomy,
  tokens,
  viewing,
} as const;

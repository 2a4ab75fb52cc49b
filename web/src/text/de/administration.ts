//! What `text/administration.ts` adds to the catalogue.

import { audit } from "./audit";
import { health } from "./health";
import { imports } from "./imports";
import { settings } from "./settings";
import { taxonomy } from "./taxonomy";
import { tokens } from "./tokens";

export const administration = { audit, health, imports, settings, taxonomy, tokens } as const;

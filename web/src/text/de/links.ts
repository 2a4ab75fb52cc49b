//! What `text/links.ts` adds to the catalogue.

import { answers } from "./answers";
import { slots } from "./slots";

export const links = { answers, slots } as const;

//! What `text/links.ts` adds to the catalogue.

import { answers } from "./answers";
import { briefs } from "./briefs";
import { slots } from "./slots";

export const links = { answers, briefs, slots } as const;

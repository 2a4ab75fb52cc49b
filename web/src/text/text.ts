//! The message catalogue: every word a person reads comes from here.

import i18next from "i18next";
import type { administration } from "./en/administration";
import type { bulk } from "./en/bulk";
import type { duplicates } from "./en/duplicates";
import { en } from "./en/en";
import type { nomination } from "./en/nomination";
import type { plan } from "./en/plan";
import type { trash } from "./en/trash";
import type { uses } from "./en/uses";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    // The words of some screens come with them, see administration.ts, plan.ts, uses.ts, duplicates.ts,
    // bulk.ts, trash.ts and
    // nomination.ts.
    resources: {
      translation: typeof en &
        typeof administration & {
          plan: typeof plan;
          uses: typeof uses;
          duplicates: typeof duplicates;
          bulk: typeof bulk;
          trash: typeof trash;
          nomination: typeof nomination;
        };
    };
  }
}

export const catalogue = i18next.createInstance();

void catalogue.init({
  lng: "en",
  fallbackLng: "en",
  resources: { en: { translation: en } },
  // React escapes; escaping twice would show entities.
  interpolation: { escapeValue: false },
  initAsync: false,
});

/** A message by its key. */
export const text = catalogue.t;

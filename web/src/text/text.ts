//! The message catalogue: every word a person reads comes from here.

import i18next from "i18next";
import { en } from "./en/en";
import type { plan } from "./en/plan";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    // The words of planning come with its screens, see plan.ts.
    resources: { translation: typeof en & { plan: typeof plan } };
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

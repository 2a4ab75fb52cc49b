//! The message catalogue: every word a person reads comes from here.

import i18next from "i18next";
import { en } from "./en/en";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: typeof en };
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

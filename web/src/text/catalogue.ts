//! The words of one language, and the parts of it that are still on their way.

import i18next, { type FormatterModule } from "i18next";
import { type Language, language, locale } from "./language";

export const catalogue = i18next.createInstance();

const numbers = new Intl.NumberFormat(locale);

/** Numbers in sentences read as numbers anywhere else on the page. */
const formatter: FormatterModule = {
  type: "formatter",
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  format: (value) => (typeof value === "number" ? numbers.format(value) : value),
};

void catalogue.use(formatter).init({
  lng: language,
  resources: {},
  interpolation: {
    // React escapes; escaping twice would show entities.
    escapeValue: false,
    alwaysFormat: true,
  },
  initAsync: false,
});

let arriving: Promise<unknown> = Promise.resolve();

/** Adds words as soon as they are here; only those of the language that is spoken are fetched. */
export function addWords(of: Record<Language, () => Promise<object>>) {
  const added = of[language]().then((words) =>
    catalogue.addResourceBundle(language, "translation", words, true),
  );
  arriving = Promise.all([arriving, added]);
}

/** Done when all words that were asked for are here. */
export const wordsArrived = (): Promise<unknown> => arriving;

/** A part of the program did not arrive: no connection, or the server has a newer version by now. */
export class PartLost extends Error {
  constructor(cause: unknown) {
    // The router looks at the browser's words, and loads the page anew once.
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = "PartLost";
  }
}

/** A part of the program once it and the words that it asks for are here: nobody sees a screen without words. */
export async function spoken<Part>(part: Promise<Part>): Promise<Part> {
  try {
    const arrived = await part;
    await wordsArrived();
    return arrived;
  } catch (cause) {
    throw new PartLost(cause);
  }
}

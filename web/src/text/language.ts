//! Which language this page speaks: decided before the first paint by `public/theme.js`, from what was
//! chosen in this browser, else from the languages that the browser asks for.

export type Language = "en" | "de";

/** Each language by its own name, so that whoever reads only that one finds it. */
export const languageNames: readonly (readonly [Language, string])[] = [
  ["en", "English"],
  ["de", "Deutsch"],
];

const KEY = "goodword-language";

export const language: Language = document.documentElement.lang === "de" ? "de" : "en";

/** The regional form of the language that this browser prefers, such as `de-CH`: it decides how days and numbers look. */
export const locale: string =
  navigator.languages.find((one) => one.toLowerCase().split("-")[0] === language) ?? language;

/** Speaks another language from now on. The page starts anew, so that nothing on it stays in the old one. */
export function chooseLanguage(next: Language) {
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // Storage may be forbidden, and a page that starts anew would then forget the choice.
    return;
  }
  window.location.reload();
}

//! The words that every page needs, asked for before the first one is shown.

import { addWords } from "./catalogue";

addWords({
  en: () => import("./en/en").then(({ en }) => en),
  de: () => import("./de/de").then(({ de }) => de),
});

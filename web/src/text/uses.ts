//! The words of logged uses, loaded with the screens that show them.

import { addWords } from "./catalogue";

addWords({
  en: () => import("./en/uses"),
  de: () => import("./de/uses"),
});

//! The words of the duplicates queue, loaded with it: one role works there, everybody loads the first page.

import { addWords } from "./catalogue";

addWords({
  en: () => import("./en/duplicates"),
  de: () => import("./de/duplicates"),
});

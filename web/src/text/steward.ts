//! The words of the steward queue, loaded with it: two roles work there, everybody loads the first page.

import { addWords } from "./catalogue";

addWords({
  en: () => import("./en/steward"),
  de: () => import("./de/steward"),
});

//! The words of the inbox's own page, loaded with it; the list under the bell has those of the shell.

import { addWords } from "./catalogue";

addWords({
  en: () => import("./en/inbox"),
  de: () => import("./de/inbox"),
});

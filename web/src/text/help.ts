//! The words of the help on single fields, loaded once somebody asks for help.

import { addWords } from "./catalogue";

addWords({
  en: () => import("./en/help"),
  de: () => import("./de/help"),
});

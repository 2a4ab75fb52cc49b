//! The words of the screens on which a program is set up and kept clean, loaded with them: few people
//! work there, everybody loads the first page.

import { addWords } from "./catalogue";

addWords({
  en: () => import("./en/administration").then(({ administration }) => administration),
  de: () => import("./de/administration").then(({ administration }) => administration),
});

//! The words of changing many records, loaded once somebody chooses rows.

import { addWords } from "./catalogue";

addWords({
  en: () => import("./en/bulk"),
  de: () => import("./de/bulk"),
});

//! The words of deleting and restoring, loaded where that is offered.

import { addWords } from "./catalogue";

addWords({
  en: () => import("./en/trash"),
  de: () => import("./de/trash"),
});

//! The words of holds, loaded with the screens that show them.

import { addWords } from "./catalogue";

addWords({
  en: () => import("./en/holds"),
  de: () => import("./de/holds"),
});

//! The words of nominating, loaded with its form.

import { addWords } from "./catalogue";

addWords({
  en: () => import("./en/nomination"),
  de: () => import("./de/nomination"),
});

//! The words of the homes of single roles, loaded with the home: the first page does not wait for them.

import { addWords } from "./catalogue";

addWords({
  en: () => import("./en/homes"),
  de: () => import("./de/homes"),
});

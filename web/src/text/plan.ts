//! The words of the planning screens, loaded with them: few people plan, everybody loads the first page.

import { addWords } from "./catalogue";

addWords({
  en: () => import("./en/plan"),
  de: () => import("./de/plan"),
});

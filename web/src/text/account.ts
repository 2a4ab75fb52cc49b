//! The words of an account's overview and of what keeps it from being used, loaded with its page.

import { addWords } from "./catalogue";

addWords({
  en: () => import("./en/account"),
  de: () => import("./de/account"),
});

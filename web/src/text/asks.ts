//! The words of consents, and of whose yes an ask needed, loaded with the screens that show them.

import { addWords } from "./catalogue";

addWords({
  en: () => import("./en/asks"),
  de: () => import("./de/asks"),
});

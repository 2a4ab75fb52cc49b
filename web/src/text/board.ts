//! The words of the board of requests, loaded with it.

import { addWords } from "./catalogue";

addWords({
  en: () => import("./en/board"),
  de: () => import("./de/board"),
});

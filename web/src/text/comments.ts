//! The words of comments, loaded with what colleagues write on a record.

import { addWords } from "./catalogue";

addWords({
  en: () => import("./en/comments"),
  de: () => import("./de/comments"),
});

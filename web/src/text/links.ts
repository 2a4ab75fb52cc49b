//! The words behind signed links, loaded with the pages that nobody signs in for.

import { addWords } from "./catalogue";

addWords({
  en: () => import("./en/links").then(({ links }) => links),
  de: () => import("./de/links").then(({ links }) => links),
});

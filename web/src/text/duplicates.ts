//! The words of the duplicates queue, loaded with it: one role works there, everybody loads the first page.

import { duplicates } from "./en/duplicates";
import { catalogue } from "./text";

catalogue.addResourceBundle("en", "translation", { duplicates }, true);

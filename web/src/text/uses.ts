//! The words of logged uses, loaded with the screens that show them.

import { uses } from "./en/uses";
import { catalogue } from "./text";

catalogue.addResourceBundle("en", "translation", { uses }, true);

//! The words of deleting and restoring, loaded where that is offered.

import { trash } from "./en/trash";
import { catalogue } from "./text";

catalogue.addResourceBundle("en", "translation", { trash }, true);

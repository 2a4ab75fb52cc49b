//! The words of changing many records, loaded once somebody chooses rows.

import { bulk } from "./en/bulk";
import { catalogue } from "./text";

catalogue.addResourceBundle("en", "translation", { bulk }, true);

//! The words of the screens on which a program is set up and kept clean, loaded with them: few people
//! work there, everybody loads the first page.

import { administration } from "./en/administration";
import { catalogue } from "./text";

catalogue.addResourceBundle("en", "translation", administration, true);

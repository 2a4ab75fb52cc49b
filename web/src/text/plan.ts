//! The words of the planning screens, loaded with them: few people plan, everybody loads the first page.

import { plan } from "./en/plan";
import { catalogue } from "./text";

catalogue.addResourceBundle("en", "translation", { plan }, true);

//! The words of nominating, loaded with its form.

import { nomination } from "./en/nomination";
import { catalogue } from "./text";

catalogue.addResourceBundle("en", "translation", { nomination }, true);

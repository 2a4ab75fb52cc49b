//! What an activity is called, in the reader's language.

import type { Activity } from "../api/types";
import { language } from "../text/language";
import { text } from "../text/text";

export const activityName = (activity: Activity): string => text(`activity.${activity}`);

/** A name as it stands within a sentence: English writes it small, German writes nouns large everywhere. */
export const within = (name: string): string => (language === "en" ? name.toLowerCase() : name);

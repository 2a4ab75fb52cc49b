//! Fields of two records side by side, by the names people read.

import { catalogue } from "../../text/catalogue";
import type { duplicates } from "../../text/en/duplicates";
import { text } from "../../text/text";

type Field = keyof typeof duplicates.fields;

/** A field of a newer server is shown as it is called there. */
export function fieldLabel(name: string): string {
  return catalogue.exists(`duplicates.fields.${name}`) ? text(`duplicates.fields.${name as Field}`) : name;
}

/** A value as the event log writes it, for a person to read. */
export function written(value: unknown): string {
  if (value === null || value === undefined || value === "") return text("duplicates.none");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

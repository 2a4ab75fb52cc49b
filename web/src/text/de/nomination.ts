import type { nomination as english } from "../en/nomination";
import type { Wording } from "../wording";

export const nomination: Wording<typeof english> = {
  title: "Referenzgeber nominieren",
  lead: "Dauert eine halbe Minute. Das Programmteam sagt Ihnen, was daraus wurde.",
  target: "Zählt für das Gewinnungsziel {{target}}.",
  account: "Unternehmen",
  account_hint: "Ein vorhandenes Unternehmen wird am Namen erkannt.",
  account_missing: "Geben Sie das Unternehmen ein.",
  name: "Name",
  name_missing: "Geben Sie den Namen der Person ein.",
  job: "Position",
  email: "E-Mail",
  why: "Warum diese Person?",
  why_hint: "Was sie erreicht hat und was sie gern tun würde.",
  send: "Nominieren",
  sent: "Nominiert",
  sent_detail: "{{name}} liegt beim Programmteam.",
  known: "Diese Person ist schon im Programm",
  known_status: "Status: {{status}}.",
  known_open: "Profil öffnen",
  needed: "Jetzt gesucht",
  needed_hint: "Wählen Sie eines, wenn die Person passt; die Nominierung zählt dafür.",
  needed_none: "Keines davon",
  needed_more_one: "{{count}} weitere Nominierung gesucht, Wert {{worth}}",
  needed_more_other: "{{count}} weitere Nominierungen gesucht, Wert {{worth}}",
  mine: "Ihre Nominierungen",
};

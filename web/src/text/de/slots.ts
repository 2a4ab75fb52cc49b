import type { slots as english } from "../en/slots";
import type { Wording } from "../wording";

export const slots: Wording<typeof english> = {
  title: "Termin wählen",
  lead: "{{asker}} hat für Sie vereinbart: {{activity}} mit {{who}}.",
  who_title: "{{title}} bei {{account}}",
  who_account: "jemandem bei {{account}}",
  who_nobody: "einem Kunden",
  asker_company: "{{asker}} von {{company}}",
  which: "Welcher Termin passt Ihnen?",
  zone: "Ihre Zeitzone",
  length_one: "{{count}} Minute",
  length_other: "{{count}} Minuten",
  email: "Ihre E-Mail-Adresse (freiwillig)",
  email_hint: "Für eine Einladung in Ihren Kalender. Sie wird 30 Tage nach Abschluss der Anfrage vergessen.",
  pick: "Diesen Termin nehmen",
  missing: "Wählen Sie einen der Termine.",
  until: "Dieser Link gilt bis {{when}}.",
  picked_title: "Der Termin ist vereinbart",
  picked_when: "{{when}} ({{zone}}), {{count}} Minuten",
  picked_detail: "Um ihn zu ändern, schreiben Sie an {{asker}}.",
  file: "In den Kalender übernehmen",
  over_title: "Diese Termine sind vorbei",
  over_detail: "Hier wird nichts mehr angeboten. Schreiben Sie an {{asker}} für neue Termine.",
};

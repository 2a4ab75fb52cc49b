import type { slots as english } from "../en/slots";
import type { Wording } from "../wording";

export const slots: Wording<typeof english> = {
  title: "Termin wählen",
  lead: "{{asker}} hat für Sie vereinbart: {{activity}} mit {{who}}.",
  who_title: "{{title}} bei {{account}}",
  who_account: "jemandem bei {{account}}",
  who_nobody: "einem Kunden",
  which: "Welcher Termin passt Ihnen?",
  zone: "Ihre Zeitzone",
  length_one: "{{count}} Minute",
  length_other: "{{count}} Minuten",
  email: "Ihre E-Mail-Adresse (freiwillig)",
  email_hint:
    "Für eine Einladung in Ihren Kalender und drei kurze Fragen danach. Sie wird 30 Tage nach Abschluss der Anfrage vergessen.",
  pick: "Diesen Termin nehmen",
  missing: "Wählen Sie einen der Termine.",
  until: "Dieser Link gilt bis {{when}}.",
  picked_title: "Der Termin ist vereinbart",
  picked_when: "{{when}} ({{zone}}), {{count}} Minuten",
  picked_detail: "Um ihn zu ändern, schreiben Sie an {{asker}}.",
  file: "In den Kalender übernehmen",
  over_title: "Diese Termine sind vorbei",
  over_detail: "Hier wird nichts mehr angeboten. Schreiben Sie an {{asker}} für neue Termine.",
  debrief: {
    title: "Wie war es?",
    lead: "Am {{day}} fand statt: {{activity}}, mit {{who}}. {{asker}} hat es vereinbart und liest, was Sie schreiben.",
    grade: "Wie nützlich war es für Sie?",
    grade_low: "Gar nicht",
    grade_high: "Entscheidend",
    grade_missing: "Wählen Sie von 1 bis 5, wie nützlich es war.",
    fit: "Wie ähnlich war deren Lage der Ihren? (freiwillig)",
    fit_low: "Nichts gemeinsam",
    fit_high: "Wie bei uns",
    comment: "Worüber hätten Sie gern mehr gehört? (freiwillig)",
    send: "Senden",
    thanks_title: "Vielen Dank",
    thanks_detail:
      "Das hilft {{asker}}, Ihnen Gesprächspartner zu finden, mit denen Sie sich vergleichen können.",
    over_title: "Eine Antwort ist nicht mehr nötig",
    over_detail: "Möchten Sie trotzdem etwas sagen, schreiben Sie an {{asker}}.",
  },
};

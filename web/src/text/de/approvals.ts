import type { approvals as english } from "../en/approvals";
import type { Wording } from "../wording";

export const approvals: Wording<typeof english> = {
  title: "Freigaben",
  lead: "Ihre Kunden, Ihr Ja. Niemand wird gefragt, bevor Sie antworten.",
  empty_title: "Nichts wartet auf Ihre Antwort",
  empty_why:
    "Wenn jemand aus dem Team einen Ihrer Kunden anfragt, erscheint es hier und in Ihrem Posteingang.",
  for_deal: "für {{deal}}",
  asks: "{{name}} fragt an: {{activity}}",
  by_day: "Antwort bis {{day}}",
  overdue: "Antwort war fällig am {{day}}",
  uses: "Einsätze",
  in_year: "{{number}} in 12 Monaten",
  last_use: "Letzter Einsatz",
  never: "nie",
  health: "Zustand",
  nps: "NPS",
  locks: "Sperren",
  no_locks: "Keine",
  locked: "Gesperrt",
  keys: "J und K wählen, A gibt frei, C gibt mit Bedingungen frei, X merkt vor, D lehnt ab",
  pick: "{{name}} vormerken",
  approve_together_one: "Vorgemerkte freigeben",
  approve_together_other: "{{count}} freigeben",
  approved_together_one: "{{count}} freigegeben",
  approved_together_other: "{{count}} freigegeben",
  not_approved_one: "{{count}} ging nicht; der Grund steht auf der Karte.",
  not_approved_other: "{{count}} gingen nicht; die Gründe stehen auf den Karten.",
  need_by: "Gebraucht",
};

import type { ownerAsks as english } from "../en/owner-asks";
import type { Wording } from "../wording";

export const ownerAsks: Wording<typeof english> = {
  title: "Betreuende fragen",
  lead: "Wer betreut, bekommt eine Nachricht zu den eigenen passenden Kunden, die besten zuerst, und wird in sieben Tagen zu höchstens {{count}} Kunden gefragt.",
  send_one: "Nach {{count}} Kunden fragen",
  send_other: "Nach {{count}} Kunden fragen",
  next: "Die nächste Runde",
  owner: "Betreuung",
  customers: "Kunden",
  none: "Niemand kann jetzt gefragt werden",
  none_why: "Kein weiterer Kunde wird gebraucht, passt oder hat eine Betreuung unter der Wochengrenze.",
  held_back_one: "{{count}} Kunde wartet: Die Betreuung wurde diese Woche genug gefragt.",
  held_back_other: "{{count}} Kunden warten: Die Betreuung wurde diese Woche genug gefragt.",
  without_owner_one: "{{count}} passender Kunde hat keine Betreuung, die gefragt werden kann.",
  without_owner_other: "{{count}} passende Kunden haben keine Betreuung, die gefragt werden kann.",
  sent_now: "Betreuende gefragt",
  sent: "Bisher gefragt",
  mine: "Danach wurden Sie gefragt",
  answer: "Antwort",
  nominated_one: "{{count}} nominiert",
  nominated_other: "{{count}} nominiert",
  waiting: "Noch keine Antwort",
  nominate: "Nominieren",
  nominate_from: "Von {{name}} nominieren",
};

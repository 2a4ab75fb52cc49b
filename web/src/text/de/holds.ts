import type { holds as english } from "../en/holds";
import type { Wording } from "../wording";

export const holds: Wording<typeof english> = {
  title: "Vormerkungen",
  on_deal_none: "Für diesen Deal ist niemand vorgemerkt.",
  on_advocate_none: "Niemand hat einen Einsatz vorgemerkt.",
  all_none:
    "Eine Vormerkung hält einen Einsatz eines Kunden für einen absehbaren Deal frei. Merken Sie einen auf einem Deal oder Profil vor.",
  put_by: "Kunden vormerken",
  put_by_deal: "Für einen Deal vormerken",
  why: "Hält einen Einsatz für einen absehbaren Deal frei. Sie zählt wie eine Reservierung und endet, wenn der Deal schließt, sich verschiebt oder anfragt.",
  advocate: "Kunde",
  advocate_hint: "Teil eines Namens, einer Position oder eines Unternehmens",
  advocate_missing: "Wählen Sie, wen Sie vormerken.",
  deal: "Für welchen Deal",
  deal_missing: "Wählen Sie den Deal.",
  activity: "Aktivität",
  planned_on: "Tag des Einsatzes",
  planned_missing: "Wählen Sie den Tag, an dem er voraussichtlich gebraucht wird.",
  expires_on: "Vormerken bis (freiwillig)",
  expires_hint: "Leer gelassen gilt die Zahl der Tage Ihres Programms.",
  save: "Vormerken",
  held: "Vorgemerkt bis {{day}}",
  waiting: "Wartet, {{count}} davor",
  for_day: "{{activity}}, {{day}}",
  done_held: "Vorgemerkt bis {{day}}",
  done_waiting: "In der Warteschlange, {{count}} davor. Sie erfahren, wenn er Ihnen gehört.",
  give_back: "Zurückgeben",
  give_back_this: "{{who}} zurückgeben",
  given_back: "Zurückgegeben",
  other_deal: "Ein anderer Deal",
};

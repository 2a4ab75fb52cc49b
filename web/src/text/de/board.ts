import type { board as english } from "../en/board";
import type { Wording } from "../wording";

export const board: Wording<typeof english> = {
  view: "Anzeigen als",
  list: "Liste",
  board: "Tafel",
  sentence:
    "{{total}} offene Anfragen. {{late}} der gezeigten verfehlen ihren Tag wahrscheinlich, nach dem vergangenen Jahr.",
  stage: {
    matching: "Jemand wird gesucht",
    owner_asked: "Bei der Betreuung",
    advocate_asked: "Beim Referenzgeber",
    agreed: "Zugesagt",
  },
  empty: "Keine",
  here_zero: "Seit heute hier",
  here_one: "Seit {{count}} Tag hier",
  here_other: "Seit {{count}} Tagen hier",
  asked_one: "vor {{count}} Tag angefragt",
  asked_other: "vor {{count}} Tagen angefragt",
  likely: "Eine Zusage ist bis {{day}} wahrscheinlich",
  likely_late: "Eine Zusage ist erst am {{day}} wahrscheinlich",
  late: "Der Tag wird wahrscheinlich verfehlt",
};

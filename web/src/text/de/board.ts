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
  ages: "Tage hier: {{step}} · Tage seit der Anfrage: {{age}}",
  likely: "Eine Zusage ist bis {{day}} wahrscheinlich",
  likely_late: "Eine Zusage ist erst am {{day}} wahrscheinlich",
  late: "Der Tag wird wahrscheinlich verfehlt",
};

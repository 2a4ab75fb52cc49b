import type { first_steps as english } from "../en/first-steps";
import type { Wording } from "../wording";

export const first_steps: Wording<typeof english> = {
  title: "Der Weg zur ersten Suche",
  lead: "In beliebiger Reihenfolge, jetzt oder später. Dies verschwindet, sobald es einen Referenzgeber zu finden gibt.",
  done: "erledigt",
  demo: {
    title: "Sehen Sie sich ein Demo-Unternehmen an",
    why: "Ein erfundenes mit zwei Jahren Referenzen, neben Ihrem eigenen Programm. Es vermischt sich mit nichts und verschwindet mit einem Klick.",
    go: "Demo ansehen",
  },
  customers: {
    title: "Importieren Sie Ihre Kunden",
    why: "Unternehmen, Kontakte und Deals aus einer Datei Ihres CRM; Spalten werden erkannt. Ohne sie können Sie von Hand nominieren.",
    go: "Datei importieren",
  },
  advocates: {
    title: "Nennen Sie die ersten Referenzgeber",
    why: "Eine Liste derer, die für Sie sprechen, als Datei, oder eine Person mit Namen. Ohne sie findet eine Suche nur Inhalte.",
    go: "Jemanden nominieren",
  },
  rules: {
    title: "Sehen Sie die Regeln durch",
    why: "Wie oft ein Kunde gefragt werden darf und wer freigibt. Bis Sie sie ändern, gelten sinnvolle Vorgaben.",
    go: "Regeln ansehen",
  },
  people: {
    title: "Holen Sie Ihr Team dazu",
    why: "Der Vertrieb fragt an, die Kundenbetreuung gibt frei. Bis dahin tun Sie beides.",
    go: "Person hinzufügen",
  },
  search: {
    title: "Suchen Sie eine Referenz",
    why: "Schreiben Sie, worauf es dem Käufer ankommt, etwa eine Branche und einen Anwendungsfall.",
    go: "Referenz finden",
  },
};

import type { demo as english } from "../en/demo";
import type { Wording } from "../wording";

export const demo: Wording<typeof english> = {
  title: "Demo-Unternehmen",
  lead: "Ein erfundener Softwareanbieter mit zwei Jahren Referenzen, neben Ihrem eigenen Programm.",
  none: "Zurzeit gibt es kein Demo-Unternehmen",
  why: "Probieren oder lehren Sie jede Rolle mit erfundenen Kunden, Deals und Anfragen. Nichts davon vermischt sich mit Ihren Daten, zählt in einer Kennzahl oder verschickt Post.",
  ask_admin: "Eine Administratorin oder ein Administrator kann es anlegen.",
  make: "Demo-Unternehmen anlegen",
  making: "Das Demo-Unternehmen wird angelegt",
  beginning: "Das dauert einige Sekunden.",
  writing: "Geschrieben werden: {{what}}. Das dauert einige Sekunden.",
  failed:
    "Das Demo-Unternehmen ließ sich nicht anlegen. Das Protokoll des Programms sagt, warum; Sie können es noch einmal versuchen.",
  what: {
    people: "Personen",
    accounts: "Unternehmen",
    advocates: "Referenzgeber",
    content: "Inhalte",
    opportunities: "Deals",
    requests: "Anfragen",
    records: "Datensätze",
  },
  since: "Angelegt",
  visit: "Besuchen als",
  visit_why: "Ändern Sie, was Sie möchten. Sie bleiben hier angemeldet und kommen mit einem Klick zurück.",
  visit_as: "Besuchen als {{role}}",
  go: "Besuchen",
  look: {
    seller: "Offene Deals ohne Referenz und laufende Anfragen.",
    owner: "Freigaben, die warten, und eigene Unternehmen.",
    stakeholder: "Bedarf für Presse, Analysten und Veranstaltungen.",
    program: "Warteschlange, Gewinnung, Lücken und Plan.",
    executive: "Was Referenzen einbringen.",
    admin: "Personen, Regeln, Zustand und Protokoll.",
    privacy: "Einwilligungen und Löschung.",
  },
  remove: "Demo-Unternehmen entfernen",
  remove_why: "Es verschwindet auch, wenn das Programm beendet wird.",
  remove_ask: "Demo-Unternehmen entfernen?",
  remove_follows:
    "Alles, was darin getan wurde, geht für immer mit. Ihre eigenen Daten bleiben, wie sie sind.",
  removed: "Das Demo-Unternehmen ist entfernt",
  banner: "Demo-Unternehmen",
  banner_why: "Alle und alles hier sind erfunden.",
  as: "Besuchen als",
  back: "Zurück zu Ihrem Programm",
};

import type { health as english } from "../en/health";
import type { Wording } from "../wording";

export const health: Wording<typeof english> = {
  title: "Zustand",
  lead: "Ob das Programm seine Arbeit tut. Wird alle halbe Minute neu geprüft.",
  mail: "E-Mail",
  mail_on: "Wird verschickt",
  mail_off: "Nicht eingerichtet",
  dead: "Aufgegebene Aufträge",
  waiting: "Wartende Aufträge",
  oldest: "Ältester fälliger",
  schema: "Schema",
  schema_state: {
    current: "Version {{version}}, aktuell",
    behind: "Älter als Version {{version}}",
    unknown: "Nicht Version {{version}}",
  },
  database: "Datenbank",
  engine: { sqlite: "SQLite, ein Ordner", postgres: "PostgreSQL" },
  events: "Ereignisse im Protokoll",
  backup: "Letzte Sicherung",
  backup_never: "Noch keine",
  backup_how:
    "Der Befehl goodword backup macht eine; Sicherungen der Datenbank auf anderem Weg sind hier nicht bekannt.",
  backup_late: "{{ago}}; versprochen ist eine alle {{hours}} Stunden",
  backup_place: {
    same_disk: "auf der Platte der Daten, und mit ihr verloren",
    other_disk: "auf einer anderen Platte",
    folder: "in einem Ordner der Maschine, die sie gemacht hat",
  },
  jobs: "Aufträge",
  jobs_all: "Nicht erledigt",
  jobs_dead: "Aufgegeben",
  no_jobs: "Kein Auftrag wartet",
  no_jobs_why: "Briefe und andere Arbeit im Hintergrund stehen hier, bis sie erledigt sind.",
  column: {
    kind: "Auftrag",
    state: "Status",
    error: "Was schiefging",
    run: "Nächster Versuch",
    attempts: "Versuche",
    again: "Erneut",
  },
  state: { waiting: "Wartet", retrying: "Wird wiederholt", dead: "Aufgegeben" },
  replay: "Erneut versuchen",
  replayed: "Der Auftrag läuft wieder",
};

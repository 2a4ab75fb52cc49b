import type { problem as english } from "../en/problem";
import type { Wording } from "../wording";

export const problem: Wording<typeof english> = {
  network: {
    title: "Der Server ist nicht erreichbar",
    detail:
      "Ihre Eingaben bleiben erhalten. Prüfen Sie Ihre Verbindung und versuchen Sie es erneut; nichts geschieht doppelt.",
  },
  unknown: {
    title: "Auf dem Server ist etwas schiefgegangen",
    detail:
      "Ihre Eingaben bleiben erhalten. Versuchen Sie es erneut; schlägt es wieder fehl, sagen Sie Ihrer Administration Bescheid.",
  },
  not_signed_in: {
    title: "Sie sind abgemeldet",
    detail:
      "Ihre Sitzung ist beendet. Melden Sie sich an, um weiterzumachen; Ihre Eingaben bleiben erhalten.",
  },
  again: {
    title: "Sie sind wieder angemeldet",
    detail: "Ihre Eingaben sind noch da und wurden noch nicht gesendet.",
  },
  sign_in_failed: {
    title: "Die Anmeldung hat nicht geklappt",
    detail:
      "E-Mail und Passwort passen zu keinem aktiven Konto. Prüfen Sie beides und versuchen Sie es erneut.",
  },
  forbidden: {
    title: "Das dürfen Sie nicht sehen",
    detail: "Ihre Rolle umfasst es nicht. Fragen Sie die Programmleitung, wenn Sie es brauchen.",
  },
  only_viewing: {
    title: "Sie sehen nur zu",
    detail:
      "Sie sehen Goodword mit den Augen einer anderen Person und ändern nichts. Beenden Sie die Ansicht und tun Sie es im eigenen Namen.",
  },
  not_found: {
    title: "Nicht gefunden",
    detail: "Es existiert nicht oder ist nicht für Sie freigegeben.",
  },
  stale_version: {
    title: "Jemand war schneller",
    detail:
      "Der neue Stand wurde geladen. Sehen Sie ihn an und entscheiden Sie noch einmal; Ihre Eingaben bleiben erhalten.",
  },
  no_use_left: {
    title: "Dieser Referenzgeber kann für diesen Tag nicht angefragt werden",
    detail: "Zum Schutz des Kunden ist die Grenze erreicht. Nächster freier Tag: {{day}}.",
    never: "Zum Schutz des Kunden ist die Grenze erreicht, und kein freier Tag ist in Sicht.",
  },
  invalid_input: { title: "Einiges muss korrigiert werden" },
  too_many_attempts: {
    title: "Zu viele Versuche",
    detail_one: "Zum Schutz des Kontos: Warten Sie {{count}} Minute und versuchen Sie es dann erneut.",
    detail_other: "Zum Schutz des Kontos: Warten Sie {{count}} Minuten und versuchen Sie es dann erneut.",
  },
  link_used: {
    title: "Dieser Link wurde schon verwendet",
    detail: "Jeder Link antwortet einmal. Ihre Antwort liegt bei der Person, die gefragt hat.",
  },
  link_expired: {
    title: "Dieser Link ist abgelaufen",
    detail:
      "Hier wird keine Antwort mehr gebraucht. Möchten Sie trotzdem helfen, schreiben Sie der Person, die gefragt hat.",
  },
  gate_closed: { title: "Dieser Deal kann das noch nicht anfragen" },
  move_not_allowed: { title: "Dieser Schritt ist jetzt nicht möglich" },
  conflict: { title: "Das gibt es schon" },
  cross_site: { title: "Der Aufruf kommt von einer anderen Website" },
  wrong_host: { title: "Goodword ist unter diesem Namen nicht erreichbar" },
  bad_file: { title: "Die Datei lässt sich nicht lesen" },
  too_large: { title: "Das ist zu groß" },
};

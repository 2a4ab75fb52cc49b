import type { common as english } from "../en/common";
import type { Wording } from "../wording";

export const common: Wording<typeof english> = {
  action: {
    retry: "Erneut versuchen",
    close: "Schließen",
    cancel: "Abbrechen",
    clear: "Leeren",
    save: "Speichern",
    edit: "Bearbeiten",
    copy: "Kopieren",
    copied: "Kopiert",
    open: "Öffnen",
    back: "Zurück",
  },
  state: {
    why_hidden: "Warum sehe ich das nicht?",
    loading: "Wird geladen",
    nothing: "Nichts",
    unknown: "Unbekannt",
    none: "–",
  },
  inline: {
    edit: "{{field}} ändern",
    saved: "{{field}} gespeichert",
    keys: "Enter speichert, Escape bricht ab",
    keys_long: "Strg+Enter speichert, Escape bricht ab",
  },
  typed: {
    ask: "Eingaben verwerfen?",
    ask_page: "Ohne Speichern verlassen?",
    stay: "Weiter bearbeiten",
    leave: "Verwerfen",
  },
  undo: {
    action: "Rückgängig",
    failed: "Das lässt sich nicht mehr rückgängig machen: Jemand hat es inzwischen geändert.",
  },
  list: {
    shown: "{{shown}} von {{total}} angezeigt",
    more: "Mehr laden",
    more_rows: "{{shown}} weitere zeigen",
    more_failed: "Die nächsten Zeilen konnten nicht gelesen werden. Versuchen Sie es noch einmal.",
    show_all: "Alle zeigen",
    import: "Datei importieren",
  },
  table: {
    region: "{{name}}, Tabelle",
    columns: "Spalten",
    choose_shown: "Alle angezeigten auswählen",
    choose: "{{name}} auswählen",
    peek: "Näher ansehen",
    peek_one: "{{name}} näher ansehen",
  },
  stale: {
    title: "Jemand hat dies geändert, während Sie es bearbeitet haben",
    detail: "Nichts von Ihrer Eingabe ist verloren. Wählen Sie, welche Fassung gilt.",
    other_fields:
      "Die andere Änderung betrifft nicht, was Sie bearbeitet haben. Speichern Sie noch einmal, um beides zu behalten.",
    theirs: "{{field}}, jetzt gespeichert",
    mine: "{{field}}, Ihre Fassung",
    keep_mine: "Meine speichern",
    take_theirs: "Gespeicherte übernehmen",
  },
  steps: {
    done: "erledigt",
    now: "aktueller Schritt",
    next: "steht noch aus",
    skipped: "Übersprungen",
    ended: "hier beendet",
  },
  chart: {
    as_table: "Als Tabelle",
    as_chart: "Als Diagramm",
    csv: "CSV herunterladen",
    png: "PNG herunterladen",
    partial: "Gestrichelt: Von diesem Zeitraum wurde nur ein Teil gezählt",
    target: "Ziel {{value}}",
    target_line: "Ziel {{value}}",
    baseline: "Ausgangswert {{value}}",
    small_sample: "weniger als 20 Deals",
  },
};

import type { tokens as english } from "../en/tokens";
import type { Wording } from "../wording";

export const tokens: Wording<typeof english> = {
  title: "API-Token",
  lead: "Schlüssel für Skripte und Anbindungen, die für Sie handeln, nie mit mehr Rechten als Sie.",
  add: "Token erstellen",
  empty_title: "Kein Token",
  empty_why:
    "Ein Token lässt ein Skript lesen oder ändern, was Sie dürfen. Es wird einmal gezeigt und läuft immer ab.",
  column: { name: "Name", scopes: "Darf", expires: "Läuft ab", seen: "Zuletzt benutzt", end: "Beenden" },
  expired: "Abgelaufen {{day}}",
  never: "Nie benutzt",
  revoke: "Widerrufen",
  revoke_one: "{{name}} widerrufen",
  revoke_ask: "{{name}} widerrufen?",
  revoke_why:
    "Programme, die ihn benutzen, werden ab jetzt abgewiesen. Er lässt sich nicht zurückgeben; machen Sie stattdessen einen neuen.",
  revoked: "Token widerrufen",
  name: "Name",
  name_hint: "Was es benutzt, etwa der nächtliche CRM-Abgleich.",
  name_missing: "Nennen Sie, was es benutzt.",
  life: "Gilt",
  days: "{{days}} Tage",
  until: "Bis {{day}}",
  scopes: "Darf",
  scopes_hint: "Nur was Sie selbst dürfen, steht zur Wahl. Wählen Sie so wenig wie möglich.",
  scopes_missing: "Wählen Sie mindestens eines.",
  made: "Kopieren Sie das Token jetzt",
  made_why: "Es wird nicht noch einmal gezeigt: Hier liegt nur eine Prüfsumme.",
  token: "Token",
  kept: "Ich habe es gesichert",
  lost: "Dieses Token wurde schon erstellt",
  lost_why: "Sein Geheimnis stand in der ersten Antwort. Widerrufen Sie es und erstellen Sie ein neues.",
};

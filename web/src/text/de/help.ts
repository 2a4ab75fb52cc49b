import type { help as english } from "../en/help";
import type { Wording } from "../wording";

export const help: Wording<typeof english> = {
  this_field: "Dieses Feld: {{label}}",
  this_field_unnamed: "Dieses Feld",
  nothing_more: "Es nimmt jeden Text.",
  required: "Es muss ausgefüllt sein.",
  a_day: "Es nimmt einen Tag.",
  an_email: "Es nimmt eine E-Mail-Adresse.",
  min: "Nicht unter {{value}}.",
  max: "Nicht über {{value}}.",
  max_length_one: "Höchstens {{count}} Zeichen.",
  max_length_other: "Höchstens {{count}} Zeichen.",
  choose: "Tippen schränkt die Auswahl ein; Pfeiltasten und Enter nehmen etwas daraus.",
  activity:
    "Worum der Kunde gebeten wird. Jede Aktivität hat ihre eigene Vorlaufzeit, Grenze und Einwilligung: Derselbe Kunde kann für die eine frei sein und von der anderen ruhen.",
  need_by:
    "Der Tag, bis zu dem der Käufer es braucht. Ein früherer Tag als die Vorlaufzeit der Aktivität macht daraus eine Eilanfrage, die eine Leitung erlauben muss.",
  deal: "Der Deal, für den es ist. Branche, Region, Produkt und Phase werden zu Kriterien, und was dabei herauskommt, zählt für ihn.",
  box: "Schreiben Sie, wonach Sie suchen, wie Sie es sagen würden: Branche, Anwendungsfall, Region, Rolle. Erkannte Wörter werden zu Kriterien; nach den übrigen wird in Geschichten und Zitaten gesucht.",
  only_free: "Lässt Kunden weg, die ruhen, gesperrt sind oder an diesem Tag keinen Einsatz mehr frei haben.",
  criteria:
    "Was ein Kunde mit dem Käufer gemeinsam haben soll. Ein Kriterium, das passen muss, lässt alle anderen weg; die übrigen geben nur Punkte.",
  number: "Wie viele Referenzen der Käufer braucht. Für jede werden bis zu drei Kunden zugleich gefragt.",
  note: "Was der Käufer hören will, in Ihren Worten. Betreuung und Referenzgeber lesen es.",
  several: "Sie werden in dieser Reihenfolge gefragt, solange Referenzen fehlen.",
  override: "Warum eine Regel des Programms dieses eine Mal nicht gilt. Jede Ausnahme wird durchgesehen.",
  not_before:
    "Ihr Ja gilt ab diesem Tag. Der geplante Tag rückt hierhin, und kein früherer kann vereinbart werden.",
  decline_reason: "Wer angefragt hat, liest es. Es steuert auch die Gewinnung: Gründe werden gezählt.",
  outcome:
    "Was dabei herauskam, aus Sicht dessen, der angefragt hat. Ein Nichterscheinen gibt den Einsatz zurück und zählt gegen niemanden.",
  zone: "Die Zeitzone, in der die Zeiten unten gemeint sind. Alle anderen sehen sie in ihrer eigenen.",
  account:
    "Das Unternehmen des Kunden. Vorgeschlagen wird, was bekannt ist; ein neuer Name legt ein neues Unternehmen an.",
  synonyms: "Andere Wörter für dasselbe. Suche und Import lesen sie als diesen Begriff.",
  target_wanted: "Wie viele Referenzgeber dieses Profils zu gewinnen sind. Vorgegeben ist, was fehlt.",
  start_by:
    "Finden, Prüfen und Aufbauen brauchen Zeit: Wer bis zu diesem Tag beginnt, ist bereit, wenn der Bedarf kommt.",
  scopes: "Was ein Programm mit diesem Schlüssel darf. Nie mehr als Sie selbst.",
  token_life: "Nach so vielen Tagen gilt der Schlüssel nicht mehr. Ein neuer lässt sich jederzeit anlegen.",
  roles: "Was diese Person sehen und tun darf. Mehrere Rollen ergänzen sich.",
  limit: "Der eigene Wunsch des Kunden, strenger als die Regel des Programms. Leer gilt das Programm.",
};

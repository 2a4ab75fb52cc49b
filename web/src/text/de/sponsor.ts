import type { sponsor as english } from "../en/sponsor";
import type { Wording } from "../wording";

export const sponsor: Wording<typeof english> = {
  title: "Wie viele Referenzen sind genug",
  lead: "Eine Seite für die Geschäftsleitung: warum eine Kopfzahl die falsche Frage ist, mit den Zahlen von heute.",
  print: "Drucken",
  today: "Wo wir am {{day}} stehen, mit Blick auf die nächsten {{days}} Tage",
  needs: "an offenen Deals brauchen Referenzen",
  references: "{{references}} Referenzen erwartet",
  advocates: "Referenzgeber können gefragt werden",
  accounts: "bei {{accounts}} Unternehmen, jedes innerhalb seiner Grenzen",
  unverified_one: "{{count}} Profil ist nicht bestätigt und nicht mitgezählt",
  unverified_other: "{{count}} Profile sind nicht bestätigt und nicht mitgezählt",
  question: "Warum „hundert Referenzen mehr“ die falsche Frage ist",
  question_why:
    "Einen Deal gewinnt nicht eine Anzahl von Referenzen, sondern ein Kunde, der dem Käufer gleicht und an dem Tag frei ist. Eine Referenz aus der falschen Branche deckt nichts, und ein Kunde lässt sich nur so oft fragen, bis er müde wird.",
  where: "Wo sich die nächste Referenz lohnt",
  where_why_one: "{{count}} Segment hat alle Referenzen, die es braucht; eine weitere dort ist nichts wert.",
  where_why_other:
    "{{count}} Segmente haben alle Referenzen, die sie brauchen; eine weitere dort ist nichts wert.",
  instead: "Wonach Sie stattdessen fragen sollten",
  ask_covered: "Dass das gedeckte Volumen steigt: heute {{covered}} von {{needed}}.",
  ask_profile: "Der nächste Referenzgeber in {{segment}}: wert {{money}} an gedeckter Pipeline.",
  ask_verify_one:
    "Dass {{count}} unbestätigtes Profil bestätigt oder ausgemustert wird: Eine veraltete Referenz ist keine.",
  ask_verify_other:
    "Dass {{count}} unbestätigte Profile bestätigt oder ausgemustert werden: Eine veraltete Referenz ist keine.",
  ask_protect:
    "Dass niemand über seine Grenzen hinaus gefragt wird: Ein müder Referenzgeber fehlt bei jedem späteren Deal.",
};

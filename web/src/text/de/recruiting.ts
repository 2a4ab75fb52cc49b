import type { recruiting as english } from "../en/recruiting";
import type { Wording } from "../wording";

export const recruiting: Wording<typeof english> = {
  title: "Gewinnung",
  lead: "Von der Nominierung zum Referenzgeber, der gefragt werden kann. Jeder Schritt bleibt mit dem Namen dessen stehen, der ihn tat.",
  keys: "J und K wählen, M geht weiter, D lehnt ab; eine Karte lässt sich auf ihre nächste Stufe ziehen",
  stage: "Stufe",
  for_target: "Für das Ziel {{target}}",
  empty: "Hier ist niemand.",
  came: "Nominiert {{when}}",
  by: "Von {{name}}",
  source: "Quelle: {{source}}",
  owner: "Betreuung: {{name}}",
  no_owner: "Dieser Kunde hat keine Betreuung",
  all_active: "Alle Referenzgeber zeigen",
  step: {
    nominated: "Nominieren",
    vetting: "Prüfen",
    invited: "Eingeladen",
    onboarding: "Aufbauen",
    active: "Aktivieren",
    paused: "Pausieren",
    retired: "Ausscheiden lassen",
    declined: "Ablehnen",
  },
  move_one: "{{step}}: {{name}}",
  moved: "{{name}} ist jetzt: {{stage}}",
  decline: "Ablehnen",
  decline_one: "{{name}} ablehnen",
  reason: "Warum",
  reason_missing: "Sagen Sie, warum, damit die nächste Person es weiß.",
};

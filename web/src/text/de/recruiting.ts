import type { recruiting as english } from "../en/recruiting";
import type { Wording } from "../wording";

export const recruiting: Wording<typeof english> = {
  title: "Gewinnung",
  lead: "Von der Nominierung zum Referenzgeber, der gefragt werden kann. Jeder Schritt bleibt mit dem Namen dessen stehen, der ihn tat.",
  keys: "J und K wählen, M geht weiter, D lehnt ab",
  for_target: "Für das Ziel {{target}}",
  empty: "Hier ist niemand.",
  move: "Weiter: {{stage}}",
  move_one: "Weiter: {{stage}}, {{name}}",
  moved: "{{name}} ist jetzt: {{stage}}",
  decline: "Ablehnen",
  decline_one: "{{name}} ablehnen",
  reason: "Warum",
  reason_missing: "Sagen Sie, warum, damit die nächste Person es weiß.",
};

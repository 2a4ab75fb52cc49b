import type { viewing as english } from "../en/viewing";
import type { Wording } from "../wording";

export const viewing: Wording<typeof english> = {
  as_role: "Mit den Augen einer Rolle",
  as_person: "Ansehen als",
  as_named: "Ansehen als {{name}}",
  why: "Sehen Sie, was die Person sieht, höchstens eine Stunde lang. Sie ändern nichts, und es steht im Protokoll.",
  banner: "Was Sie sehen",
  person: "Sie sehen Goodword als {{name}} ({{roles}}).",
  role: "Sie sehen Goodword mit der Rolle {{role}} und ohne eigene Datensätze.",
  read_only: "Nichts lässt sich ändern.",
  masked: "Namen und Kontaktdaten bleiben verborgen, wie für Sie selbst.",
  until: "Endet um {{time}}.",
  stop: "Ansicht beenden",
};

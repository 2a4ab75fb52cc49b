import type { demand as english } from "../en/demand";
import type { Wording } from "../wording";

export const demand: Wording<typeof english> = {
  title: "Ungedeckter Bedarf",
  lead: "Suchen, die niemanden fanden, neueste zuerst. Jede ist ein Profil, das zu gewinnen ist.",
  empty_title: "Jede Suche fand jemanden",
  empty_why: "Eine Suche ohne Treffer steht hier mit ihrem Deal, damit klar ist, wer noch zu gewinnen ist.",
  asked: "Gesucht",
  deal: "Deal",
  value: "Wert",
  by: "Gesucht von",
  at: "Wann",
  need_by: "Gebraucht bis",
  must: "{{facet}}: {{terms}} (muss)",
  nice: "{{facet}}: {{terms}}",
  words: "„{{words}}“",
};

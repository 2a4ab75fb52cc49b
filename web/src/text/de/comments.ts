import type { comments as english } from "../en/comments";
import type { Wording } from "../wording";

export const comments: Wording<typeof english> = {
  title: "Kommentare",
  none: "Hier hat noch niemand geschrieben.",
  field: "Kommentar schreiben",
  placeholder: "An Kollegen schreiben, @ und ein Name benachrichtigt sie",
  readers: "Alle, die diesen Eintrag öffnen dürfen, lesen mit.",
  found: "Kollegen",
  found_count_one: "{{count}} Person",
  found_count_other: "{{count}} Personen",
  keys: "Strg+Enter sendet",
  send: "Kommentieren",
  sent: "Kommentar geschrieben",
  remove: "Entfernen",
  remove_this: "Kommentar von {{who}} entfernen",
  removed: "Kommentar entfernt",
};

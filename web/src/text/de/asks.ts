import type { asks as english } from "../en/asks";
import type { Wording } from "../wording";

export const asks: Wording<typeof english> = {
  mode: {
    self_service: "Nach den Regeln des Programms war das Ja der Betreuung nicht nötig.",
    instant: "Im Voraus zugesagt, daher musste niemand gefragt werden.",
  },
  quota: {
    title: "Wie weit es ist",
    sentence: "{{accepted}} von {{wanted}} haben zugesagt; {{asked}} wurden gefragt.",
    left_one: "{{count}} Tag bleibt.",
    left_other: "{{count}} Tage bleiben.",
    chart: "{{missing}} fehlen noch, gegen ein gleichmäßiges Tempo bis zum Tag",
    caption: "Gefragt, zugesagt und erledigt nach Tag",
    on: "Bis",
    asked: "Gefragt",
    accepted: "Zugesagt",
    done: "Erledigt",
  },
  record: {
    open: "Einwilligung festhalten",
    title: "Einwilligung festhalten",
    why: "Wozu der Kunde ja gesagt oder was er zurückgenommen hat. Die Liste wächst nur; das zuletzt Gesagte zählt, und ein Widerruf beendet sofort, was offen ist.",
    kind: "Was gesagt wurde",
    kinds: { given: "Stimmt zu", withdrawn: "Nimmt zurück" },
    activity: "Wozu",
    everything: "Alles",
    channel: "Auf welchem Weg",
    channels: {
      call: "Im Gespräch",
      mail: "Per Mail",
      contract: "Im Vertrag",
      signed_link: "Über einen signierten Link",
    },
    version: "Wortlaut",
    version_hint: "Die Fassung des Textes, der zugestimmt wurde.",
    version_missing: "Nennen Sie die Fassung des Textes.",
    until: "Bis (freiwillig)",
    ahead: "Muss nicht jedes Mal gefragt werden",
    ahead_hint: "Eine Anfrage hierzu gilt als zugesagt, wo die Regeln des Programms das erlauben.",
    save: "Festhalten",
    done: "Einwilligung festgehalten",
  },
};

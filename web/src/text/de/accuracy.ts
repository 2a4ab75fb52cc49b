import type { accuracy as english } from "../en/accuracy";
import type { Wording } from "../wording";

export const accuracy: Wording<typeof english> = {
  title: "Frühere Prognosen: in {{held}} von {{count}} Quartalen liegt, was kam, in der Spanne",
  by_quarter: "Prognose und Anfragen, Quartal für Quartal",
  by_segment: "Prognose und Anfragen in {{quarter}}, Segment für Segment",
  quarter: "Quartal",
  segment: "Segment in {{quarter}}",
  shown: "{{shown}} von {{count}} Segmenten, die mit der größten Erwartung. Die Datei hat alle.",
  all: "Alle Segmente",
  asked: "Angefragt",
  later: "Von späteren Deals angefragt",
  holds: "In der Spanne",
  yes: "ja",
  no: "nein",
  within: "in der Spanne",
  outside: "außerhalb der Spanne",
};

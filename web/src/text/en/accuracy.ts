//! Forecast accuracy.

export const accuracy = {
  title: "Earlier forecasts: in {{held}} of {{count}} quarters what came lies in the range",
  by_quarter: "Forecast and asked, quarter by quarter",
  by_segment: "Forecast and asked in {{quarter}}, segment by segment",
  quarter: "Quarter",
  segment: "Segment in {{quarter}}",
  shown: "{{shown}} of {{count}} segments, those of which the most was expected. The file has all.",
  all: "All segments",
  asked: "Asked for",
  later: "Asked by later deals",
  holds: "In the range",
  yes: "yes",
  no: "no",
  within: "in the range",
  outside: "out of the range",
} as const;

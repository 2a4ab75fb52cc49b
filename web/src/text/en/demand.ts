export const demand = {
  title: "Unmet demand",
  lead: "Searches that found nobody, newest first. Each is a profile to recruit.",
  empty_title: "Every search found somebody",
  empty_why:
    "A search without a match is listed here with its deal, so that recruiting knows what is missing.",
  asked: "Asked for",
  deal: "Deal",
  value: "Value",
  by: "Asked by",
  at: "When",
  need_by: "Needed by",
  must: "{{facet}}: {{terms}} (must)",
  nice: "{{facet}}: {{terms}}",
  words: "“{{words}}”",
} as const;

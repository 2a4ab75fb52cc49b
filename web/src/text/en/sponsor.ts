//! The page for the executive sponsor.

export const sponsor = {
  title: "How many references are enough",
  lead: "One page for the executive sponsor: why a head count is the wrong question, from today's numbers.",
  print: "Print",
  today: "Where we stand on {{day}}, looking {{days}} days ahead",
  needs: "of open deals needs references",
  references: "{{references}} references expected",
  advocates: "advocates can be asked",
  accounts: "at {{accounts}} accounts, each within its limits",
  unverified_one: "{{count}} profile is not verified and not counted",
  unverified_other: "{{count}} profiles are not verified and not counted",
  question: "Why “a hundred more references” is the wrong question",
  question_why:
    "A deal is not won by a number of references but by one customer like the buyer, free on the day. A reference in the wrong industry covers nothing, and one customer can be asked only so often before they tire.",
  where: "Where the next reference pays",
  where_why_one: "{{count}} segment has all the references it needs; one more there is worth nothing.",
  where_why_other: "{{count}} segments have all the references they need; one more there is worth nothing.",
  instead: "What to ask for instead",
  ask_covered: "That the money covered rises: {{covered}} of {{needed}} today.",
  ask_profile: "The next advocate in {{segment}}: worth {{money}} of covered pipeline.",
  ask_verify_one:
    "That {{count}} unverified profile is confirmed or retired: a stale reference is no reference.",
  ask_verify_other:
    "That {{count}} unverified profiles are confirmed or retired: a stale reference is no reference.",
  ask_protect: "That nobody is asked beyond their limits: a tired advocate is lost for every deal after.",
} as const;

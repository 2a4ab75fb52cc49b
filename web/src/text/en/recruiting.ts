export const recruiting = {
  title: "Recruiting",
  lead: "From a nomination to an advocate who can be asked. Every move is kept with who made it.",
  keys: "J and K choose, M moves on, D declines",
  for_target: "For the target {{target}}",
  empty: "Nobody is here.",
  move: "To {{stage}}",
  move_one: "Move {{name}} to {{stage}}",
  moved: "{{name}} is now in {{stage}}",
  decline: "Decline",
  decline_one: "Decline {{name}}",
  reason: "Why",
  reason_missing: "Say why, so that the next person knows.",
} as const;

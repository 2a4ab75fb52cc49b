//! Looking through other eyes.

export const viewing = {
  as_role: "View as a role",
  as_person: "View as",
  as_named: "View as {{name}}",
  why: "See what they see, for an hour at most. You change nothing, and it is in the log.",
  banner: "What you see",
  person: "You are viewing as {{name}} ({{roles}}).",
  role: "You are viewing with the role {{role}} and no records of its own.",
  read_only: "Nothing can be changed.",
  masked: "Names and contact details stay hidden, as they are for you.",
  until: "Ends at {{time}}.",
  stop: "Stop viewing",
} as const;

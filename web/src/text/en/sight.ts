//! What somebody may see, and why not more.

export const sight = {
  title: "What you can see",
  lead: "What your roles show you, what has to happen for more, and whom to ask.",
  here: "Why it is hidden",
  here_none:
    "None of your roles ({{roles}}) includes this. Roles add up: somebody who gives roles can add one to yours.",
  here_own:
    "You see the ones that are yours. One that belongs to somebody else looks the same to you as one that does not exist.",
  here_team:
    "You see the ones that are yours or your team's. One that belongs to somebody else looks the same to you as one that does not exist.",
  here_everything:
    "Your roles show all of these, so it does not exist any more, or the link is not complete. Look for it in the list.",
  here_private:
    "Profiles that are marked private are kept from your roles, and look as if they did not exist.",
  here_screen:
    "Screens are offered by role, and yours are: {{roles}}. Somebody who gives roles can add the one that this takes.",
  no_role: "none",
  records: "Records",
  column: { kind: "Kind", you: "You see", roles: "Seen by", field: "About an advocate", when: "You see it" },
  reach: { nothing: "None", own: "Your own", team: "Yours and your team's", everything: "All" },
  fields: "People",
  fields_why: "What a profile shows depends on your roles and on what you asked for.",
  field: {
    name: "Name",
    contact_details: "E-mail and phone",
    usage_history: "Each use; others see a band",
    availability_reason: "Why somebody is not free",
    internal: "Notes, sentiment and health",
    consent_record: "The consent record",
    preferences: "Limits and topics in full",
  },
  shown: { always: "Always", never: "Never, with your roles" },
  condition: {
    owns_account: "you own the relationship with the customer",
    owner_approved: "the relationship owner approved your request",
    advocate_accepted: "the advocate accepted your request, until 30 days after it closed",
    names_shown: "the program shows names to everybody",
  },
  when: "When {{conditions}}",
  or: " or ",
  ask: "Whom to ask",
  ask_admins: "Roles are given by",
  ask_program: "The program is run by",
  ask_nobody: "Nobody yet",
  other: {
    title: "What a colleague sees",
    why: "Choose a colleague and paste the address of a record. You get the rule that shows or hides it, and no value of the record.",
    person: "Colleague",
    no_person: "Nobody of that name",
    record: "Address of the record",
    record_hint: "Copied from the address bar, such as {{example}}",
    record_wrong:
      "Paste the address of an account, a contact, an advocate, a deal, a request or a piece of content.",
    ask: "Explain",
    outcome: {
      seen: "{{name}} sees it.",
      no_such_record: "There is no such record, so nobody sees it.",
      switched_off: "{{name}} cannot sign in, so they see nothing.",
      no_role: "{{name}} does not see it: none of their roles ({{roles}}) shows records of this kind.",
      not_theirs:
        "{{name}} does not see it: it belongs to somebody else, and their roles ({{roles}}) show their own.",
      private:
        "{{name}} does not see it: it is private or not approved, and their roles ({{roles}}) do not show those.",
    },
    column: { field: "Part of the profile", seen: "Sees it", because: "Because" },
    seen: "Yes",
    hidden: "No",
    because_role: "their role shows it",
    because_never: "none of their roles shows it",
    condition: {
      owns_account: "they own the relationship with the customer",
      owner_approved: "the relationship owner approved their request",
      advocate_accepted: "the advocate accepted their request",
      names_shown: "the program shows names to everybody",
    },
    missing: "it takes that {{conditions}}",
  },
} as const;

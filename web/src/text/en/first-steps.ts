//! What leads from an empty installation to its first search.

export const first_steps = {
  title: "The way to the first search",
  lead: "In any order, and now or later. This goes away when there is an advocate to find.",
  done: "done",
  demo: {
    title: "Look around a demo company",
    why: "A made-up one with two years of references, beside your own program. It mixes with nothing and goes at a click.",
    go: "Try the demo",
  },
  customers: {
    title: "Import your customers",
    why: "Accounts, contacts and deals from a file of your CRM; columns are recognised. Without them you can still nominate by hand.",
    go: "Import a file",
  },
  advocates: {
    title: "Name the first advocates",
    why: "A list of who speaks for you, as a file, or one person by name. Without them a search finds content only.",
    go: "Nominate somebody",
  },
  rules: {
    title: "Look over the rules",
    why: "How often a customer may be asked, and who approves. Sensible ones hold until you change them.",
    go: "See the rules",
  },
  people: {
    title: "Bring in colleagues",
    why: "Sellers ask, relationship owners approve. Until then you do both.",
    go: "Add person",
  },
  search: {
    title: "Search for a reference",
    why: "Type what the buyer cares about, such as an industry and a use case.",
    go: "Find a reference",
  },
} as const;

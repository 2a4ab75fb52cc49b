export const board = {
  view: "Show as",
  list: "List",
  board: "Board",
  sentence:
    "{{total}} open requests. {{late}} of those shown are likely to miss their day, going by the past year.",
  stage: {
    matching: "Looking for somebody",
    owner_asked: "With the owner",
    advocate_asked: "With the advocate",
    agreed: "Agreed",
  },
  empty: "None",
  here_zero: "Here since today",
  here_one: "Here for {{count}} day",
  here_other: "Here for {{count}} days",
  asked_one: "asked {{count}} day ago",
  asked_other: "asked {{count}} days ago",
  likely: "A yes is likely by {{day}}",
  likely_late: "A yes is likely on {{day}} only",
  late: "The day is likely to be missed",
} as const;

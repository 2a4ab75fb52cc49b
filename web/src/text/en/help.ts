//! Help on the field that somebody is in.

export const help = {
  this_field: "This field: {{label}}",
  this_field_unnamed: "This field",
  nothing_more: "It takes any text.",
  required: "It must be filled.",
  a_day: "It takes a day.",
  an_email: "It takes an e-mail address.",
  min: "Not below {{value}}.",
  max: "Not above {{value}}.",
  max_length_one: "At most {{count}} character.",
  max_length_other: "At most {{count}} characters.",
  choose: "Type to narrow the choices, then take one with the arrow keys and Enter.",
  activity:
    "What the customer is asked to do. Each activity has its own notice, limits and consent, so the same customer may be free for one and rest from another.",
  need_by:
    "The day by which the buyer needs it. A day sooner than the notice of the activity makes it a rush, which a manager has to allow.",
  deal: "The opportunity that it is for. Its industry, region, product and stage become the criteria, and what comes of it counts for this deal.",
  box: "Write what you look for as you would say it: industry, use case, region, role. Recognised words become chips; the rest is looked for in stories and quotes.",
  only_free: "Leaves out customers who rest, who are locked or who have no use left on that day.",
  criteria:
    "What a customer should have in common with the buyer. A criterion that must fit leaves out everybody else; the others only add points.",
  number: "How many references the buyer needs. For each of them up to three customers are asked at once.",
  note: "What the buyer wants to hear, in your words. The owner and the advocate read it.",
  remark:
    "Everybody who may open this record reads it. @ and a name tells that colleague, who finds it in the inbox. Customers and buyers never see it.",
  several: "Each of them is asked in this order, as long as references are missing.",
  override: "Why a rule of the program is set aside this once. Every override is listed for review.",
  not_before:
    "Your yes holds from this day on. The planned day moves here, and no earlier day can be agreed.",
  decline_reason: "The requester reads it. It also steers recruiting: reasons are counted.",
  outcome:
    "What came of it, as the requester saw it. A no-show gives the use back and counts against nobody.",
  zone: "The zone in which the times below are meant. Everybody else sees them in their own.",
  account:
    "The customer's company. Suggestions are accounts that are known already; a new name makes a new account.",
  synonyms: "Other words for the same thing. Searches and imports read them as this term.",
  target_wanted: "How many advocates of this profile to win. The number that was missing is filled in.",
  start_by: "Finding, vetting and onboarding takes time: begin by this day to be ready for the demand.",
  scopes: "What a program with this token may do. It never may more than you.",
  token_life: "After these days the token stops working. A new one can be made at any time.",
  roles: "What this person may see and do. Several roles add up.",
  limit:
    "The customer's own wish, stricter than the program's rule. An empty field leaves it to the program.",
  nominee:
    "Who would speak. Somebody of this name at the company is found while you type, so that nobody is nominated twice.",
  job: "What the person does, as on their card. It becomes role and seniority, which matching compares.",
  nominee_email: "Where an invitation would go. Nothing is sent now: the program team asks first.",
  nominee_why:
    "What they achieved, best with a number, and what they would gladly do. The program team decides by it.",
  contact_name:
    "The name as the person writes it. Sellers see it after the owner approves, unless the program shows it before.",
  contact_email: "Where asks go. A corrected address takes away the mark that mail comes back.",
  left_on:
    "From this day on nobody asks the person: what is planned later ends, and the next in line is asked.",
  company_name:
    "The company as its customers know it. Stories and requests show it, and imports find the company by it.",
  owner: "Who looks after the customer. Each ask for somebody there waits for this person’s yes.",
  domain: "The address of the company’s site, without www. Imports and the search for duplicates compare it.",
  employees: "People who work there. It becomes the company size that matching compares.",
  lock_reason:
    "Why nobody there is asked. An opt-out, an escalation or a dispute can be lifted by the program team alone.",
  lock_until: "The lock holds through this day. Without a day it stands until somebody lifts it.",
  lock_note: "What colleagues should know, such as who to speak to. Customers never see it.",
  headline: "One line that a seller remembers, best with a number: it heads every card.",
  story: "Three lines: where they began, what changed, what came of it. Find looks through these words.",
  outcomes: "What changed, as a number with its unit. A buyer believes numbers before words.",
  topics_can: "What the person gladly speaks about. Find looks through it, and the brief names it.",
  topics_cannot: "What is better left out. The brief before the call names it.",
  activities: "What the person agreed to do. Nobody is asked for anything else.",
  notes: "For colleagues who look after the person. @ and a whole name tells that colleague.",
  erase_reason: "Kept for good, while all else about the person goes: so write no name.",
  condition:
    "What your yes rests on, such as by e-mail only. It is shown wherever the ask is, also to the advocate.",
  instead: "Somebody else who fits. They are proposed in place of this one, and their own owner decides.",
  scheduled_on: "The day it takes place. Caps and rest are counted on it, so it is checked again.",
  used_on: "The day it took place: rest and limits of the customer count from it.",
  used_advocate: "Who gave the reference. It counts against the limits of person and company like any other.",
  place: "Where they meet. The invitation carries it, so the advocate and the buyer read it.",
  comment: "What to repeat and what to do better. The program team reads it.",
  nominee_declined: "Kept with the nomination. Write it so that whoever nominated may read it.",
  content_title: "What buyers read over it. Name the customer only if they agreed to be named.",
  content_kind: "What it is. The consent of the customer has to cover what is of this kind.",
  content_stage:
    "The part of a deal in which it helps most. It is offered first there, and elsewhere after the others.",
  audience:
    "Whom it may be shown to. Only what is for buyers can be sent by a link; narrowing it ends links that are out.",
  content_url:
    "Where it lives, if it is no file here. Your buyer opens it there, so it must be open without a sign-in.",
  content_body: "The words of the customer, as they agreed to them. Find looks through them.",
  embargo: "Until this day nobody can send it, and no link shows it.",
  content_expires: "The last day it may be shown. Every link ends with it.",
  content_terms: "The same tags as on people and deals: they decide for which deal it is offered.",
  retire_reason: "Why it is not to be used any more. Links that buyers hold end at once.",
  shared_deal: "The deal that the link is for. An opening shows there and counts as an influence on it.",
  shared_until:
    "After this day the link shows nothing. It ends sooner with the consent or the content itself.",
  questions: "Paste the buyer’s list, one question a line. Each gets the stories that answer it.",
  save_name: "What you find it by. Only you see it.",
  save_alert: "A line in your inbox when somebody new fits and can be asked.",
  deal_account:
    "The buyer. Its industry, region and size become the criteria of matching, and its own advocates are left out.",
  deal_owner: "Who sells it. The deal stands in this person’s list, and its numbers count for their team.",
  deal_status: "Open, won or lost. A closed deal counts in the metric from its close date on.",
  amount: "What it is worth, in its own currency. Gaps and revenue influenced are counted in it.",
  close_on: "When it is expected to close, or did. The plan asks for references before it.",
  not_needed: "It is reported beside the metric, by reason; the deal stays in the metric.",
  away_days: "From the first day to the last, both whole. Nothing has to be handed back afterwards.",
  away_who: "A colleague with the same role. Nobody approves an ask of their own that way.",
  digest_hour: "The letter comes at this hour of your zone, on days on which something is open.",
  target: "The share of closed deals that should have used a reference. Every chart of it shows this line.",
  baseline: "The share before the program, so that everybody sees what it changed.",
  import_kind: "The kind of record that each row is. It decides which fields a column can feed.",
  mapping_name: "The next file with these columns is offered this mapping.",
  need_rate: "Of deals that get so far, the share that asks for a reference. It moves demand in proportion.",
  reach_rate:
    "Of deals in an earlier stage, the share that gets to the stage in which references are asked for.",
  yield_rate:
    "Of nominations that were decided, the share that became advocates. It says how many nominations a target needs.",
  acceptance_rate:
    "Of asks that reach advocates, the share that is accepted. It lowers what everybody can give.",
  references: "How many references one asking deal uses, in the mean; 1.5 is three for two deals.",
  lead_days: "A reference helps before the close, not on it: the need is so many days earlier.",
  onboarding_days: "From it come the days by which recruiting has to begin.",
  verified_days: "A profile that nobody confirmed for longer is no supply, unless you count it on purpose.",
  exchange_rates:
    "One unit of a currency in that of the program. Deals in a currency without a rate count without their money.",
  is_fixed: "Otherwise rates come from closed deals as soon as there are enough of them.",
  lose: "The scenario counts without them: what they cover today is missing, or falls to others with room.",
  recruit:
    "The scenario counts new advocates of this profile, at an account of their own, from its first day on.",
  rest_days: "How long somebody rests after a use. Only the scenario changes, not the rule of the program.",
  uses_per_advocate: "The most that one person gives in a year, in the scenario alone.",
  account_cap:
    "The most that all people of one company give together in the window of the rule, in the scenario alone.",
  sellers: "Sellers with a quota in this segment; two half positions are one.",
  quota: "What one seller is to sell in a year. Divided by the deal size it gives the deals.",
  deal_size: "The mean of a won deal. Smaller deals mean more of them, and more references.",
  win_rate: "With a rate, deals that are lost need references, too. Empty counts won deals only.",
  plan_why: "Kept with the version: it explains the difference when plan and actual are compared.",
  goal_days:
    "The days in which the money is to be won, both whole. They are compared with the same days a year before.",
  goal_change: "More than a year before, by a share or an amount, or an amount in all.",
  goal_terms: "Only deals with these tags count, for the goal and for the year before.",
  head_count:
    "+100 are new references, 25 % is a share of customers, +20 % more than today. It is held against what is asked for.",
  need_kind: "The part of the house that asks. It stands on the calendar and in the reminders.",
  need_on: "The day it takes place. Goodword says when to ask, and when to recruit, for it.",
  need_wanted: "How many different customers are needed. They are taken from what deals could use.",
  need_terms: "What the customers must have in common with the occasion. Without tags everybody fits.",
  need_account: "Where it has to be this one customer. It warns when they rest or are locked then.",
  calendar:
    "A file in the iCalendar format, as every calendar writes it. Loading it again moves needs with their events.",
  close_reason: "Kept where it was planned, so that whoever plans next knows.",
  target_note: "Whoever is asked to nominate reads it: which story helps most, what would be asked of them.",
  term_name: "What everybody reads. A change of name changes no record: they hold the term, not its words.",
  parent: "The wider term. Who looks for the wider one finds the narrower, too.",
  rank: "Bands next to each other fit by half. So the order must be that of the sizes.",
  facet_key: "The name of its column in files. It cannot be changed later.",
  merge_into: "Everything tagged with this term counts as the other one. It can be undone.",
  token_name: "What uses it, so that you know which one to revoke.",
  user_email: "What the person signs in with, and where letters go.",
  team: "Numbers are shown by team, and “my team” in a list means it.",
  password: "Guessable ones are refused. Hand it over in person; a new one ends every session of the person.",
  owner_many:
    "Everything chosen gets this owner. The look before says how many change, and one undo takes it back.",
  terms_many: "They are added or taken off everything chosen, as said above; other tags stay.",
  status_many: "Each moves only where it may move alone; the look before names who cannot, and why.",
  view_share: "Colleagues see the view in their list. Each sees only the rows in their own reach.",
  view_pin: "The view stands in your navigation, one press away.",
} as const;

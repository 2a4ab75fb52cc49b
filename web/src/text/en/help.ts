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
} as const;

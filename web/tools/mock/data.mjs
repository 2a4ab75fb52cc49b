// A small, made-up program for looking at pages without the server. Shapes follow the API document.

let counter = 0;
export const uuid = (kind, number) =>
  `${kind.toString(16).padStart(8, "0")}-0000-4000-8000-${number.toString(16).padStart(12, "0")}`;
const next = () => uuid(0xfff, ++counter);

export const today = "2026-11-22";
const day = (offset) =>
  new Date(Date.parse(`${today}T00:00:00Z`) + offset * 86_400_000).toISOString().slice(0, 10);
const usd = (amount) => ({ amount: amount.toFixed(2), currency: "USD" });

const tree = {
  industry: ["Industry", ["Healthcare", "Hospitals", "Retail", "Manufacturing", "Public sector", "Banking"]],
  region: ["Region", ["Midwest", "Northeast", "West", "United Kingdom", "Germany"]],
  product: ["Product", ["Core", "Cloud", "Analytics"]],
  use_case: ["Use case", ["Cloud migration", "Cost control", "Data sharing", "Compliance"]],
  persona: ["Persona", ["CIO", "CISO", "VP Operations", "Head of data"]],
  company_size: ["Company size", ["Under 500", "500 to 2,000", "2,000 to 10,000", "Over 10,000"]],
};
export const facets = Object.entries(tree).map(([key, [name]], ordinal) => ({
  key,
  name,
  ordinal: key === "company_size",
  multi: ordinal > 0,
}));
export const terms = Object.entries(tree).flatMap(([facet, [, names]], row) =>
  names.map((name, index) => ({
    id: uuid(0x10 + row, index),
    version: 1,
    facet,
    name,
    parent_id: null,
    rank: null,
    synonyms: name === "Healthcare" ? ["health", "medical"] : [],
    retired: false,
    merged_into: null,
    tagged: 40 - index * 5,
  })),
);
const term = (name) => terms.find((one) => one.name === name);
const tag = (name) => ({
  facet: term(name).facet,
  facet_name: tree[term(name).facet][0],
  term_id: term(name).id,
  term_name: name,
  raw: null,
});

const people = {
  dana: { id: uuid(1, 1), name: "Dana Reyes" },
  omar: { id: uuid(1, 2), name: "Omar Lindqvist" },
  priya: { id: uuid(1, 3), name: "Priya Natarajan" },
  lee: { id: uuid(1, 4), name: "Lee Whitfield" },
};

export const session = (roles) => ({
  user: {
    ...(roles.includes("owner") && !roles.includes("seller") ? people.omar : people.dana),
    email: "dana.reyes@brightwater.example",
    roles,
  },
  permissions: ["request_create"],
  mail_configured: true,
  is_demo: true,
  today,
  currency: "USD",
  program_name: "Brightwater references",
});

const accountSeeds = [
  ["Meridian Health", "Hospitals", "Midwest", 4200, 88, 62],
  ["Northlake Clinics", "Healthcare", "Midwest", 1800, 74, 41],
  ["St. Brendan Hospital Trust", "Hospitals", "United Kingdom", 9100, 91, 70],
  ["Halvorsen Retail Group", "Retail", "West", 12400, 66, 30],
  ["Castellan Bank", "Banking", "Northeast", 7300, 81, 55],
  ["County of Aldermere", "Public sector", "Northeast", 2600, 79, 48],
  ["Vogel Präzisionstechnik", "Manufacturing", "Germany", 640, 85, 66],
  ["Pinecrest Medical Partners", "Healthcare", "West", 950, 70, 20],
];
export const accounts = accountSeeds.map(([name, industry, region, employees, health, nps], index) => ({
  id: uuid(2, index),
  version: 3,
  external_id: `0015e00000${index}`,
  name,
  domain: `${name.toLowerCase().replace(/[^a-z]+/g, "")}.example`,
  owner: index % 3 ? people.omar : people.lee,
  employees,
  terms: [tag(industry), tag(region)],
  health,
  nps,
  locks: index === 3 ? [{ id: uuid(3, 1), reason: "Open escalation", from: day(-9), until: day(21) }] : [],
  advocates_count: [3, 1, 2, 2, 1, 1, 1, 0][index],
}));

const titles = [
  "CIO",
  "VP Operations",
  "Chief Information Officer",
  "Director of digital",
  "CISO",
  "Head of data",
  "IT director",
];
const names = [
  "Marguerite Oyelaran",
  "Tom Beckwith",
  "Siobhan Hartley",
  "Renée Dubois",
  "Ahmed Farouk",
  "Katrin Vogel",
  "Luis Camacho",
];
const availability = [
  { state: "free", until: null, reason: null },
  { state: "free", until: null, reason: null },
  { state: "ask_owner", until: null, reason: null },
  { state: "blocked", until: null, reason: "Account is locked" },
  { state: "rests_until", until: day(11), reason: null },
  { state: "free", until: null, reason: null },
  { state: "free", until: null, reason: null },
];
const activities = [
  ["reference_call", "Reference call"],
  ["site_visit", "Site visit"],
  ["quote", "Quote"],
  ["case_study", "Case study"],
  ["webinar", "Webinar"],
];
const content = [
  {
    id: uuid(7, 1),
    title: "Cutover in six weeks: how Meridian moved 40 systems",
    kind: "video",
    stage: "late",
    account_name: "Meridian Health",
    relevance: 0.92,
    url: "https://content.example/meridian",
    excerpt: "Two minutes on what the board asked, and what they were shown.",
  },
  {
    id: uuid(7, 2),
    title: "Northlake cut storage cost by a third",
    kind: "case_study",
    stage: "middle",
    account_name: "Northlake Clinics",
    relevance: 0.71,
    url: "https://content.example/northlake",
    excerpt: "One page with the numbers before and after.",
  },
  {
    id: uuid(7, 3),
    title: "“We would do it again, sooner”",
    kind: "quote",
    stage: "early",
    account_name: "St. Brendan Hospital Trust",
    relevance: 0.55,
    url: null,
    excerpt: "Approved quote of the CIO.",
  },
];
const masked = (index) => ![1, 5].includes(index);
export const advocates = names.map((name, index) => {
  const account = accounts[index];
  return {
    id: uuid(5, index),
    version: 4,
    contact_id: uuid(4, index),
    display_name: masked(index) ? `${titles[index]} at ${account.name}` : name,
    name_masked: masked(index),
    title: titles[index],
    account: { id: account.id, name: account.name, owner: account.owner },
    status: ["active", "active", "active", "active", "active", "paused", "onboarding"][index],
    moves: ["paused", "retired"],
    headline:
      index === 0
        ? "Moved 40 clinical systems to the cloud without a day of downtime"
        : "Runs the whole estate on Cloud since spring",
    story:
      "Three data centres had to go within a year. The team moved wave by wave, measured each cutover, and closed the last hall four weeks early.\nNow the hospital pays a third less for storage.",
    outcomes: [
      { statement: "less paid for storage", value: 34, unit: "%" },
      { statement: "from decision to last cutover", value: 6, unit: "weeks" },
    ],
    topics_can: ["Cutover planning", "Talking to the board", "Security review"],
    topics_cannot: ["Prices", "Named competitors"],
    terms: [
      ...account.terms,
      tag("Cloud"),
      tag("Cloud migration"),
      { facet: "use_case", facet_name: "Use case", term_id: null, term_name: null, raw: "DC exit" },
    ],
    activities: activities
      .slice(0, 3 + (index % 3))
      .map(([activity, label], n) => ({ activity, label, limit_per_year: n === 0 ? 4 : null })),
    limits: { per_year: 6, per_quarter: 2 },
    languages: ["English"],
    time_zone: "America/Chicago",
    availability: availability[index],
    consent: { valid: true, activities: ["reference_call"], until: day(300) },
    usage: {
      band: "1 to 2 times",
      months:
        index === 0
          ? Array.from({ length: 12 }, (_, m) => ({
              month: day(-330 + m * 30).slice(0, 7),
              uses: [0, 1, 0, 0, 2, 0, 0, 1, 0, 0, 0, 1][m],
            }))
          : null,
      limit: 6,
    },
    contact: { email: null, phone: null, masked: true, reason: "Shown to you once the advocate accepts." },
    notes: null,
    content: content.slice(0, 2),
    verified_on: day(-12 - index * 40),
    freshness: [],
    can_edit: true,
    can_verify: true,
  };
});
export const advocateRows = advocates.map((one, index) => ({
  id: one.id,
  version: one.version,
  display_name: one.display_name,
  name_masked: one.name_masked,
  title: one.title,
  account: { id: one.account.id, name: one.account.name },
  status: one.status,
  availability: one.availability,
  activities: one.activities.map(({ activity, label }) => ({ activity, label })),
  verified_on: one.verified_on,
  uses_last_year: [5, 2, 3, 0, 4, 1, 0][index],
}));

const initials = (name) =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word[0])
    .join("");
export const rows = advocates.slice(0, 5).map((one, index) => ({
  advocate: one.id,
  display_name: one.display_name,
  name_masked: one.name_masked,
  title: one.title,
  persona: ["CIO", "VP Operations", "CIO", "Head of data", "CISO"][index],
  account: one.account.id,
  account_name: one.account.name,
  account_initials: initials(one.account.name),
  industry: accountSeeds[index][1],
  region: accountSeeds[index][2],
  employees: accountSeeds[index][3],
  relevance: [0.94, 0.81, 0.72, 0.5, 0.38][index],
  reasons: [
    {
      criterion: "industry",
      points: [31, 25, 31, 8, 0][index],
      words: [
        "Same industry: Hospitals",
        "Wider industry: Healthcare",
        "Same industry: Hospitals",
        "Other industry: Retail",
        "Other industry: Banking",
      ][index],
      kind: ["same", "broader", "same", "missing", "missing"][index],
    },
    {
      criterion: "use_case",
      points: [31, 31, 24, 31, 24][index],
      words: "Same use case: Cloud migration",
      kind: "same",
    },
    {
      criterion: "persona",
      points: [22, 10, 17, 6, 10][index],
      words: ["Same role: CIO", "Same seniority", "Same role: CIO", "Nearby role", "Same seniority"][index],
      kind: "same",
    },
    {
      criterion: "company_size",
      points: [10, 15, 0, 5, 4][index],
      words: ["2× your size", "Similar size", "5× your size", "6× your size", "4× your size"][index],
      kind: "adjacent",
    },
  ],
  availability: one.availability,
  activities: one.activities.map(({ activity, label }) => ({ activity, label })),
  load: ["light", "light", "medium", "light", "heavy"][index],
  verified_on: one.verified_on,
  last_verified_words: `Verified ${[12, 52, 92, 132, 172][index]} days ago`,
  others_at_account: index === 0 ? 2 : 0,
  story_excerpt: one.headline,
  best_content: content[index] ?? null,
}));

export function matchAnswer({ text, zero, relax }) {
  const criteria = [
    ["industry", "Hospitals"],
    ["use_case", "Cloud migration"],
    ["region", "Midwest"],
    ["persona", "CIO"],
  ].map(([facet, name]) => ({
    facet,
    facet_name: tree[facet][0],
    terms: [{ id: term(name).id, name }],
    must: facet === "industry",
    weight: 10,
  }));
  return {
    criteria,
    text: text ?? null,
    activity: "reference_call",
    need_by: day(18),
    total: zero ? 0 : 14,
    accounts: zero ? 0 : 11,
    rows: zero ? [] : rows,
    next_cursor: null,
    facets: Object.entries(tree)
      .slice(0, 5)
      .map(([facet, [name, list]]) => ({
        facet,
        name,
        terms: list.map((one, index) => ({
          id: term(one).id,
          name: one,
          parent_id: null,
          count: 14 - index * 2,
        })),
      })),
    relaxations:
      zero || relax
        ? [
            { drop: ["region"], label: "Drop region", gain: 4 },
            { drop: ["persona"], label: "Drop persona", gain: 9 },
          ]
        : [],
    near: zero ? rows.slice(0, 2) : [],
    content: content.slice(0, 2),
    unmet_recorded: Boolean(zero),
  };
}

const dealSeeds = [
  ["Riverside Medical Group: cloud move", "Riverside Medical Group", 480_000, 34, false, 0],
  ["Ashford Hospitals: analytics", "Ashford Hospitals", 215_000, 12, false, 1],
  ["Greyfield County: core renewal and growth", "County of Greyfield", 96_500, 58, true, 0],
  ["Tamarack Foods: cloud", "Tamarack Foods", 1_250_000, 71, false, 0],
  ["Lindgren Logistics: data sharing", "Lindgren Logistics", 150_000, 90, false, 2],
];
export const opportunities = dealSeeds.map(([name, account, amount, closes, has, open], index) => ({
  id: uuid(6, index),
  version: 2,
  external_id: `0065e0000${index}`,
  name,
  account: index === 4 ? null : { id: uuid(2, index), name: account },
  account_raw: index === 4 ? account : null,
  owner: people.dana,
  status: "open",
  kind: index === 2 ? "expansion" : "new",
  stage: ["middle", "late", "middle", "early", "early"][index],
  stage_raw: ["Evaluation", "Negotiation", "Evaluation", "Discovery", "Discovery"][index],
  amount: usd(amount),
  list_amount: usd(amount * 1.15),
  close_on: day(closes),
  created_on: day(closes - 160),
  reference_stage_on: index < 3 ? day(closes - 70) : null,
  terms: [
    tag("Hospitals"),
    tag("Midwest"),
    tag("Cloud migration"),
    tag("CIO"),
    { facet: "company_size", facet_name: "Company size", term_id: null, term_name: null, raw: "mid-market" },
  ],
  has_reference: has,
  open_requests: open,
  not_needed_reason: null,
}));

const ways = ["owner_asked", "advocate_asked", "accepted", "scheduled", "done"];
export function candidate(number, advocate, state, extra = {}) {
  const at = ways.indexOf(state);
  const reached = at < 0 ? 1 : at;
  return {
    id: uuid(8, number),
    version: 1,
    state,
    holder:
      {
        owner_asked: "owner",
        advocate_asked: "advocate",
        accepted: "requester",
        scheduled: "requester",
        done: "requester",
      }[state] ?? "nobody",
    holder_name:
      {
        owner_asked: "Omar Lindqvist",
        advocate_asked: null,
        accepted: "Dana Reyes",
        scheduled: "Dana Reyes",
        done: "Dana Reyes",
      }[state] ?? null,
    due_on: day(3),
    overdue: false,
    advocate: {
      id: advocate.id,
      display_name: advocate.display_name,
      name_masked: advocate.name_masked,
      title: advocate.title,
      account_name: advocate.account.name,
    },
    steps: (at < 0 ? ["owner_asked", state] : ways).map((one, index) => ({
      state: one,
      at: index <= reached ? `${day(-6 + index)}T10:00:00Z` : null,
      done: index < reached,
    })),
    declined: null,
    planned_on: null,
    can: [],
    contact: null,
    use: null,
    is_self_approval: false,
    ...extra,
  };
}
export function request(number, deal, candidates, extra = {}) {
  return {
    id: uuid(9, number),
    version: 1,
    status: "in_progress",
    activity: "reference_call",
    activity_label: "Reference call",
    need_by: day(18),
    wanted: 1,
    note: "Their CIO worries about downtime during the cutover. She would like to hear how the first wave went.",
    is_rush: false,
    requester: people.dana,
    opportunity: { id: deal.id, name: deal.name, amount: deal.amount },
    account_name: deal.account?.name ?? deal.account_raw,
    candidates,
    created_at: `${day(-6)}T09:12:00Z`,
    closed_at: null,
    unfilled_reason: null,
    ...extra,
  };
}
export const requests = [
  request(1, opportunities[1], [
    candidate(1, advocates[0], "accepted", {
      can: ["schedule", "record_use", "withdraw"],
      contact: {
        name: "Marguerite Oyelaran",
        email: "m.oyelaran@meridianhealth.example",
        phone: "+1 312 555 0148",
      },
    }),
    candidate(2, advocates[2], "declined", { declined: { by: "owner", reason: "Renewal talks this month" } }),
  ]),
  request(2, opportunities[4], [
    candidate(3, advocates[1], "owner_asked", {
      overdue: true,
      due_on: day(-1),
      can: ["approve", "decline"],
    }),
  ]),
  request(3, opportunities[4], [], { status: "matching", note: null, wanted: 2 }),
];
export const approvals = requests
  .slice(1, 2)
  .concat(
    request(4, opportunities[0], [
      candidate(4, advocates[0], "owner_asked", { can: ["approve", "decline"] }),
    ]),
  )
  .map((one) => ({
    candidate: one.candidates[0],
    request: {
      id: one.id,
      version: 1,
      status: one.status,
      activity: one.activity,
      activity_label: one.activity_label,
      need_by: one.need_by,
      note: one.note,
      is_rush: false,
      requester: one.requester,
      opportunity: one.opportunity,
      account_name: one.account_name,
    },
    context: { uses_last_year: 2, last_use_on: day(-96), health: 88, nps: 62, locks: [] },
  }));
export const answer = {
  purpose: "ask",
  state: "open",
  advocate_name: "Marguerite",
  account_name: "Meridian Health",
  activity_label: "Reference call",
  asked_by: { name: "Dana Reyes", company: "Brightwater" },
  prospect_name: "Riverside Medical Group",
  why: "You moved clinical systems to the cloud, in a hospital of similar size.",
  note: "Their CIO worries about downtime during the cutover. She would like to hear how the first wave went.",
  need_by: day(18),
  minutes: 30,
  expires_at: `${day(14)}T12:00:00Z`,
};
export const inbox = [
  {
    id: next(),
    class: "ask",
    title: "Marguerite Oyelaran accepted",
    body: "Set a date for the call with Ashford Hospitals.",
    link: `/requests/${requests[0].id}`,
    created_at: `${day(0)}T07:10:00Z`,
    read_at: null,
  },
  {
    id: next(),
    class: "update",
    title: "St. Brendan Hospital Trust was declined",
    body: "Omar Lindqvist: Renewal talks this month.",
    link: `/requests/${requests[0].id}`,
    created_at: `${day(-2)}T15:40:00Z`,
    read_at: null,
  },
  {
    id: next(),
    class: "mention",
    title: "Priya mentioned you",
    body: "Could the Northlake story fit your Tamarack deal?",
    link: "/find",
    created_at: `${day(-5)}T09:00:00Z`,
    read_at: `${day(-4)}T09:00:00Z`,
  },
];
const months = ["Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov"];
const money = (closed) => ({
  USD: { revenue_won: usd(closed * 61_000).amount, revenue_influenced: usd(closed * 24_500).amount },
});
export function leveraging(by) {
  const labels =
    by === "month"
      ? months
      : by === "quarter"
        ? ["Q1 2026", "Q2 2026", "Q3 2026", "Q4 2026"]
        : by === "team"
          ? ["Enterprise East", "Enterprise West", "Mid-market", "Public"]
          : ["Healthcare", "Retail", "Manufacturing", "Public sector", "Banking"];
  const groups = labels.map((label, index) => {
    const closed = by === "month" ? 24 + ((index * 7) % 13) - (index === 2 ? 12 : 0) : 64 - index * 12;
    const leveraged = Math.round(closed * (0.22 + index * (by === "month" ? 0.02 : 0.06)));
    return {
      key: label,
      label,
      closed,
      leveraged,
      rate: leveraged / closed,
      currencies: money(closed),
      small_sample: closed < 20,
    };
  });
  return {
    from: "2025-12-01",
    to: today,
    closed: 341,
    leveraged: 140,
    rate: 140 / 341,
    currencies: money(341),
    won: 198,
    target: 70,
    baseline: 22,
    formula:
      "Closed opportunities of new business and expansion with at least one influence before they closed, divided by all closed ones.",
    groups,
    open: { count: 214, with_reference: 71 },
  };
}
export const deals = [0, 1, 2, 3].map((index) => ({
  opportunity: {
    ...opportunities[index],
    status: index % 2 ? "lost" : "won",
    close_on: day(-14 * (index + 1)),
    id: opportunities[index].id,
  },
  influences:
    index < 3
      ? [{ kind: "use", on: day(-20 * (index + 1)), advocate_display: advocates[index].display_name }]
      : [],
}));
export const unmapped = [
  {
    facet: "industry",
    raw: "Hlthcare - Provider",
    count: 41,
    suggestion: { term_id: term("Healthcare").id, name: "Healthcare" },
  },
  { facet: "use_case", raw: "DC exit", count: 12, suggestion: null },
  { facet: "company_size", raw: "mid-market", count: 87, suggestion: null },
];
export const timeline = [
  {
    position: 912,
    at: `${day(-1)}T16:20:00Z`,
    actor_name: "Omar Lindqvist",
    action: "approved",
    record_kind: "request",
    record_id: requests[0].id,
    summary: "Approved CIO at Meridian Health",
    changes: null,
  },
  {
    position: 874,
    at: `${day(-6)}T09:12:00Z`,
    actor_name: "Dana Reyes",
    action: "submitted",
    record_kind: "request",
    record_id: requests[0].id,
    summary: "Asked for a reference call",
    changes: null,
  },
];

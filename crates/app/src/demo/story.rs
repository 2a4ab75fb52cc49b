//! What advocates tell: a problem, a change and a number, by use case.

use super::chance::Chance;

/// A kind of story, with what is filled in.
pub(super) struct Plot {
    pub use_case: &'static str,
    pub product: &'static str,
    pub story_type: &'static str,
    pub concern: &'static str,
    pub before: &'static str,
    pub change: &'static str,
    /// What was measured, in a sentence with `{}` for the number.
    pub outcome: &'static str,
    pub headline: &'static str,
    pub low: i64,
    pub high: i64,
    pub unit: &'static str,
    pub second: &'static str,
    pub quotes: &'static [&'static str],
}

pub(super) const PLOTS: &[Plot] = &[
    Plot {
        use_case: "Automation",
        product: "Larkspur Flow",
        story_type: "Return on investment",
        concern: "Price and value",
        before: "approvals went by mail and nobody could say where one was stuck",
        change: "mapped its forty busiest workflows in the first quarter and retired the spreadsheets one by one",
        outcome: "Handling time of an approval fell by {} percent",
        headline: "Approvals {} percent faster",
        low: 34,
        high: 78,
        unit: "%",
        second: "Two people who chased approvals now improve them.",
        quotes: &[
            "We stopped asking who has it and started asking why it takes a day.",
            "The first workflow paid for the year.",
        ],
    },
    Plot {
        use_case: "Analytics and reporting",
        product: "Larkspur Insight",
        story_type: "Fast time to value",
        concern: "User adoption",
        before: "every department brought its own numbers to the monthly review",
        change: "put one set of definitions behind every report and let the departments build on it",
        outcome: "The monthly close takes {} days less",
        headline: "Closing the month {} days sooner",
        low: 2,
        high: 8,
        unit: "days",
        second: "Three quarters of managers open a dashboard every week without being told to.",
        quotes: &[
            "We no longer argue about whose number is right.",
            "People who never opened a report now send me screenshots of one.",
        ],
    },
    Plot {
        use_case: "Security",
        product: "Larkspur Guard",
        story_type: "Competitive win",
        concern: "Security and privacy",
        before: "alerts came from six tools and were read by whoever had time",
        change: "replaced four of the six and gave the night shift a runbook that runs itself",
        outcome: "Mean time to contain an incident fell by {} percent",
        headline: "Incidents contained {} percent sooner",
        low: 41,
        high: 83,
        unit: "%",
        second: "The last two audits passed without a finding.",
        quotes: &[
            "The night shift sleeps again, in turns.",
            "We switched in eleven weeks, during business.",
        ],
    },
    Plot {
        use_case: "Data integration",
        product: "Larkspur Connect",
        story_type: "Large scale",
        concern: "Integration",
        before: "nightly jobs failed silently and stores opened with yesterday's stock",
        change: "moved every feed to events and can replay any of them",
        outcome: "{} million records a day arrive within a minute",
        headline: "{} million records a day, on time",
        low: 4,
        high: 60,
        unit: "million records",
        second: "Nobody has been called at night for a feed since spring.",
        quotes: &[
            "I had a pager. I gave it back.",
            "Replaying yesterday is a button now.",
        ],
    },
    Plot {
        use_case: "Customer service",
        product: "Larkspur Flow",
        story_type: "Expansion",
        concern: "Implementation effort",
        before: "customers told their story again with every transfer",
        change: "gave every agent the whole case and started with the three most common questions",
        outcome: "First-contact resolution rose by {} percentage points",
        headline: "{} points more cases solved at first contact",
        low: 9,
        high: 31,
        unit: "points",
        second: "The pilot of one team became all nine within a year.",
        quotes: &[
            "Customers noticed before we announced it.",
            "We started with one team because they asked.",
        ],
    },
    Plot {
        use_case: "Compliance",
        product: "Larkspur Guard",
        story_type: "Reliability",
        concern: "Security and privacy",
        before: "evidence for the auditors was collected by hand every quarter",
        change: "collects evidence as the work is done, with an owner for every control",
        outcome: "Audit preparation takes {} percent fewer hours",
        headline: "{} percent less audit preparation",
        low: 38,
        high: 72,
        unit: "%",
        second: "The regulator's last visit took a morning.",
        quotes: &[
            "Our auditors asked whether they could use it elsewhere.",
            "Evidence is a by-product now.",
        ],
    },
    Plot {
        use_case: "Migration",
        product: "Larkspur Connect",
        story_type: "Digital transformation",
        concern: "Migration",
        before: "a system from the nineties could be stopped for four hours a year",
        change: "moved it branch by branch with both running side by side",
        outcome: "{} branches moved without a day of downtime",
        headline: "{} branches moved without downtime",
        low: 18,
        high: 240,
        unit: "branches",
        second: "The old system was switched off four months early.",
        quotes: &[
            "The best thing about the cut-over: nobody wrote about it.",
            "Side by side for a month was worth every hour.",
        ],
    },
    Plot {
        use_case: "Planning and forecasting",
        product: "Larkspur Insight",
        story_type: "Return on investment",
        concern: "Scalability and performance",
        before: "the plan was a file that only one person dared to open",
        change: "plans in one place and sees a changed assumption through to the cash",
        outcome: "Forecast error fell by {} percent",
        headline: "Forecasts {} percent closer",
        low: 18,
        high: 46,
        unit: "%",
        second: "A re-plan takes an afternoon instead of three weeks.",
        quotes: &[
            "We re-planned twice in March and nobody worked a weekend.",
            "Finance and operations look at the same page.",
        ],
    },
    Plot {
        use_case: "Monitoring",
        product: "Larkspur Insight",
        story_type: "Reliability",
        concern: "Support and service",
        before: "users reported outages before the operators saw them",
        change: "watches what users feel instead of what machines say",
        outcome: "Outages noticed by users first fell by {} percent",
        headline: "{} percent fewer outages noticed by users first",
        low: 52,
        high: 91,
        unit: "%",
        second: "Support answered in minutes on the one bad day.",
        quotes: &[
            "I know before the phone rings.",
            "Their engineer stayed on the line until we were up.",
        ],
    },
    Plot {
        use_case: "Collaboration",
        product: "Larkspur Flow",
        story_type: "Partnership",
        concern: "User adoption",
        before: "projects across sites lived in the heads of two people",
        change: "runs every cross-site project on one board with a named owner",
        outcome: "{} percent of projects finish on the promised date",
        headline: "{} percent of projects on time",
        low: 71,
        high: 96,
        unit: "%",
        second: "New colleagues are productive in their second week.",
        quotes: &[
            "The two heads went on holiday. Nothing happened.",
            "Adoption was not a project, it was a rumor that was true.",
        ],
    },
];

/// A story told by one advocate.
pub(super) struct Story {
    pub plot: &'static Plot,
    pub number: i64,
    pub quote: &'static str,
}

impl Story {
    pub(super) fn tell(chance: &mut Chance) -> Self {
        let plot = chance.pick(PLOTS);
        Self {
            plot,
            number: chance.between(plot.low, plot.high),
            quote: chance.word(plot.quotes),
        }
    }

    pub(super) fn headline(&self) -> String {
        self.plot.headline.replace("{}", &self.number.to_string())
    }

    pub(super) fn outcome(&self) -> String {
        self.plot.outcome.replace("{}", &self.number.to_string())
    }

    pub(super) fn text(&self, account: &str) -> String {
        format!(
            "At {account}, {}. With {} the team {}. {}. {} \"{}\"",
            self.plot.before,
            self.plot.product,
            self.plot.change,
            self.outcome(),
            self.plot.second,
            self.quote
        )
    }
}

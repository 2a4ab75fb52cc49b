//! Growth goals: what more revenue in a period asks of the pipeline and of the references.
//!
//! Decides which deals a goal is about and what they have brought. Refuses to know the formula, which
//! is the planning room's, and how a sentence is read, which is `reading`'s.

use domain::{
    id::{GrowthGoalId, TermId},
    money::{Currency, Money},
    opportunity::OpportunityStatus,
    time::Day,
};
use planning::{
    demand::{Deal, Learned},
    goal::{self, Change, Closed, PERIOD_DAYS_MAX, Period, Process, SHARE_MAX, Start},
};
use serde::{Deserialize, Serialize};

use super::{
    AskPlan,
    demand::decimal,
    pipeline::{self, Pipeline},
};
use crate::{
    App,
    actor::Actor,
    error::{Error, FieldProblem},
    policy::{self, Permission},
};

mod about;
mod kept;
mod reading;

pub(super) use about::{About, Own, PlannedGoal, kept, planned};
pub use kept::{KeptGoal, SaveGoal, edit, get, list, remove, save};
pub use reading::{GoalReading, GoalTerm, GoalWords, ReadGoal, read};

/// Terms that a goal names at most.
pub const TERMS_MAX: usize = 50;

const FORMULA: &str = "Target = won in the same days a year before, changed as the goal says. Opportunities = (target - won so far) / mean size of won deals / win rate; requests = opportunities x chance to reach the reference stage x need rate x references per asking deal. Rates of few deals are drawn towards those of all. What open deals will ask for in these days counts first; the rest is missing in the pipeline";

/// How revenue is to change against the same days a year before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "by", rename_all = "snake_case", deny_unknown_fields)]
pub enum GoalChange {
    /// Grow by a share: 0.2 for a fifth more; above 0, at most 100.
    Share { share: f64 },
    /// Grow by an amount of the program's currency, a decimal text.
    More { amount: String },
    /// Come to an amount of the program's currency, a decimal text.
    Total { amount: String },
}

/// A growth goal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GrowthGoal {
    pub first: Day,
    /// The last day, which belongs to the period; three years after the first at most.
    pub last: Day,
    pub change: GoalChange,
    /// Whose deals it is about: of each facet that is named, a deal or its account carries one of
    /// these terms or one under it. All deals when empty.
    #[serde(default)]
    pub terms: Vec<TermId>,
}

/// What a goal asks of the pipeline and of the references.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct GoalOutlook {
    pub as_of: Day,
    pub currency: Currency,
    /// The same days a year before.
    pub before_first: Day,
    pub before_last: Day,
    /// Those days are not over: what was won in them so far is counted.
    pub is_before_running: bool,
    /// What those days brought, and by how many won deals.
    pub earned: String,
    pub earned_deals: usize,
    /// What the goal's own days have brought so far.
    pub won: String,
    pub won_deals: usize,
    /// What is to be won in all.
    pub target: String,
    /// Of it, what goes beyond the year before.
    pub more: String,
    /// Mean size of a won deal, and how many of the goal's own are behind it.
    pub deal_size: String,
    pub deal_size_n: usize,
    pub win_rate: Learned,
    /// Share of deals in the reference stage that ask.
    pub need_rate: Learned,
    /// Share of earlier deals that reach it.
    pub reach_rate: Learned,
    pub references: Learned,
    /// Deals still to win, and to work on for that.
    pub wins: f64,
    pub opportunities: f64,
    /// Requests that these bring.
    pub requests: f64,
    /// Open deals that the goal is about, and their money, estimates included.
    pub open_deals: usize,
    pub open_money: String,
    /// References that they are expected to ask for, closing in these days.
    pub pipeline_requests: f64,
    /// Requests of opportunities that are not in the pipeline yet.
    pub missing_requests: f64,
    /// Names of facets that the goal names and no deal carries a term of: left out, since nothing tells
    /// which deals they mean.
    pub left_out: Vec<String>,
    pub formula: String,
}

impl GrowthGoal {
    fn period(&self) -> Period {
        Period {
            first: self.first,
            last: self.last,
        }
    }

    /// The change in minor units, or what makes no sense, by field.
    fn checked(&self, currency: Currency) -> Result<Change, Error> {
        let mut problems = Vec::new();
        let mut refuse = |field: &str, message: String| {
            problems.push(FieldProblem {
                field: field.to_owned(),
                message,
            });
        };
        if !(1..=PERIOD_DAYS_MAX).contains(&self.period().days()) {
            let message = "The period ends before it begins, or lasts longer than three years.";
            refuse("last", message.to_owned());
        }
        if self.terms.len() > TERMS_MAX {
            refuse("terms", format!("Name at most {TERMS_MAX} terms."));
        }
        let minor = |amount: &str| {
            let money = Money::parse(amount.trim(), currency).ok()?;
            u64::try_from(money.minor).ok().filter(|minor| *minor > 0)
        };
        let change = match &self.change {
            GoalChange::Share { share } => {
                (*share > 0.0 && *share <= SHARE_MAX).then_some(Change::Share(*share))
            }
            GoalChange::More { amount } => minor(amount).map(Change::By),
            GoalChange::Total { amount } => minor(amount).map(Change::To),
        };
        if change.is_none() {
            let message = match self.change {
                GoalChange::Share { .. } => {
                    format!("Grow by more than 0 and at most {SHARE_MAX} times as much on top.")
                }
                GoalChange::More { .. } | GoalChange::Total { .. } => {
                    format!("Write an amount in {currency} above 0, such as 250000.")
                }
            };
            refuse("change", message);
        }
        match change {
            Some(change) if problems.is_empty() => Ok(change),
            Some(_) | None => Err(Error::Invalid(problems)),
        }
    }
}

/// What a kept goal asks for beside the pipeline.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct GoalDemand {
    pub id: GrowthGoalId,
    pub name: String,
    pub first: Day,
    pub last: Day,
    /// Requests that the goal asks for, and of them those that open deals are not expected to bring.
    pub requests: f64,
    pub missing_requests: f64,
    /// The missing ones that fall by each window's end, spread over the days of the goal that are left.
    pub within: Vec<f64>,
}

/// A kept goal as coverage reads it: what is missing in the pipeline, and what one reference of it is worth.
#[derive(Clone, Debug)]
pub(super) struct GoalWants {
    /// The goal's place among those that are kept.
    pub place: usize,
    pub demand: GoalDemand,
    /// Minor units: mean size of a won deal / references of an asking deal.
    pub value: u64,
}

/// What kept goals ask for; none while nothing was won that could tell how large deals are.
pub(super) fn wants(pipeline: &Pipeline) -> Vec<GoalWants> {
    let lead = pipeline.assumptions.lead_days;
    let as_of = pipeline.forecast.as_of;
    let told = pipeline
        .goals
        .iter()
        .enumerate()
        .filter_map(|(place, kept)| {
            let period = kept.goal.period();
            let change = kept.goal.checked(pipeline.currency).ok()?;
            let (outlook, process) = worked_out(pipeline, &kept.own, period, change).ok()?;
            let missing = outlook.missing_requests;
            let within = |days: &i64| missing * goal::share_within(period, lead, as_of, *days);
            let demand = GoalDemand {
                id: kept.id,
                name: kept.name.clone(),
                first: period.first,
                last: period.last,
                requests: outlook.requests,
                missing_requests: missing,
                within: pipeline.window_ends.iter().map(within).collect(),
            };
            Some(GoalWants {
                place,
                demand,
                value: goal::minor(process.deal_size.rate / outlook.references.rate),
            })
        });
    told.collect()
}

/// Works out what a goal asks for, from the deals in the actor's reach. Nothing is stored.
pub async fn outlook(app: &App, actor: &Actor, goal: &GrowthGoal) -> Result<GoalOutlook, Error> {
    policy::require(actor, Permission::PlanRead)?;
    let pipeline = pipeline::read(app, actor, &AskPlan::default()).await?;
    let about = About::new(&pipeline.taxonomy, &goal.terms)?;
    let own = pipeline::own(&pipeline.ground, &pipeline.taxonomy, &pipeline.rows, &about);
    let change = goal.checked(pipeline.currency)?;
    let (outlook, _) = worked_out(&pipeline, &own, goal.period(), change)?;
    Ok(outlook)
}

fn worked_out(
    pipeline: &Pipeline,
    own: &Own,
    period: Period,
    change: Change,
) -> Result<(GoalOutlook, Process), Error> {
    let as_of = pipeline.forecast.as_of;
    let before = period.year_before();
    let won = won_deals(pipeline, &own.deals);
    let sum = |within: Period| {
        let closed = won.iter().filter(|(day, _)| within.contains(*day));
        closed.fold((0_usize, 0_u64), |(deals, money), (_, amount)| {
            (deals + 1, money.saturating_add(*amount))
        })
    };
    let ((earned_deals, earned), (won_deals, won)) = (sum(before), sum(period));
    let mut process = Process::learn(closed(pipeline, &own.deals), closed(pipeline, &vec![true; own.deals.len()]))
        .ok_or_else(|| {
            Error::Conflict("No deal with an amount was won yet, so nothing says how large deals are or how often they are won. Import closed deals with their amounts first.".to_owned())
        })?;
    if let Some(rate) = pipeline.win_rate {
        process.win_rate = Learned { rate, n: 0 };
    }
    let open = pipeline.part(period, &own.deals);
    let need = open.need_rate.rate * open.reach_rate.rate;
    let start = Start { earned, won };
    let asked = goal::asked(change, start, &process, need, open.references.rate);
    let outlook = GoalOutlook {
        as_of,
        currency: pipeline.currency,
        before_first: before.first,
        before_last: before.last,
        is_before_running: before.last >= as_of,
        earned: decimal(pipeline, earned),
        earned_deals,
        won: decimal(pipeline, won),
        won_deals,
        target: decimal(pipeline, asked.target),
        more: decimal(pipeline, asked.more),
        deal_size: decimal(pipeline, goal::minor(process.deal_size.rate)),
        deal_size_n: process.deal_size.n,
        win_rate: process.win_rate,
        need_rate: open.need_rate,
        reach_rate: open.reach_rate,
        references: open.references,
        wins: asked.wins,
        opportunities: asked.opportunities,
        requests: asked.requests,
        open_deals: open.deals,
        open_money: decimal(pipeline, open.money),
        pipeline_requests: open.requests,
        missing_requests: (asked.requests - open.requests).max(0.0),
        left_out: own.left_out.clone(),
        formula: FORMULA.to_owned(),
    };
    Ok((outlook, process))
}

/// The goal's own deals, each with its row.
fn own_deals<'a>(
    pipeline: &'a Pipeline,
    own: &'a [bool],
) -> impl Iterator<Item = (OpportunityStatus, &'a Deal)> {
    let rows = pipeline.rows.iter().zip(pipeline.deals.iter()).zip(own);
    rows.filter(|(_, is_own)| **is_own)
        .map(|((known, deal), _)| (known.row.status, deal))
}

/// Deals won by the day of the plan, with the day and the minor units of the plan's currency.
fn won_deals(pipeline: &Pipeline, own: &[bool]) -> Vec<(Day, u64)> {
    own_deals(pipeline, own)
        .filter(|(status, _)| *status == OpportunityStatus::Won)
        .filter_map(|(_, deal)| Some((deal.close_on?, deal.amount.unwrap_or(0))))
        .filter(|(day, _)| *day <= pipeline.forecast.as_of)
        .collect()
}

/// How deals that were closed by the day of the plan ended.
fn closed(pipeline: &Pipeline, own: &[bool]) -> Closed {
    let mut sums = Closed::default();
    let as_of = pipeline.forecast.as_of;
    let known =
        own_deals(pipeline, own).filter(|(_, deal)| deal.close_on.is_none_or(|day| day <= as_of));
    for (status, deal) in known {
        match status {
            OpportunityStatus::Lost => sums.lost += 1,
            OpportunityStatus::Won => {
                sums.won += 1;
                let amount = deal.amount.filter(|amount| *amount > 0);
                sums.priced += usize::from(amount.is_some());
                sums.money = sums.money.saturating_add(amount.unwrap_or(0));
            }
            OpportunityStatus::Open => {}
        }
    }
    sums
}

//! The one metric: the percentage of opportunities leveraging references, and the deals behind it.
//!
//! Decides what is counted and how it is named. Every number is counted in the reader's scope and
//! drills to its deals; several currencies are never added up.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    access::Scope,
    opportunity::{NoGroup, OpportunityKind},
    time::Day,
};
use serde::Serialize;
use storage::leveraging::{self, Beside, Cell, Cut, Frame, Group};

use crate::{
    App,
    actor::Actor,
    error::Error,
    once::{Cause, Once},
    policy::{self, Permission},
    setting::{self, LeveragingGoal},
};

mod deals;
mod group;
mod heard;
mod sum;

pub use deals::{AskDeals, Behind, Influence, LeveragingDeal, deals};
pub use sum::MoneyInfluenced;
use sum::Sum;

/// Below this many closed deals a percentage says little, and is marked.
pub const SMALL_SAMPLE_BELOW: i64 = 20;

/// Groups of an answer, those with the most closed deals; periods are always all answered.
pub const GROUPS_SHOWN: usize = 200;
/// The most groups that may be asked for.
pub const GROUPS_MAX: usize = 5_000;

/// The longest period that is counted at once.
const PERIOD_DAYS_MAX: i64 = 36_525;

pub const FORMULA: &str = "Closed opportunities of the period with at least one reference use, or shared content opened by the buyer, on or before the day they closed, divided by all closed opportunities of the period";

pub const REVENUE_FORMULA: &str = "Amounts of the won opportunities of the period with at least one reference use, or shared content opened by the buyer, on or before the day they closed, added up; each deal counts once, and each currency by itself";

/// What the metric is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ask {
    /// First day; by default the day of the first close in reach.
    pub from: Option<Day>,
    /// The day after the last; by default the day after the last close in reach.
    pub to: Option<Day>,
    /// `month`, `quarter`, `team`, `seller`, `activity` or the key of a facet; up to three with
    /// commas between, each combination a group.
    pub by: Option<String>,
    /// New and expansion when nothing is named.
    pub kinds: Vec<OpportunityKind>,
    /// Groups answered at most, 1 to 5,000; [`GROUPS_SHOWN`] when absent.
    pub groups: Option<usize>,
}

/// The metric of one group of deals.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct MetricGroup {
    /// Pass it as `group` to list the deals of the group.
    pub key: String,
    pub label: String,
    /// By activity these are all closed deals of the period, so that the rate is the part of them
    /// which that activity leveraged.
    pub closed: i64,
    pub leveraged: i64,
    pub won: i64,
    /// From 0 to 1; absent when nothing closed.
    pub rate: Option<f64>,
    pub currencies: BTreeMap<String, MoneyInfluenced>,
    /// Fewer than 20 closed deals.
    pub small_sample: bool,
}

/// Deals that are still open, whenever they are expected to close.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct OpenPipeline {
    pub count: i64,
    pub with_reference: i64,
}

/// The metric of a period, as the reader may see it.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Leveraging {
    pub from: Day,
    /// The day after the last.
    pub to: Day,
    pub kinds: Vec<OpportunityKind>,
    pub closed: i64,
    pub leveraged: i64,
    pub won: i64,
    /// From 0 to 1; absent when nothing closed.
    pub rate: Option<f64>,
    pub small_sample: bool,
    pub currencies: BTreeMap<String, MoneyInfluenced>,
    /// Percentages from 0 to 100, entered by hand.
    pub target: Option<f64>,
    pub baseline: Option<f64>,
    /// The version to write target and baseline back with; 0 while none was ever set.
    pub goal_version: i64,
    pub formula: String,
    /// How the revenue influenced in `currencies` is counted.
    pub revenue_formula: String,
    pub groups: Vec<MetricGroup>,
    /// Groups beyond those answered.
    pub groups_left_out: usize,
    pub open: OpenPipeline,
    /// Closed deals without a close date: they are in no period.
    pub undated: i64,
    /// Closed deals of the period that say why they needed no reference; they count all the same.
    pub not_needed: i64,
}

/// The metric as it was counted last.
#[derive(Default)]
pub(crate) struct Metrics {
    heard: heard::Heard,
    answers: Once<Ask, Leveraging>,
}

/// The metric of a period, counted once while nothing happens that it follows from.
pub async fn get(app: &App, actor: &Actor, ask: &Ask) -> Result<Arc<Leveraging>, Error> {
    let scope = policy::require(actor, Permission::MetricRead)?;
    let by = match &ask.by {
        Some(by) => Some(group::parse(app, by).await?),
        None => None,
    };
    let cuts = by.as_ref().map(group::By::cuts).unwrap_or_default();
    let cause = Cause {
        version: app.metrics.heard.version(app, &cuts).await?,
        today: app.clock.today(),
        scope: scope.clone(),
        ask: ask.clone(),
    };
    let work = count(app, scope, ask, by, &cuts);
    app.metrics.answers.get(cause, work).await
}

async fn count(
    app: &App,
    scope: Scope,
    ask: &Ask,
    by: Option<group::By>,
    cuts: &[Cut],
) -> Result<Leveraging, Error> {
    let frame = frame(app, scope, ask).await?;
    let shown = ask.groups.unwrap_or(GROUPS_SHOWN);
    if !(1..=GROUPS_MAX).contains(&shown) {
        return Err(Error::field(
            "groups",
            format!("{shown} groups were asked for; ask for 1 to {GROUPS_MAX}."),
        ));
    }
    let cells = leveraging::closed(&app.store, &frame, cuts).await?;
    // Cells in which a deal counts several times do not add up to all deals.
    let total = if cuts.iter().all(|cut| cut.parts()) {
        Sum::of(&cells)
    } else {
        Sum::of(&leveraging::closed(&app.store, &frame, &[]).await?)
    };
    let (groups, groups_left_out) = match by {
        Some(by) => group::build(cells, &by, &frame, &total, shown),
        None => (Vec::new(), 0),
    };
    let beside = leveraging::beside(&app.store, &frame).await?;
    let goal = setting::read::<LeveragingGoal>(&app.store).await?;
    Ok(Leveraging {
        from: frame.from,
        to: frame.to,
        kinds: frame.kinds,
        closed: total.closed,
        leveraged: total.leveraged,
        won: total.won,
        rate: total.rate(),
        small_sample: total.closed < SMALL_SAMPLE_BELOW,
        currencies: total.currencies(),
        target: goal.value.target,
        baseline: goal.value.baseline,
        goal_version: goal.version,
        formula: FORMULA.to_owned(),
        revenue_formula: REVENUE_FORMULA.to_owned(),
        groups,
        groups_left_out,
        open: open_of(beside),
        undated: beside.undated,
        not_needed: beside.not_needed,
    })
}

fn open_of(beside: Beside) -> OpenPipeline {
    OpenPipeline {
        count: beside.open,
        with_reference: beside.open_leveraged,
    }
}

async fn frame(app: &App, scope: Scope, ask: &Ask) -> Result<Frame, Error> {
    let kinds = kinds(ask);
    let (from, to) = match (ask.from, ask.to) {
        (Some(from), Some(to)) => (from, to),
        (from, to) => {
            let span = leveraging::span(&app.store, &scope, &kinds).await?;
            let today = app.clock.today();
            let (first, last) = span.unwrap_or((today, today));
            let from = from.unwrap_or_else(|| to.map_or(first, |to| first.min(to.plus_days(-1))));
            (from, to.unwrap_or_else(|| last.max(from).plus_days(1)))
        }
    };
    if from >= to {
        return Err(Error::field(
            "to",
            format!("The period ends on {to}, before it starts on {from}. Choose a later end."),
        ));
    }
    if to.days_since(from) > PERIOD_DAYS_MAX {
        return Err(Error::field(
            "from",
            "The period is longer than a hundred years. Choose a later start.",
        ));
    }
    Ok(Frame {
        scope,
        from,
        to,
        kinds,
    })
}

/// New and expansion when nothing is named.
fn kinds(ask: &Ask) -> Vec<OpportunityKind> {
    if ask.kinds.is_empty() {
        return vec![OpportunityKind::New, OpportunityKind::Expansion];
    }
    let mut kinds = ask.kinds.clone();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

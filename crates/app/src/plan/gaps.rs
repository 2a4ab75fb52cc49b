//! Gaps: what capacity covers of the demand, what is left, what it is worth, and what the next
//! advocate of each profile would bring.

use std::{
    collections::HashMap,
    sync::{Arc, OnceLock},
};

use domain::{access::Scope, activity::Activity, id::AccountId, time::Day};
use planning::{
    coverage::{Capacity, Coverage, Want},
    demand::{DealDemand, Learned},
};
use serde::Serialize;

use super::{
    demand::Demand,
    pipeline::{self, AskPlan, Pipeline},
    supply::{self, Supply, Usable},
};
use crate::{
    App,
    account::AccountRef,
    actor::Actor,
    error::Error,
    once::Cause,
    policy::{self, Permission},
};

pub mod customers;
pub mod detail;
pub mod head_count;
pub mod nominees;
mod portfolio;
mod sums;
mod tell;

pub use portfolio::GapGoal;
pub(super) use sums::Sums;

/// Profiles worth recruiting that are listed at most.
pub const RECRUITS_MAX: usize = 50;

pub const FORMULA: &str = "Capacity (uses that the protection rules and stakeholder needs leave in the window x acceptance) is assigned to expected requests so that the money covered is greatest; money of a request = amount / references of an asking deal, weighted with its chance; of a growth goal that is counted, mean size of its won deals / references. Two references of one deal may come from one account, and conflicts with single prospects are left to matching";

/// What gaps are asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AskGaps {
    pub plan: AskPlan,
    /// Reference calls when absent.
    pub activity: Option<Activity>,
    /// Count profiles that were not verified lately as supply.
    pub with_unverified: bool,
}

impl AskGaps {
    /// What the screen of gaps asks when it opens.
    pub fn first() -> Self {
        Self {
            plan: AskPlan {
                facets: vec!["industry".to_owned(), "product".to_owned()],
                window_ends: vec![30, 60, 90],
                is_broad: true,
                ..AskPlan::default()
            },
            ..Self::default()
        }
    }
}

/// Demand held against supply.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Gaps {
    pub demand: Demand,
    pub activity: Activity,
    /// Accounts that can give at least one use until the last window's end.
    pub accounts: usize,
    /// Advocates who can be asked.
    pub advocates: usize,
    /// Advocates whose profile was not verified lately: stale references are not supply unless asked for.
    pub unverified: usize,
    pub with_unverified: bool,
    pub acceptance: Learned,
    /// Reference accounts that stakeholder needs ask for until the last window's end, and how many of them
    /// can be served. Their uses are taken from the capacity before deals are covered.
    pub needs_wanted: i64,
    pub needs_served: i64,
    /// References that deals need in the windows, and how many of them capacity covers.
    pub needed: f64,
    pub covered: f64,
    /// Money behind the needs of the windows, weighted with the chance that the deal asks.
    pub money_needed: String,
    pub money_covered: String,
    pub money_at_risk: String,
    /// The first day on which a need is not covered.
    pub stock_out_on: Option<Day>,
    /// By falling money at risk.
    pub segments: Vec<GapSegment>,
    /// What counted growth goals get of the capacity beside the deals, saved last first; none where they are not
    /// counted. It is among the sums above.
    pub goals: Vec<GapGoal>,
    /// What one more advocate would bring, the most first; none of no worth.
    pub recruits: Vec<RecruitProfile>,
    pub formula: String,
}

/// The gap of one segment.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct GapSegment {
    pub key: String,
    pub labels: Vec<String>,
    pub is_unknown: bool,
    pub needed: f64,
    pub covered: f64,
    pub money_needed: String,
    pub money_at_risk: String,
    pub stock_out_on: Option<Day>,
    /// Usable accounts that fit.
    pub accounts: usize,
    /// The account that covers the most, for who may read accounts.
    pub most_used_account: Option<AccountRef>,
    /// Its share of what is covered, from 0 to 1.
    pub most_used_share: Option<f64>,
    pub windows: Vec<GapWindow>,
}

/// The gap of one segment in one window.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct GapWindow {
    /// The window's end in days from the day of the plan.
    pub ends_after: i64,
    pub needed: f64,
    pub covered: f64,
    pub money_at_risk: String,
}

/// A profile worth recruiting.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct RecruitProfile {
    pub key: String,
    pub labels: Vec<String>,
    /// Covered money that one more advocate, at an account without any, would bring.
    pub worth: String,
    /// References that they would give.
    pub references: f64,
    /// The day by which recruiting has to start: the stock-out minus onboarding; it may be past.
    pub start_by: Option<Day>,
}

/// A want with what it belongs to.
struct Wanted {
    of: Asking,
    window: usize,
}

/// Who asks for a reference.
#[derive(Clone, Copy)]
enum Asking {
    /// A deal by its place in the forecast, with its segment.
    Deal { deal: usize, segment: Option<u32> },
    /// A growth goal that is counted, by its place among these.
    Goal(usize),
}

/// The demand in reach assigned to the supply, which every answer is told from.
pub(super) struct Solved {
    pub pipeline: Arc<Pipeline>,
    pub supply: Supply,
    pub coverage: Coverage,
    pub activity: Activity,
    pub with_unverified: bool,
    wanted: Vec<Wanted>,
    /// What one more advocate of each profile brings, the most first; worked out for whoever asks first.
    recruits: OnceLock<Vec<RecruitProfile>>,
}

impl Solved {
    /// The demand in the actor's reach held against the supply, solved once for all who reach the same.
    pub async fn read(app: &App, actor: &Actor, ask: &AskGaps) -> Result<Arc<Self>, Error> {
        policy::require(actor, Permission::PlanRead)?;
        let scope = policy::require(actor, Permission::OpportunityRead)?;
        Self::reached(app, &scope, ask, policy::sees_restricted(actor)).await
    }

    /// The same for whoever reaches the deals of a scope, and restricted advocates or not.
    async fn reached(
        app: &App,
        scope: &Scope,
        ask: &AskGaps,
        sees_restricted: bool,
    ) -> Result<Arc<Self>, Error> {
        let pipeline = pipeline::reached(app, scope, &ask.plan).await?;
        let cause = Cause {
            version: pipeline.ground.version,
            today: app.clock.today(),
            scope: scope.clone(),
            ask: (ask.clone(), sees_restricted),
        };
        let activity = ask.activity.unwrap_or(Activity::ReferenceCall);
        let how = (activity, ask.with_unverified);
        let pipeline = &pipeline;
        let work = async |before: Option<Arc<Self>>| {
            let supply = supply::read(app, sees_restricted, pipeline, how, before.as_deref());
            let supply = Box::pin(supply).await?;
            let pipeline = Arc::clone(pipeline);
            Self::solve(pipeline, supply, how, before.as_deref())
        };
        app.plans.solutions.follow(cause, work).await
    }

    /// Assigns what the pipeline asks for to what the supply can give; what stands as it stood before keeps what
    /// covers it.
    pub fn solve(
        pipeline: Arc<Pipeline>,
        supply: Supply,
        (activity, with_unverified): (Activity, bool),
        before: Option<&Self>,
    ) -> Result<Self, Error> {
        let (wanted, wants) = wants(&pipeline);
        let before = before.map(|before| &before.coverage);
        Ok(Self {
            coverage: cover(&pipeline, &supply.accounts, wants, before)?,
            pipeline,
            supply,
            activity,
            with_unverified,
            wanted,
            recruits: OnceLock::new(),
        })
    }

    /// Names of the accounts that serve; none for who may not read accounts.
    async fn names(
        &self,
        app: &App,
        actor: &Actor,
        accounts: Vec<AccountId>,
    ) -> Result<HashMap<AccountId, String>, Error> {
        if !policy::may(actor, Permission::AccountRead) {
            return Ok(HashMap::new());
        }
        let rows = storage::account::by_ids(&app.store, accounts).await?;
        Ok(rows.into_iter().map(|(id, row)| (id, row.name)).collect())
    }
}

/// Solves ahead what was asked for last, and the plan that the screen of gaps opens with for who reaches every deal:
/// so that nobody who opens one waits longer than for what changed since. One after the other; what did not change
/// costs nothing.
pub(super) async fn solve_ahead(app: &App) -> Result<(), Error> {
    let mut asked = app.plans.solutions.asked();
    let first = (Scope::Everything, (AskGaps::first(), true));
    if !asked.contains(&first) {
        asked.push(first);
    }
    for (scope, (ask, sees_restricted)) in asked {
        let solved = Solved::reached(app, &scope, &ask, sees_restricted).await?;
        solved.recruits();
    }
    Ok(())
}

/// Holds the demand in the actor's reach against the supply.
pub async fn get(app: &App, actor: &Actor, ask: &AskGaps) -> Result<Gaps, Error> {
    let solved = Solved::read(app, actor, ask).await?;
    let carriers = solved.most_used().into_values().map(|(account, _)| account);
    let names = solved.names(app, actor, carriers.collect()).await?;
    Ok(solved.tell(&names))
}

/// One want for each deal and window, and for each goal that is counted, in thousandths of a reference. The
/// unknown segment is the one after the last: nobody fits it.
fn wants(pipeline: &Pipeline) -> (Vec<Wanted>, Vec<Want>) {
    let unknown = u32::try_from(pipeline.segments.len()).unwrap_or(u32::MAX);
    let mut wanted = Vec::new();
    let mut wants = Vec::new();
    for (place, deal) in pipeline.forecast.deals.iter().enumerate() {
        for window in 0..pipeline.window_ends.len() {
            let units = rounded(deal.chances[window] * deal.references * 1_000.0);
            if units == 0 {
                continue;
            }
            wanted.push(Wanted {
                of: Asking::Deal {
                    deal: place,
                    segment: deal.segment,
                },
                window,
            });
            wants.push(Want {
                segment: deal.segment.unwrap_or(unknown),
                window: u32::try_from(window).unwrap_or(u32::MAX),
                units,
                value: value_of(deal),
            });
        }
    }
    for (place, goal) in pipeline.goal_wants.iter().enumerate() {
        let mut before = 0.0;
        for (window, within) in goal.demand.within.iter().enumerate() {
            let units = rounded((within - before) * 1_000.0);
            before = *within;
            if units == 0 {
                continue;
            }
            wanted.push(Wanted {
                of: Asking::Goal(place),
                window,
            });
            wants.push(Want {
                segment: pipeline.number_of_goal(place),
                window: u32::try_from(window).unwrap_or(u32::MAX),
                units,
                value: goal.value,
            });
        }
    }
    (wanted, wants)
}

/// Minor units that one reference of the deal is worth.
#[expect(
    clippy::cast_precision_loss,
    reason = "an amount beyond 53 bits of minor units loses less than its last digit"
)]
fn value_of(deal: &DealDemand) -> u64 {
    rounded(deal.money.unwrap_or(0) as f64 / deal.references)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the value is brought to 0 and above, and casting stops at the largest number"
)]
fn rounded(value: f64) -> u64 {
    value.max(0.0).round() as u64
}

#[expect(
    clippy::cast_precision_loss,
    reason = "thousandths of references stay far below 53 bits"
)]
pub(super) fn references(units: u64) -> f64 {
    units as f64 / 1_000.0
}

fn cover(
    pipeline: &Pipeline,
    accounts: &[Usable],
    wants: Vec<Want>,
    before: Option<&Coverage>,
) -> Result<Coverage, Error> {
    let windows = u32::try_from(pipeline.window_ends.len()).unwrap_or(u32::MAX);
    let mut supply = planning::coverage::Supply::new(windows);
    for usable in accounts {
        supply.push(
            &usable.fits,
            Capacity {
                per_window: &usable.per_window,
                total: usable.total,
            },
        );
    }
    let kinds = pipeline.kinds_of_demand();
    let solved = match before {
        Some(before) => before.followed(kinds, windows, supply, wants),
        None => Coverage::solve(kinds, windows, supply, wants),
    };
    solved.map_err(|_| Error::Broken("the plan's coverage was stated out of bounds"))
}

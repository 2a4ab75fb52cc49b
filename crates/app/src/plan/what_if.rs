//! What if: the plan with some advocates lost, others recruited, other rules, other rates or needs on other
//! days, side by side with today. Nothing is stored; what is kept is in `scenario`.

use std::{
    collections::{BTreeMap, HashSet},
    sync::Arc,
};

use domain::{
    activity::Activity,
    id::{AdvocateId, NeedId},
    money::Currency,
    opportunity::OpportunityKind,
    time::Day,
};
use planning::demand::Instead;
use serde::{Deserialize, Serialize};

use super::{
    AskPlan,
    gaps::{AskGaps, Solved, Sums},
    supply::Otherwise,
};
use crate::{
    App,
    actor::Actor,
    error::Error,
    people,
    policy::{self, Permission},
};

mod changes;

pub use changes::{AddAdvocates, MoveNeed, PlanChanges};

/// Segments of an answer at most, those that change the most first.
pub const SEGMENTS_MAX: usize = 50;

const FORMULA: &str = "The plan is solved twice: as it stands, and with the changes. Who is added gives what the protection rules of the scenario leave to a new account with one advocate, times acceptance, from the first day on. Stakeholder needs take their uses first, on the days and under the rules of each side. Days to stock-out count from the day of the plan to the first need without a reference";

/// A plan, cut as the gaps are, and what would be different.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskWhatIf {
    /// Keys of facets; industry and product when empty.
    #[serde(default)]
    pub facets: Vec<String>,
    /// Ends of the windows in days; 30, 60, 90, 120 when empty.
    #[serde(default)]
    pub window_ends: Vec<i64>,
    /// The day of the plan; the day on which it is asked when absent.
    #[serde(default)]
    pub as_of: Option<Day>,
    /// Kinds of deals; new and expansion when empty.
    #[serde(default)]
    pub kinds: Vec<OpportunityKind>,
    /// Terms count as the broadest above them.
    #[serde(default)]
    pub broad: bool,
    /// A reference call when absent.
    #[serde(default)]
    pub activity: Option<Activity>,
    /// Count profiles that were not verified lately as supply.
    #[serde(default)]
    pub unverified: bool,
    /// Let what kept growth goals lack in the pipeline compete with the deals for capacity.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub goals: bool,
    #[serde(default)]
    pub changes: PlanChanges,
}

/// The plan as it stands and as it would be.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct WhatIf {
    pub as_of: Day,
    pub currency: Currency,
    pub today: PlanOutcome,
    pub changed: PlanOutcome,
    /// Segments whose money at risk changes, the most first, 50 at most.
    pub segments: Vec<ChangedSegment>,
    /// Who would be lost, as the reader may know them.
    pub lost: Vec<LostAdvocate>,
    /// Which needs would stand on another day.
    pub moved: Vec<MovedNeed>,
    pub formula: String,
}

/// What a plan comes to.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct PlanOutcome {
    /// References needed in the windows, and how many of them capacity covers.
    pub needed: f64,
    pub covered: f64,
    pub money_needed: String,
    pub money_covered: String,
    pub money_at_risk: String,
    /// The first day on which a need is not covered.
    pub stock_out_on: Option<Day>,
    /// Days from the day of the plan until then.
    pub stock_out_days: Option<i64>,
    /// References that everybody together can give until the last window's end.
    pub capacity: f64,
    /// Reference accounts that stakeholder needs ask for until then, and how many of them can be served.
    pub needs_wanted: i64,
    pub needs_served: i64,
}

/// A segment whose money at risk would be another.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct ChangedSegment {
    pub key: String,
    pub labels: Vec<String>,
    pub is_unknown: bool,
    pub today_at_risk: String,
    pub changed_at_risk: String,
    pub today_stock_out_on: Option<Day>,
    pub changed_stock_out_on: Option<Day>,
}

/// Somebody who would be lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct LostAdvocate {
    pub advocate_id: AdvocateId,
    pub display_name: Option<String>,
    /// Whether the plan counts on them today; losing anybody else changes nothing.
    pub is_supply: bool,
}

/// A stakeholder need that would stand on another day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct MovedNeed {
    pub need_id: NeedId,
    /// Absent where the need is out of the reader's reach.
    pub title: Option<String>,
    /// Its day today; absent where it is closed, over or gone: moving it changes nothing.
    pub from: Option<Day>,
    pub to: Day,
}

impl AskWhatIf {
    fn gaps(&self) -> AskGaps {
        AskGaps {
            plan: AskPlan {
                facets: self.facets.clone(),
                window_ends: self.window_ends.clone(),
                as_of: self.as_of,
                kinds: self.kinds.clone(),
                is_broad: self.broad,
                with_goals: self.goals,
                ..AskPlan::default()
            },
            activity: self.activity,
            with_unverified: self.unverified,
        }
    }
}

/// Solves the plan twice, in the actor's reach. Nothing is stored.
pub async fn ask(app: &App, actor: &Actor, ask: &AskWhatIf) -> Result<WhatIf, Error> {
    policy::require(actor, Permission::DemandRead)?;
    let problems = ask.changes.problems(ask.goals);
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let today = Solved::read(app, actor, &ask.gaps()).await?;
    let changed = changed(&today, &ask.changes)?;
    let people = people::load(app, actor, ask.changes.lose.clone()).await?;
    let lost = ask.changes.lose.iter().map(|id| LostAdvocate {
        advocate_id: *id,
        display_name: people.get(id).map(people::Person::display_name),
        is_supply: today.supply.holds(*id),
    });
    let ((total, by_segment), (other, others)) = (today.sums(), changed.sums());
    Ok(WhatIf {
        as_of: today.pipeline.forecast.as_of,
        currency: today.pipeline.currency,
        segments: segments(&today, &by_segment, &others),
        today: outcome(&today, &total),
        changed: outcome(&changed, &other),
        lost: lost.collect(),
        moved: moved(actor, &today, &ask.changes),
        formula: FORMULA.to_owned(),
    })
}

fn changed(today: &Solved, changes: &PlanChanges) -> Result<Solved, Error> {
    let mut add = Vec::with_capacity(changes.add.len());
    for (place, added) in changes.add.iter().enumerate() {
        let number = today.pipeline.number_of(&added.segment).ok_or_else(|| {
            Error::field(
                &format!("changes.add.{place}.segment"),
                "No open deal is of this segment. Name one by the key that the gaps give it.",
            )
        })?;
        add.push((number, added.count));
    }
    let lost: HashSet<AdvocateId> = changes.lose.iter().copied().collect();
    let rules = changes.rules(&today.supply.rules, today.activity);
    let instead = changes.instead();
    let win_rate = changes.win_rate;
    let mut pipeline = if instead == Instead::default() && win_rate.is_none() {
        Arc::clone(&today.pipeline)
    } else {
        Arc::new(today.pipeline.with(instead, win_rate))
    };
    let days = changes.moved();
    if !days.is_empty() {
        pipeline = Arc::new(pipeline.with_moved(&days));
    }
    let otherwise = Otherwise {
        lost: &lost,
        rules,
        add: &add,
        are_needs_moved: !days.is_empty(),
    };
    let supply = today.supply.with(&pipeline, today.activity, otherwise);
    let how = (today.activity, today.with_unverified);
    Solved::solve(pipeline, supply, how, Some(today))
}

/// The needs that are moved, as the reader may know them.
fn moved(actor: &Actor, today: &Solved, changes: &PlanChanges) -> Vec<MovedNeed> {
    let reach = policy::scope(actor, Permission::NeedRead);
    let told = changes.move_needs.iter().map(|one| {
        let mut open = today.pipeline.needs.iter();
        let known = open.find(|need| need.id == one.need);
        let in_reach = known.filter(|need| reach.reaches(need.owner_id));
        MovedNeed {
            need_id: one.need,
            title: in_reach.map(|need| need.title.clone()),
            from: in_reach.map(|need| need.need_on),
            to: one.to,
        }
    });
    told.collect()
}

fn outcome(solved: &Solved, sums: &Sums) -> PlanOutcome {
    let as_of = solved.pipeline.forecast.as_of;
    PlanOutcome {
        needed: super::gaps::references(sums.needed),
        covered: super::gaps::references(sums.covered),
        money_needed: solved.money(sums.money_needed),
        money_covered: solved.money(sums.money_covered),
        money_at_risk: solved.money(sums.at_risk()),
        stock_out_on: sums.stock_out_on,
        stock_out_days: sums.stock_out_on.map(|day| day.days_since(as_of)),
        capacity: super::gaps::references(solved.supply.capacity()),
        needs_wanted: solved.supply.needs.wanted,
        needs_served: solved.supply.needs.served,
    }
}

type BySegment = BTreeMap<(bool, u32), Sums>;

fn segments(today: &Solved, before: &BySegment, after: &BySegment) -> Vec<ChangedSegment> {
    let nothing = Sums::default();
    let mut changed: Vec<(u128, (bool, u32))> = before
        .keys()
        .chain(after.keys().filter(|key| !before.contains_key(key)))
        .map(|key| {
            let risk = |sums: &BySegment| sums.get(key).unwrap_or(&nothing).at_risk();
            (risk(before).abs_diff(risk(after)), *key)
        })
        .filter(|(difference, _)| *difference > 0)
        .collect();
    changed.sort_by_key(|(difference, key)| (std::cmp::Reverse(*difference), *key));
    changed
        .into_iter()
        .take(SEGMENTS_MAX)
        .map(|(_, key)| {
            let (is_unknown, number) = key;
            let segment = (!is_unknown).then_some(number);
            let (was, is) = (
                before.get(&key).unwrap_or(&nothing),
                after.get(&key).unwrap_or(&nothing),
            );
            ChangedSegment {
                key: today.pipeline.key(segment),
                labels: today.pipeline.labels(segment),
                is_unknown,
                today_at_risk: today.money(was.at_risk()),
                changed_at_risk: today.money(is.at_risk()),
                today_stock_out_on: was.stock_out_on,
                changed_stock_out_on: is.stock_out_on,
            }
        })
        .collect()
}

//! What if: the plan with some advocates lost, others recruited, other rules or other rates, side by
//! side with today. Nothing is stored; what is kept is in `scenario`.

use std::collections::{BTreeMap, HashSet};

use domain::{
    activity::Activity, id::AdvocateId, money::Currency, opportunity::OpportunityKind,
    protection::Rules, time::Day,
};
use planning::demand::Instead;
use serde::{Deserialize, Serialize};

use super::{
    AskPlan,
    gaps::{AskGaps, Solved, Sums},
};
use crate::{
    App,
    actor::Actor,
    error::{Error, FieldProblem},
    people,
    policy::{self, Permission},
};

/// Advocates that one question loses at most.
pub const LOSE_MAX: usize = 200;
/// Profiles that one question adds to at most.
pub const ADD_MAX: usize = 50;
/// Advocates that are added to one profile at most.
pub const ADD_COUNT_MAX: u32 = 1_000;
/// Segments of an answer at most, those that change the most first.
pub const SEGMENTS_MAX: usize = 50;

const FORMULA: &str = "The plan is solved twice: as it stands, and with the changes. Who is added gives what the protection rules of the scenario leave to a new account with one advocate, times acceptance, from the first day on. Days to stock-out count from the day of the plan to the first need without a reference";

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
    #[serde(default)]
    pub changes: PlanChanges,
}

/// What would be different. Absent fields stay as they are.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PlanChanges {
    /// Advocates who would be lost, 200 at most.
    pub lose: Vec<AdvocateId>,
    /// Advocates who would be won, each at an account of their own.
    pub add: Vec<AddAdvocates>,
    /// Days of rest after a use, 0 to 365.
    pub rest_days: Option<i64>,
    /// Most uses of any kind per advocate and year, 0 to 100.
    pub uses_per_advocate: Option<i64>,
    /// Most uses of the activity per account in its window, 0 to 100.
    pub account_cap: Option<i64>,
    /// Share of deals in the reference stage that ask, from 0 to 1, in every segment.
    pub need_rate: Option<f64>,
    /// Share of earlier deals that reach the reference stage, from 0 to 1.
    pub reach_rate: Option<f64>,
    /// References of a deal that asks, above 0 up to 100.
    pub references: Option<f64>,
}

/// Advocates to add to one profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddAdvocates {
    /// The segment's key among the gaps of the same cut.
    pub segment: String,
    /// 1 to 1,000.
    pub count: u32,
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

impl AskWhatIf {
    fn gaps(&self) -> AskGaps {
        AskGaps {
            plan: AskPlan {
                facets: self.facets.clone(),
                window_ends: self.window_ends.clone(),
                as_of: self.as_of,
                kinds: self.kinds.clone(),
                is_broad: self.broad,
                ..AskPlan::default()
            },
            activity: self.activity,
            with_unverified: self.unverified,
        }
    }
}

impl PlanChanges {
    /// What makes no sense, by field.
    fn problems(&self) -> Vec<FieldProblem> {
        let mut problems = Vec::new();
        let mut refuse = |field: &str, message: String| {
            problems.push(FieldProblem {
                field: format!("changes.{field}"),
                message,
            });
        };
        if self.lose.len() > LOSE_MAX {
            refuse("lose", format!("Name at most {LOSE_MAX} advocates."));
        }
        if self.add.len() > ADD_MAX {
            refuse("add", format!("Name at most {ADD_MAX} profiles."));
        }
        for (place, added) in self.add.iter().enumerate() {
            if !(1..=ADD_COUNT_MAX).contains(&added.count) {
                let message = format!("Add 1 to {ADD_COUNT_MAX} advocates.");
                refuse(&format!("add.{place}.count"), message);
            }
        }
        for (field, value, most) in [
            ("rest_days", self.rest_days, 365),
            ("uses_per_advocate", self.uses_per_advocate, 100),
            ("account_cap", self.account_cap, 100),
        ] {
            if let Some(value) = value.filter(|value| !(0..=most).contains(value)) {
                refuse(
                    field,
                    format!("This is {value}; it must be from 0 to {most}."),
                );
            }
        }
        for (field, rate) in [
            ("need_rate", self.need_rate),
            ("reach_rate", self.reach_rate),
        ] {
            if let Some(rate) = rate.filter(|rate| !(0.0..=1.0).contains(rate)) {
                refuse(
                    field,
                    format!("The rate is {rate}; it must be from 0 to 1."),
                );
            }
        }
        if let Some(count) = self.references.filter(|one| !(*one > 0.0 && *one <= 100.0)) {
            let message =
                format!("This is {count}; a deal that asks needs more than 0 and at most 100.");
            refuse("references", message);
        }
        problems
    }

    fn instead(&self) -> Instead {
        Instead {
            need_rate: self.need_rate,
            reach_rate: self.reach_rate,
            references: self.references,
        }
    }

    /// The rules of the scenario; `None` where they stay.
    fn rules(&self, today: &Rules, activity: Activity) -> Option<Rules> {
        let mut rules = today.clone();
        if let Some(days) = self.rest_days {
            rules.rest_days = days;
        }
        if let Some(uses) = self.uses_per_advocate {
            rules.uses_per_advocate = uses;
        }
        if let Some(cap) = self.account_cap {
            rules.activities.set(domain::activity::ActivityRules {
                account_cap: Some(cap),
                ..*rules.activities.of(activity)
            });
        }
        (rules != *today).then_some(rules)
    }
}

/// Solves the plan twice, in the actor's reach. Nothing is stored.
pub async fn ask(app: &App, actor: &Actor, ask: &AskWhatIf) -> Result<WhatIf, Error> {
    policy::require(actor, Permission::DemandRead)?;
    let problems = ask.changes.problems();
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
    let pipeline = if instead == Instead::default() {
        today.pipeline.clone()
    } else {
        today.pipeline.with(instead)
    };
    let supply = today
        .supply
        .with(&pipeline, today.activity, &lost, rules, &add);
    Solved::solve(pipeline, supply, today.activity, today.with_unverified)
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

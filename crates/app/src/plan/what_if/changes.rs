//! What a scenario changes, and which changes make no sense.

use std::collections::HashMap;

use domain::{
    activity::Activity,
    id::{AdvocateId, NeedId},
    protection::Rules,
    time::Day,
};
use planning::demand::Instead;
use serde::{Deserialize, Serialize};

use crate::error::FieldProblem;

/// Advocates that one question loses at most.
pub const LOSE_MAX: usize = 200;
/// Profiles that one question adds to at most.
pub const ADD_MAX: usize = 50;
/// Advocates that are added to one profile at most.
pub const ADD_COUNT_MAX: u32 = 1_000;
/// Needs that one question moves at most.
pub const MOVE_MAX: usize = 100;

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
    /// Share of closed deals that are won, above 0 up to 1: of how many opportunities growth goals, which have to be
    /// counted then, make their wins.
    pub win_rate: Option<f64>,
    /// Stakeholder needs on other days, 100 at most.
    pub move_needs: Vec<MoveNeed>,
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

/// A stakeholder need on another day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveNeed {
    pub need: NeedId,
    /// Before the day of the plan it asks for nobody.
    pub to: Day,
}

impl PlanChanges {
    /// What makes no sense, by field.
    pub(super) fn problems(&self, are_goals_counted: bool) -> Vec<FieldProblem> {
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
        if self.move_needs.len() > MOVE_MAX {
            refuse("move_needs", format!("Move at most {MOVE_MAX} needs."));
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
        if let Some(rate) = self.win_rate {
            if !(rate > 0.0 && rate <= 1.0) {
                refuse(
                    "win_rate",
                    format!("The rate is {rate}; it must be above 0 and at most 1."),
                );
            } else if !are_goals_counted {
                let message = "Open deals need the same references however many are won. Count the growth goals: the win rate says how many opportunities they take.";
                refuse("win_rate", message.to_owned());
            }
        }
        problems
    }

    pub(super) fn instead(&self) -> Instead {
        Instead {
            need_rate: self.need_rate,
            reach_rate: self.reach_rate,
            references: self.references,
        }
    }

    /// The rules of the scenario; `None` where they stay.
    pub(super) fn rules(&self, today: &Rules, activity: Activity) -> Option<Rules> {
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

    /// The other days of needs.
    pub(super) fn moved(&self) -> HashMap<NeedId, Day> {
        self.move_needs
            .iter()
            .map(|one| (one.need, one.to))
            .collect()
    }
}

//! The portfolio against growth goals: who could speak for what a goal will ask for, and how much of it is covered
//! beside the deals.

use std::collections::HashMap;

use domain::{
    id::{AccountId, GrowthGoalId},
    time::Day,
};
use planning::coverage::Capacity;
use serde::Serialize;

use super::{Asking, Solved, references, sums::Sums, tell::named};
use crate::{
    account::AccountRef,
    plan::{goals::GoalWants, supply::Usable},
};

/// What a growth goal gets of the capacity.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct GapGoal {
    pub id: GrowthGoalId,
    pub name: String,
    pub first: Day,
    /// The last day.
    pub last: Day,
    /// References of opportunities that are not in the pipeline yet, needed until the last window's end, and how
    /// many of them capacity covers beside the deals.
    pub needed: f64,
    pub covered: f64,
    pub money_needed: String,
    pub money_at_risk: String,
    /// The first day of the first window in which a reference is missing.
    pub stock_out_on: Option<Day>,
    /// Usable accounts that fit what the goal is about, and their advocates who fit.
    pub accounts: usize,
    pub advocates: usize,
    /// Advocates who fit and are left out because their profile was not verified lately.
    pub unverified: usize,
    /// The account that covers the most of it, for who may read accounts, and its share from 0 to 1.
    pub most_used_account: Option<AccountRef>,
    pub most_used_share: Option<f64>,
    /// Covered money that one more advocate who fits, at an account without any, would bring.
    pub worth: String,
}

impl Solved {
    /// What each goal that is counted gets.
    pub(super) fn goals(
        &self,
        most_used: &HashMap<u32, (AccountId, f64)>,
        names: &HashMap<AccountId, String>,
    ) -> Vec<GapGoal> {
        let wants = &self.pipeline.goal_wants;
        let mut sums = vec![Sums::default(); wants.len()];
        for (place, (wanted, want)) in self.wanted.iter().zip(self.coverage.wants()).enumerate() {
            let Asking::Goal(goal) = wanted.of else {
                continue;
            };
            let covered = self.coverage.covered(place);
            sums[goal].add(wanted.window, want, covered);
            if covered < want.units {
                let day = self.day_of(wanted);
                sums[goal].runs_out(day);
            }
        }
        let told = wants.iter().zip(&sums).enumerate();
        told.map(|(place, (goal, sums))| {
            let number = self.pipeline.number_of_goal(place);
            self.goal(number, goal, sums, most_used, names)
        })
        .collect()
    }

    fn goal(
        &self,
        number: u32,
        GoalWants { demand, .. }: &GoalWants,
        sums: &Sums,
        most_used: &HashMap<u32, (AccountId, f64)>,
        names: &HashMap<AccountId, String>,
    ) -> GapGoal {
        let most = most_used.get(&number);
        let fits = |usable: &&Usable| usable.fits.binary_search(&number).is_ok();
        let (per_window, total) = self.supply.of_a_recruit.units(self.supply.acceptance.rate);
        let capacity = Capacity {
            per_window: &per_window,
            total,
        };
        let worth = self.coverage.recruit(&[number], capacity);
        GapGoal {
            id: demand.id,
            name: demand.name.clone(),
            first: demand.first,
            last: demand.last,
            needed: references(sums.needed),
            covered: references(sums.covered),
            money_needed: self.money(sums.money_needed),
            money_at_risk: self.money(sums.at_risk()),
            stock_out_on: sums.stock_out_on,
            accounts: self.supply.accounts.iter().filter(fits).count(),
            advocates: self.supply.advocates_of(number),
            unverified: self.supply.unverified_of(number),
            most_used_account: most.and_then(|(account, _)| named(names, *account)),
            most_used_share: most.map(|(_, share)| *share),
            worth: self.money(worth.map_or(0, |brought| brought.value)),
        }
    }
}

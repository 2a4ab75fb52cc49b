//! What needs and their coverage add up to, for a segment or for the whole plan.

use std::collections::BTreeMap;

use domain::time::Day;
use planning::coverage::Want;

/// What a segment or the whole plan adds up to: units, and money in minor units x thousandths.
#[derive(Clone, Debug, Default)]
pub(in crate::plan) struct Sums {
    pub needed: u64,
    pub covered: u64,
    pub money_needed: u128,
    pub money_covered: u128,
    pub stock_out_on: Option<Day>,
    pub windows: BTreeMap<usize, (u64, u64, u128)>,
}

impl Sums {
    pub fn add(&mut self, window: usize, want: &Want, covered: u64) {
        let money = |units: u64| u128::from(units) * u128::from(want.value);
        self.needed += want.units;
        self.covered += covered;
        self.money_needed += money(want.units);
        self.money_covered += money(covered);
        let (needed, all_covered, at_risk) = self.windows.entry(window).or_default();
        *needed += want.units;
        *all_covered += covered;
        *at_risk += money(want.units - covered);
    }

    /// Notes a day on which a reference is missing.
    pub fn runs_out(&mut self, day: Day) {
        self.stock_out_on = Some(self.stock_out_on.map_or(day, |first| first.min(day)));
    }

    pub fn at_risk(&self) -> u128 {
        self.money_needed - self.money_covered
    }
}

//! A solved plan in words and sums: by segment and window, who carries it, and what the next advocate
//! is worth.

use std::collections::{BTreeMap, HashMap};

use domain::{id::AccountId, time::Day};
use planning::coverage::Capacity;

use super::{
    Asking, GapSegment, GapWindow, Gaps, RECRUITS_MAX, RecruitProfile, Solved, Wanted, sums::Sums,
};
use super::{FORMULA, references};
use crate::{
    account::AccountRef,
    plan::{
        demand::{self, decimal},
        supply::Usable,
    },
};

/// The account with its name, where the reader may know it.
pub(super) fn named(names: &HashMap<AccountId, String>, id: AccountId) -> Option<AccountRef> {
    names.get(&id).map(|name| AccountRef {
        id,
        name: name.clone(),
    })
}

impl Solved {
    /// The whole answer; accounts are named where `names` knows them.
    pub(super) fn tell(&self, names: &HashMap<AccountId, String>) -> Gaps {
        let (total, by_segment) = self.sums();
        let recruits = self.recruits().iter().take(RECRUITS_MAX);
        let most_used = self.most_used();
        let mut ordered: Vec<_> = by_segment.into_iter().collect();
        ordered.sort_by_key(|(key, sums)| (std::cmp::Reverse(sums.at_risk()), *key));
        Gaps {
            goals: self.goals(&most_used, names),
            demand: demand::of(&self.pipeline),
            activity: self.activity,
            accounts: self.supply.accounts.len(),
            advocates: self.supply.advocates,
            unverified: self.supply.unverified,
            with_unverified: self.with_unverified,
            acceptance: self.supply.acceptance,
            needs_wanted: self.supply.needs.wanted,
            needs_served: self.supply.needs.served,
            needed: references(total.needed),
            covered: references(total.covered),
            money_needed: self.money(total.money_needed),
            money_covered: self.money(total.money_covered),
            money_at_risk: self.money(total.at_risk()),
            stock_out_on: total.stock_out_on,
            segments: ordered
                .into_iter()
                .map(|((is_unknown, number), sums)| {
                    let segment = (!is_unknown).then_some(number);
                    self.segment(segment, &sums, &most_used, names)
                })
                .collect(),
            recruits: recruits.cloned().collect(),
            formula: FORMULA.to_owned(),
        }
    }

    /// What the needs add up to: in all with the goals that are counted, and of the deals by whether the segment is unknown and its number.
    pub(in crate::plan) fn sums(&self) -> (Sums, BTreeMap<(bool, u32), Sums>) {
        let mut total = Sums::default();
        let mut by_segment: BTreeMap<(bool, u32), Sums> = BTreeMap::new();
        for (place, (wanted, want)) in self.wanted.iter().zip(self.coverage.wants()).enumerate() {
            let covered = self.coverage.covered(place);
            let of_segment = match wanted.of {
                Asking::Deal { segment, .. } => {
                    let key = (segment.is_none(), segment.unwrap_or(0));
                    Some(by_segment.entry(key).or_default())
                }
                Asking::Goal(_) => None,
            };
            for sums in [Some(&mut total), of_segment].into_iter().flatten() {
                sums.add(wanted.window, want, covered);
                if covered < want.units {
                    sums.runs_out(self.day_of(wanted));
                }
            }
        }
        (total, by_segment)
    }

    /// The day a want falls on: the deal's need date where that lies in the window, else its first day.
    pub(super) fn day_of(&self, wanted: &Wanted) -> Day {
        let ends = &self.pipeline.window_ends;
        let as_of = self.pipeline.forecast.as_of;
        let start = wanted
            .window
            .checked_sub(1)
            .and_then(|before| ends.get(before).copied())
            .unwrap_or(0);
        let (first, after) = (as_of.plus_days(start), as_of.plus_days(ends[wanted.window]));
        let need_on = match wanted.of {
            Asking::Deal { deal, .. } => self.pipeline.forecast.deals[deal].need_on,
            Asking::Goal(_) => None,
        };
        need_on
            .filter(|day| (first..after).contains(day))
            .unwrap_or(first)
    }

    /// A sum in minor units x thousandths as a decimal text.
    pub(in crate::plan) fn money(&self, sum: u128) -> String {
        decimal(
            &self.pipeline,
            u64::try_from((sum + 500) / 1_000).unwrap_or(u64::MAX),
        )
    }

    /// By segment, the account that serves the most, with its share.
    pub(super) fn most_used(&self) -> HashMap<u32, (AccountId, f64)> {
        let mut by_segment: HashMap<u32, HashMap<u32, u64>> = HashMap::new();
        for served in self.coverage.served() {
            let accounts = by_segment.entry(served.segment).or_default();
            *accounts.entry(served.supplier).or_default() += served.units;
        }
        by_segment
            .into_iter()
            .filter_map(|(segment, accounts)| {
                let all: u64 = accounts.values().sum();
                let most = accounts
                    .into_iter()
                    .max_by_key(|(supplier, units)| (*units, std::cmp::Reverse(*supplier)))?;
                let account = self.supply.accounts.get(most.0 as usize)?.account;
                Some((segment, (account, references(most.1) / references(all))))
            })
            .collect()
    }

    pub(super) fn segment(
        &self,
        segment: Option<u32>,
        sums: &Sums,
        most_used: &HashMap<u32, (AccountId, f64)>,
        names: &HashMap<AccountId, String>,
    ) -> GapSegment {
        let most = segment.and_then(|number| most_used.get(&number));
        let fits = |usable: &&Usable| {
            segment.is_some_and(|number| usable.fits.binary_search(&number).is_ok())
        };
        GapSegment {
            key: self.pipeline.key(segment),
            labels: self.pipeline.labels(segment),
            is_unknown: segment.is_none(),
            needed: references(sums.needed),
            covered: references(sums.covered),
            money_needed: self.money(sums.money_needed),
            money_at_risk: self.money(sums.at_risk()),
            stock_out_on: sums.stock_out_on,
            accounts: self.supply.accounts.iter().filter(fits).count(),
            most_used_account: most.and_then(|(account, _)| named(names, *account)),
            most_used_share: most.map(|(_, share)| *share),
            windows: self
                .pipeline
                .window_ends
                .iter()
                .enumerate()
                .map(|(window, end)| {
                    let (needed, covered, at_risk) =
                        sums.windows.get(&window).copied().unwrap_or_default();
                    GapWindow {
                        ends_after: *end,
                        needed: references(needed),
                        covered: references(covered),
                        money_at_risk: self.money(at_risk),
                    }
                })
                .collect(),
        }
    }

    /// Tries one more advocate for every segment that misses something: a new account that gives what
    /// the protection rules allow, as good as the acceptance rate.
    pub(super) fn recruits(&self) -> &[RecruitProfile] {
        self.recruits.get_or_init(|| self.brought(&self.sums().1))
    }

    fn brought(&self, by_segment: &BTreeMap<(bool, u32), Sums>) -> Vec<RecruitProfile> {
        let rate = self.supply.acceptance.rate;
        let (per_window, total) = self.supply.of_a_recruit.units(rate);
        let capacity = Capacity {
            per_window: &per_window,
            total,
        };
        let mut recruits: Vec<(u128, RecruitProfile)> = by_segment
            .iter()
            .filter(|((is_unknown, _), sums)| !is_unknown && sums.covered < sums.needed)
            .filter_map(|((_, number), sums)| {
                let recruit = self.coverage.recruit(&[*number], capacity).ok()?;
                let onboarding = self.pipeline.assumptions.onboarding_days;
                let profile = RecruitProfile {
                    key: self.pipeline.key(Some(*number)),
                    labels: self.pipeline.labels(Some(*number)),
                    worth: self.money(recruit.value),
                    references: references(recruit.units),
                    start_by: sums.stock_out_on.map(|day| day.plus_days(-onboarding)),
                };
                (recruit.value > 0).then_some((recruit.value, profile))
            })
            .collect();
        recruits.sort_by(|one, other| (other.0, &one.1.key).cmp(&(one.0, &other.1.key)));
        recruits.into_iter().map(|(_, profile)| profile).collect()
    }
}

//! Gaps: what capacity covers of the demand, what is left, what it is worth, and what the next
//! advocate of each profile would bring.

use std::collections::{BTreeMap, HashMap};

use domain::{activity::Activity, id::AccountId, time::Day};
use planning::{
    coverage::{Capacity, Coverage, Want},
    demand::{DealDemand, Learned},
};
use serde::Serialize;

use super::{
    demand::{self, Demand, decimal},
    pipeline::{self, AskPlan, Pipeline},
    supply::{self, Supply, Usable},
};
use crate::{App, actor::Actor, error::Error};

mod sums;

use sums::Sums;

/// Profiles worth recruiting that are listed at most.
pub const RECRUITS_MAX: usize = 50;

pub const FORMULA: &str = "Capacity (uses that the protection rules leave in the window x acceptance) is assigned to expected requests so that the money covered is greatest; money of a request = amount / references of an asking deal, weighted with its chance. Two references of one deal may come from one account, and conflicts with single prospects are left to matching";

/// What gaps are asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AskGaps {
    pub plan: AskPlan,
    /// Reference calls when absent.
    pub activity: Option<Activity>,
    /// Count profiles that were not verified lately as supply.
    pub with_unverified: bool,
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
    /// References needed in the windows, and how many of them capacity covers.
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
    /// The account that covers the most, and its share of what is covered, from 0 to 1.
    pub most_used_account_id: Option<AccountId>,
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
    segment: Option<u32>,
    window: usize,
    /// The deal's place in the forecast.
    deal: usize,
}

/// Holds the demand in the actor's reach against the supply.
pub async fn get(app: &App, actor: &Actor, ask: &AskGaps) -> Result<Gaps, Error> {
    let pipeline = pipeline::read(app, actor, &ask.plan).await?;
    let activity = ask.activity.unwrap_or(Activity::ReferenceCall);
    let supply = supply::read(app, actor, &pipeline, activity, ask.with_unverified).await?;
    let (wanted, wants) = wants(&pipeline);
    let coverage = cover(&pipeline, &supply.accounts, wants)?;
    Ok(Told {
        pipeline: &pipeline,
        supply: &supply,
        coverage: &coverage,
        wanted: &wanted,
    }
    .tell(activity, ask.with_unverified))
}

/// One want for each deal and window, in thousandths of a reference. The unknown segment is the one
/// after the last: nobody fits it.
fn wants(pipeline: &Pipeline) -> (Vec<Wanted>, Vec<Want>) {
    let unknown = u32::try_from(pipeline.segments.len()).unwrap_or(u32::MAX);
    let references = pipeline.forecast.references.rate;
    let mut wanted = Vec::new();
    let mut wants = Vec::new();
    for (place, deal) in pipeline.forecast.deals.iter().enumerate() {
        for window in 0..pipeline.window_ends.len() {
            let units = rounded(deal.chances[window] * references * 1_000.0);
            if units == 0 {
                continue;
            }
            wanted.push(Wanted {
                segment: deal.segment,
                window,
                deal: place,
            });
            wants.push(Want {
                segment: deal.segment.unwrap_or(unknown),
                window: u32::try_from(window).unwrap_or(u32::MAX),
                units,
                value: value_of(deal, references),
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
fn value_of(deal: &DealDemand, references: f64) -> u64 {
    rounded(deal.money.unwrap_or(0) as f64 / references)
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
fn references(units: u64) -> f64 {
    units as f64 / 1_000.0
}

fn cover(pipeline: &Pipeline, accounts: &[Usable], wants: Vec<Want>) -> Result<Coverage, Error> {
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
    let segments = u32::try_from(pipeline.segments.len() + 1).unwrap_or(u32::MAX);
    Coverage::solve(segments, windows, supply, wants)
        .map_err(|_| Error::Broken("the plan's coverage was stated out of bounds"))
}

/// Everything that an answer is told from.
struct Told<'a> {
    pipeline: &'a Pipeline,
    supply: &'a Supply,
    coverage: &'a Coverage,
    wanted: &'a [Wanted],
}

impl Told<'_> {
    fn tell(&self, activity: Activity, with_unverified: bool) -> Gaps {
        let mut total = Sums::default();
        let mut by_segment: BTreeMap<(bool, u32), Sums> = BTreeMap::new();
        for (place, (wanted, want)) in self.wanted.iter().zip(self.coverage.wants()).enumerate() {
            let covered = self.coverage.covered(place);
            let key = (wanted.segment.is_none(), wanted.segment.unwrap_or(0));
            let sums = by_segment.entry(key).or_default();
            for sums in [&mut total, sums] {
                sums.add(wanted.window, want, covered);
                if covered < want.units {
                    let day = self.day_of(wanted);
                    sums.stock_out_on = sums
                        .stock_out_on
                        .map_or(Some(day), |first| Some(first.min(day)));
                }
            }
        }
        let recruits = self.recruits(&by_segment);
        let most_used = self.most_used();
        let mut ordered: Vec<_> = by_segment.into_iter().collect();
        ordered.sort_by_key(|(key, sums)| (std::cmp::Reverse(sums.at_risk()), *key));
        Gaps {
            demand: demand::of(self.pipeline),
            activity,
            accounts: self.supply.accounts.len(),
            advocates: self.supply.advocates,
            unverified: self.supply.unverified,
            with_unverified,
            acceptance: self.supply.acceptance,
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
                    self.segment(segment, &sums, &most_used)
                })
                .collect(),
            recruits,
            formula: FORMULA.to_owned(),
        }
    }

    /// The day a want falls on: the deal's need date where that lies in the window, else its first day.
    fn day_of(&self, wanted: &Wanted) -> Day {
        let ends = &self.pipeline.window_ends;
        let as_of = self.pipeline.forecast.as_of;
        let start = wanted
            .window
            .checked_sub(1)
            .and_then(|before| ends.get(before).copied())
            .unwrap_or(0);
        let (first, after) = (as_of.plus_days(start), as_of.plus_days(ends[wanted.window]));
        self.pipeline.forecast.deals[wanted.deal]
            .need_on
            .filter(|day| (first..after).contains(day))
            .unwrap_or(first)
    }

    /// A sum in minor units x thousandths as a decimal text.
    fn money(&self, sum: u128) -> String {
        decimal(
            self.pipeline,
            u64::try_from((sum + 500) / 1_000).unwrap_or(u64::MAX),
        )
    }

    /// By segment, the account that serves the most, with its share.
    fn most_used(&self) -> HashMap<u32, (AccountId, f64)> {
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

    fn segment(
        &self,
        segment: Option<u32>,
        sums: &Sums,
        most_used: &HashMap<u32, (AccountId, f64)>,
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
            most_used_account_id: most.map(|(account, _)| *account),
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
    fn recruits(&self, by_segment: &BTreeMap<(bool, u32), Sums>) -> Vec<RecruitProfile> {
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
        recruits
            .into_iter()
            .take(RECRUITS_MAX)
            .map(|(_, profile)| profile)
            .collect()
    }
}

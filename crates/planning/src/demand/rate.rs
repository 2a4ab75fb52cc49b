//! Rates learned from closed deals, each with the number of deals behind it.

use std::collections::HashMap;

use domain::{opportunity::DealStage, time::Day};
use serde::Serialize;

use super::{Assumptions, Deal, PRIOR_DEALS};
use crate::count::number;

/// Below this many closed deals, or other decided cases, the overall rate is the one that was set.
pub const DEALS_MIN: usize = 20;

/// Asks below which nothing is said of when deals ask.
const ASKS_MIN: i32 = 20;
/// Deals older than this many days are taken to be this old.
const AGE_MAX: usize = 1_500;

/// A rate and what it rests on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Learned {
    pub rate: f64,
    /// Closed deals, or other decided cases, behind it; 0 for a rate that was set by hand.
    pub n: usize,
}

impl Learned {
    /// A share of what the program's own records decided; the set rate where fewer than 20 are.
    pub fn share_or(part: usize, all: usize, set: f64) -> Self {
        if all < DEALS_MIN {
            return Self { rate: set, n: 0 };
        }
        share(part, all)
    }
}

/// Rates to take whatever was learned: what if they were these?
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Instead {
    /// In every segment.
    pub need_rate: Option<f64>,
    pub reach_rate: Option<f64>,
    pub references: Option<f64>,
}

/// Every rate of a plan.
#[derive(Clone, Debug)]
pub struct Rates {
    pub need: Learned,
    pub reach: Learned,
    pub references: Learned,
    by_segment: HashMap<u32, Learned>,
    /// Of deals that ask and are open for longer than so many days, the share that has asked by then.
    asked_by: Vec<f64>,
}

impl Rates {
    /// The rates of a plan: learned, set, or asked for instead.
    pub fn of(closed: &[Deal], assumptions: &Assumptions) -> Self {
        let mut rates = Self::learn(closed, assumptions);
        let asked = |rate: f64| Learned { rate, n: 0 };
        let Instead {
            need_rate,
            reach_rate,
            references,
        } = assumptions.instead;
        if let Some(rate) = need_rate {
            rates.need = asked(rate);
            rates.by_segment.clear();
            rates.asked_by.clear();
        }
        rates.reach = reach_rate.map_or(rates.reach, asked);
        rates.references = references.map_or(rates.references, asked);
        rates
    }

    /// Learns from deals that were closed. Whether deals asked is known only where the program kept
    /// it: without a single ask among them, nobody noted asks, and the need rate that was set stands.
    fn learn(closed: &[Deal], assumptions: &Assumptions) -> Self {
        let set = |rate: f64| Learned { rate, n: 0 };
        let mut rates = Self {
            need: set(assumptions.need_rate),
            reach: set(assumptions.reach_rate),
            references: set(assumptions.references),
            by_segment: HashMap::new(),
            asked_by: Vec::new(),
        };
        if assumptions.is_fixed {
            return rates;
        }
        let reached: Vec<&Deal> = closed.iter().filter(|deal| has_reached(deal)).collect();
        let asked = reached.iter().filter(|deal| deal.references > 0).count();
        // Where no stage was ever noted, no deal says that it did not reach one.
        let knows_stages = closed
            .iter()
            .any(|deal| deal.stage.is_some() || deal.reference_stage_on.is_some());
        if closed.len() >= DEALS_MIN && knows_stages {
            rates.reach = share(reached.len(), closed.len());
        }
        if asked == 0 || reached.len() < DEALS_MIN {
            return rates;
        }
        rates.need = share(asked, reached.len());
        let wanted: u32 = reached.iter().map(|deal| deal.references).sum();
        if asked >= DEALS_MIN {
            rates.references = Learned {
                rate: f64::from(wanted) / number(asked),
                n: asked,
            };
        }
        rates.asked_by = asked_by(&reached);
        let mut counts: HashMap<u32, (usize, usize)> = HashMap::new();
        for deal in &reached {
            if let Some(segment) = deal.segment {
                let (asked, all) = counts.entry(segment).or_default();
                *asked += usize::from(deal.references > 0);
                *all += 1;
            }
        }
        let overall = rates.need.rate;
        rates.by_segment = counts
            .into_iter()
            .map(|(segment, (asked, all))| {
                let drawn = (number(asked) + PRIOR_DEALS * overall) / (number(all) + PRIOR_DEALS);
                (
                    segment,
                    Learned {
                        rate: drawn,
                        n: all,
                    },
                )
            })
            .collect();
        rates
    }

    /// That a deal of this age asks, where it has not asked so far; `chance` is that it asks at all. Who
    /// has kept quiet until late will hardly ask any more.
    pub fn still(&self, chance: f64, age: Option<i64>) -> f64 {
        let age = age.and_then(|days| usize::try_from(days).ok());
        let last = self.asked_by.len().checked_sub(1);
        let (Some(age), Some(last)) = (age, last) else {
            return chance;
        };
        let asked = self.asked_by[age.min(last)];
        chance * (1.0 - asked) / (1.0 - chance * asked).max(f64::EPSILON)
    }

    /// The need rate of a segment; the overall rate, resting on no deal of it, where none closed.
    pub fn need_of(&self, segment: Option<u32>) -> Learned {
        segment
            .and_then(|segment| self.by_segment.get(&segment).copied())
            .unwrap_or(Learned {
                rate: self.need.rate,
                n: 0,
            })
    }
}

/// By age in days, the share of the asking deals open for longer that has asked; empty where fewer than
/// 20 say it, and ends before fewer than 20 are open for that long.
fn asked_by(reached: &[&Deal]) -> Vec<f64> {
    let mut steps: Vec<(i32, i32)> = Vec::new();
    for deal in reached {
        let (Some(start), Some(close), Some(ask)) = (deal.started_on, deal.close_on, deal.ask)
        else {
            continue;
        };
        let days = |until: Day| usize::try_from(until.days_since(start)).ok();
        let (Some(cycle), Some(asked)) = (days(close), days(ask.on.max(start))) else {
            continue;
        };
        let cycle = cycle.min(AGE_MAX);
        steps.resize(steps.len().max(cycle + 1), (0, 0));
        steps[0].0 += 1;
        steps[cycle].0 -= 1;
        if asked < cycle {
            steps[asked].1 += 1;
            steps[cycle].1 -= 1;
        }
    }
    let (mut open, mut asked) = (0, 0);
    let shares = steps.into_iter().map_while(|(opened, asks)| {
        open += opened;
        asked += asks;
        (open >= ASKS_MIN).then(|| f64::from(asked) / f64::from(open))
    });
    shares.collect()
}

/// A won deal went through every stage.
fn has_reached(deal: &Deal) -> bool {
    deal.reference_stage_on.is_some()
        || deal.references > 0
        || deal.stage.is_some_and(|stage| stage >= DealStage::Middle)
}

fn share(part: usize, all: usize) -> Learned {
    Learned {
        rate: number(part) / number(all.max(1)),
        n: all,
    }
}

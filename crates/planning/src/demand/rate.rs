//! Rates learned from closed deals, each with the number of deals behind it.

use std::collections::HashMap;

use domain::opportunity::DealStage;
use serde::Serialize;

use super::{Assumptions, Deal, PRIOR_DEALS};

/// Below this many closed deals, or other decided cases, the overall rate is the one that was set.
pub const DEALS_MIN: usize = 20;

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

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of deals stay far below the 53 bits that a fraction holds exactly"
)]
fn number(count: usize) -> f64 {
    count as f64
}

//! Who misses by one condition or two: what the cheapest relaxations are counted from.

use std::collections::BTreeMap;

use crate::{
    columns::Glance,
    matches::{Dropped, Relaxation},
    plan::Plan,
    query::CRITERIA_MAX,
};

/// Pairs that are named at most.
const PAIRS_MAX: usize = 10;
/// The availability filter's place, behind every criterion.
const AVAILABILITY: usize = CRITERIA_MAX;
/// One per condition that can be given up.
type Gains = [usize; CRITERIA_MAX + 1];

/// What rows outside the filtered set fail; each row is given once.
pub(crate) struct Misses {
    alone: Gains,
    /// Rows that fail one must and the availability filter, by the must.
    with_availability: Gains,
    /// Rows that fail two musts; whether they are available is only asked when it matters.
    undecided: Vec<(u32, Glance, u64)>,
    /// Pairs only count when no single condition helps.
    one_helps: bool,
}

impl Default for Misses {
    fn default() -> Self {
        Self {
            alone: [0; CRITERIA_MAX + 1],
            with_availability: [0; CRITERIA_MAX + 1],
            undecided: Vec::new(),
            one_helps: false,
        }
    }
}

impl Misses {
    /// The row meets every must.
    pub(crate) fn add_unavailable(&mut self) {
        self.alone[AVAILABILITY] += 1;
        self.one_helps = true;
    }

    /// The row fails one must, the bit of `failed`.
    pub(crate) fn add_one(&mut self, failed: u64, is_available: bool) {
        let must = failed.trailing_zeros() as usize;
        if is_available {
            self.alone[must] += 1;
            self.one_helps = true;
        } else {
            self.with_availability[must] += 1;
        }
    }

    /// The row fails two musts, the bits of `failed`.
    pub(crate) fn add_two(&mut self, slot: u32, glance: Glance, failed: u64) {
        if !self.one_helps {
            self.undecided.push((slot, glance, failed));
        }
    }

    pub(crate) fn relaxations(
        self,
        plan: &Plan,
        is_available: impl Fn(u32, Glance) -> bool,
    ) -> Vec<Relaxation> {
        if self.one_helps {
            let alone = self.alone.into_iter().enumerate();
            return ranked(plan, alone.map(|(place, gain)| (vec![place], gain)));
        }
        let mut pairs: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for (must, gain) in self.with_availability.into_iter().enumerate() {
            pairs.insert((must, AVAILABILITY), gain);
        }
        for (slot, glance, failed) in self.undecided {
            if is_available(slot, glance) {
                let first = failed.trailing_zeros();
                let second = (failed & !(1 << first)).trailing_zeros();
                *pairs.entry((first as usize, second as usize)).or_default() += 1;
            }
        }
        let pairs = pairs.into_iter();
        let mut pairs = ranked(
            plan,
            pairs.map(|((one, other), gain)| (vec![one, other], gain)),
        );
        pairs.truncate(PAIRS_MAX);
        pairs
    }
}

/// Those that gain anything, highest gain first, then in the order of the query.
fn ranked(plan: &Plan, gains: impl Iterator<Item = (Vec<usize>, usize)>) -> Vec<Relaxation> {
    let mut gains: Vec<(Vec<usize>, usize)> = gains.filter(|(_, gain)| *gain > 0).collect();
    gains.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    let dropped = |place: usize| {
        if place == AVAILABILITY {
            Dropped::Availability
        } else {
            Dropped::Must(plan.facet(place))
        }
    };
    let relaxation = |(places, gain): (Vec<usize>, usize)| Relaxation {
        dropped: places.into_iter().map(dropped).collect(),
        gain,
    };
    gains.into_iter().map(relaxation).collect()
}

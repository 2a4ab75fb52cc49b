//! The planning workload: a seeded population, the same on every machine.
//!
//! 2,000 segments (industry, region, product, activity) in at most 160 markets (industry x region) of
//! very different size, three windows, advocates with at most one use a window and a total, wants of
//! about 1.75 times the supply. Integers alone, so that no machine rounds differently.

use std::collections::BTreeMap;

use planning::coverage::{Capacity, Supply, Want};

use crate::problem::Stated;

const SEGMENTS: usize = 2_000;
const WINDOWS: u32 = 3;
const MARKETS: u64 = 160;
const PRODUCTS: u64 = 16;
const ACTIVITIES: u64 = 8;
/// One use, in thousandths of a reference.
const USE: u32 = 1_000;

/// SplitMix64.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to below `end`.
    fn below(&mut self, end: u64) -> u64 {
        (u128::from(self.next()) * u128::from(end) >> 64) as u64
    }

    fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// From 0 to below `end`, small ones far more often.
    fn skewed(&mut self, end: u64) -> u64 {
        let one = self.below(end);
        let other = self.below(one + 1);
        self.below(other + 1).min(end - 1)
    }
}

/// Makes the problem of a population of this size.
pub fn problem(advocates: u64, seed: u64) -> Stated {
    let mut chance = Chance(seed);
    let mut segments: BTreeMap<(u64, u64, u64), u32> = BTreeMap::new();
    while segments.len() < SEGMENTS {
        let key = (
            market(&mut chance),
            chance.skewed(PRODUCTS),
            chance.below(ACTIVITIES),
        );
        segments.entry(key).or_insert(0);
    }
    for (number, place) in segments.values_mut().zip(0..) {
        *number = place;
    }
    let mut supply = Supply::new(WINDOWS);
    let mut units = 0;
    for _ in 0..advocates {
        units += add_advocate(&mut chance, &segments, &mut supply);
    }
    Stated {
        wants: wants(&mut chance, units),
        segments: SEGMENTS as u32,
        supply,
    }
}

/// A few markets are large, most are small.
fn market(chance: &mut Chance) -> u64 {
    let end = chance.skewed(MARKETS) + 1;
    chance.below(end)
}

/// Adds an advocate who can be used and fits a segment, and says how many units that brings.
fn add_advocate(
    chance: &mut Chance,
    segments: &BTreeMap<(u64, u64, u64), u32>,
    supply: &mut Supply,
) -> u64 {
    let market = market(chance);
    let products: Vec<u64> = (0..=chance.below(3))
        .map(|_| chance.skewed(PRODUCTS))
        .collect();
    let activities: Vec<u64> = (0..=chance.below(4))
        .map(|_| chance.below(ACTIVITIES))
        .collect();
    // Inactive, without consent, locked or stale.
    let is_usable = chance.percent(40);
    let per_window: Vec<u32> = (0..WINDOWS)
        .map(|_| if chance.percent(70) { USE } else { 0 })
        .collect();
    let total = USE * (1 + chance.below(3) as u32);
    let mut fits: Vec<u32> = products
        .iter()
        .flat_map(|product| {
            activities
                .iter()
                .filter_map(|activity| segments.get(&(market, *product, *activity)).copied())
        })
        .collect();
    fits.sort_unstable();
    fits.dedup();
    let units = per_window.iter().sum::<u32>().min(total);
    if !is_usable || fits.is_empty() || units == 0 {
        return 0;
    }
    supply.push(
        &fits,
        Capacity {
            per_window: &per_window,
            total: total.min(units),
        },
    );
    u64::from(units)
}

/// Expected references at every segment and window, in thousandths, 1.75 times the supply in all.
fn wants(chance: &mut Chance, units_of_supply: u64) -> Vec<Want> {
    let weights: Vec<u64> = (0..SEGMENTS as u64 * u64::from(WINDOWS))
        .map(|_| 1 + chance.skewed(1_000))
        .collect();
    let sum: u64 = weights.iter().sum();
    weights
        .into_iter()
        .zip(0_u32..)
        .map(|(weight, place)| Want {
            segment: place / WINDOWS,
            window: place % WINDOWS,
            units: units_of_supply * 7 / 4 * weight / sum,
            value: 5_000 + chance.skewed(495_000),
        })
        .collect()
}

//! A forecast of a past day held against what was asked for since. Refuses to know what a quarter is.

use std::collections::BTreeMap;

use domain::time::Day;

use super::{Assumptions, Band, Deal, Lessons, Misses, forecast_learned};

/// What was forecast on a past day for the days until another, and what came.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Held {
    pub forecast: Band,
    /// References that deals which were open on the day asked for, needed in these days.
    pub came: u32,
    /// References that deals asked for which began later, needed in these days: no forecast could know them.
    pub later: u32,
}

impl Held {
    /// Whether what came lies in the band.
    pub fn holds(&self) -> bool {
        (self.forecast.low..=self.forecast.high).contains(&f64::from(self.came))
    }
}

/// Forecasts as on a past day, knowing what was known on it of `all` deals, and holds it against what some of them
/// asked for: in the whole, and by segment by its number, the unknown one under none.
pub fn held(
    deals: &[Deal],
    all: &[Deal],
    assumptions: &Assumptions,
    from: Day,
    to: Day,
) -> (Held, BTreeMap<Option<u32>, Held>) {
    let window = Assumptions {
        window_ends: vec![to.days_since(from).max(1)],
        ..assumptions.clone()
    };
    let lessons = Lessons::learn(all, &window, from);
    let misses = Misses::learn(all, &window, from);
    let told = forecast_learned(deals, &lessons, &window, from, misses);
    let band = |within: &[Band]| within.first().copied().unwrap_or_default();
    let mut whole = Held {
        forecast: band(&told.within),
        ..Held::default()
    };
    let mut segments: BTreeMap<Option<u32>, Held> = BTreeMap::new();
    for segment in &told.segments {
        segments.entry(segment.segment).or_default().forecast = band(&segment.within);
    }
    let mut was_open = vec![false; deals.len()];
    for demand in &told.deals {
        was_open[demand.deal] = true;
    }
    for (deal, was_open) in deals.iter().zip(was_open) {
        let needed = deal.ask.map(|ask| ask.need_on);
        if needed.is_none_or(|day| day < from || day >= to) {
            continue;
        }
        for part in [&mut whole, segments.entry(deal.segment).or_default()] {
            *if was_open {
                &mut part.came
            } else {
                &mut part.later
            } += deal.references;
        }
    }
    (whole, segments)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demand::Ask;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    #[test]
    fn what_came_of_deals_that_were_open_is_told_apart_from_what_later_ones_asked() {
        let (from, to) = (day("2026-01-01"), day("2026-04-01"));
        let asks = |start: &str, need_on: &str, references| Deal {
            segment: Some(0),
            started_on: Some(day(start)),
            ask: Some(Ask {
                on: day("2026-01-20"),
                need_on: day(need_on),
                waiting: 0,
            }),
            references,
            ..Deal::default()
        };
        let deals = [
            asks("2025-11-01", "2026-02-01", 2),
            asks("2025-11-01", "2026-04-01", 4),
            asks("2026-01-05", "2026-02-01", 8),
            Deal {
                segment: None,
                ..asks("2025-12-01", "2026-03-31", 16)
            },
        ];
        let (whole, segments) = held(&deals, &deals, &Assumptions::default(), from, to);
        assert_eq!((whole.came, whole.later), (18, 8));
        assert_eq!((segments[&Some(0)].came, segments[&Some(0)].later), (2, 8));
        assert_eq!((segments[&None].came, segments[&None].later), (16, 0));
        let expected: f64 = segments.values().map(|one| one.forecast.expected).sum();
        assert!((whole.forecast.expected - expected).abs() < 1e-9);
    }

    #[test]
    fn a_band_holds_its_ends() {
        let of = |came| Held {
            forecast: Band {
                expected: 3.0,
                low: 2.0,
                high: 4.0,
            },
            came,
            later: 9,
        };
        let holds: Vec<bool> = (1..=5).map(|came| of(came).holds()).collect();
        assert_eq!(holds, [false, true, true, true, false]);
    }
}

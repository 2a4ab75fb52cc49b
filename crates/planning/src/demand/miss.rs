//! How far off earlier forecasts were. What moves deals together, such as the end of a quarter, is what
//! independent chances do not show. A segment's own misses count where its forecasts were large enough to be
//! judged, drawn towards those of the whole pipeline while they are few.

use std::collections::BTreeMap;

use domain::time::Day;
use serde::Serialize;

use super::{Assumptions, Deal, Judged};
use crate::count::number;

/// Draws the misses of a segment towards those of the whole pipeline as this many judged forecasts would.
const PRIOR_JUDGED: f64 = 12.0;

/// How far off earlier forecasts were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = ForecastMiss))]
pub struct Miss {
    /// Spread of what came over what was expected, as a logarithm, beyond what chance explains: 0.4 says
    /// that two of three came within the factor 1.5 (e to the 0.4). 0 where none could be judged.
    pub spread: f64,
    /// Forecasts that were judged: a past day and a window that is over, with at least 20 expected.
    pub n: usize,
}

/// How far off earlier forecasts were: of the whole pipeline, and of its segments.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Misses {
    pub whole: Miss,
    by_segment: BTreeMap<u32, Miss>,
}

/// Squares of what forecasts were off by, beyond what chance explains.
#[derive(Clone, Copy, Debug, Default)]
struct Squares {
    sum: f64,
    n: usize,
}

impl Squares {
    fn add(&mut self, (expected, came): (f64, f64)) {
        let off = (came.max(0.5) / expected).ln();
        self.sum += (off * off - 1.0 / expected).max(0.0);
        self.n += 1;
    }

    fn miss(self) -> Miss {
        Miss {
            spread: (self.sum / number(self.n.max(1))).sqrt(),
            n: self.n,
        }
    }

    /// The spread of a segment, drawn towards that of the whole.
    fn drawn_to(self, whole: Miss) -> Miss {
        let all = self.sum + PRIOR_JUDGED * whole.spread * whole.spread;
        Miss {
            spread: (all / (number(self.n) + PRIOR_JUDGED)).sqrt(),
            n: self.n,
        }
    }
}

impl Misses {
    /// The same miss whatever the segment.
    pub fn of_all(whole: Miss) -> Self {
        Self {
            whole,
            by_segment: BTreeMap::new(),
        }
    }

    /// Judges the forecasts of the past year.
    pub fn learn(deals: &[Deal], assumptions: &Assumptions, as_of: Day) -> Self {
        Self::told(&Judged::learn(deals, assumptions, as_of))
    }

    /// What judged forecasts tell.
    pub fn told(judged: &Judged) -> Self {
        let mut whole = Squares::default();
        let mut by_segment: BTreeMap<u32, Squares> = BTreeMap::new();
        for (segment, sums) in judged.all() {
            let squares = match segment {
                None => &mut whole,
                Some(segment) => by_segment.entry(segment).or_default(),
            };
            squares.add(sums);
        }
        let whole = whole.miss();
        let drawn = by_segment.into_iter();
        Self {
            whole,
            by_segment: drawn
                .map(|(segment, squares)| (segment, squares.drawn_to(whole)))
                .collect(),
        }
    }

    /// The miss that a segment's bands span: that of the whole, with no judged forecast of its own, where none
    /// of its own was large enough.
    pub fn of(&self, segment: Option<u32>) -> Miss {
        let own = segment.and_then(|segment| self.by_segment.get(&segment).copied());
        own.unwrap_or(Miss { n: 0, ..self.whole })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    /// A deal that takes so many days.
    fn deal(start: Day, days: i64) -> Deal {
        Deal {
            is_closed: true,
            started_on: Some(start),
            close_on: Some(start.plus_days(days)),
            ..Deal::default()
        }
    }

    #[test]
    fn a_steady_pipeline_is_hardly_missed_and_one_that_closes_by_the_quarter_is() {
        let first = day("2024-01-01");
        let as_of = day("2026-01-01");
        let starts = (0..700).flat_map(|on| (0..3).map(move |number| (on, number)));
        let steady: Vec<Deal> = starts
            .clone()
            .map(|(on, number)| deal(first.plus_days(on), 20 + (on * 7 + number * 31) % 100))
            .collect();
        let quarterly: Vec<Deal> = steady
            .iter()
            .map(|one| {
                let close = one.close_on.expect("it closed").days_since(first);
                Deal {
                    close_on: Some(first.plus_days((close / 91 + 1) * 91)),
                    ..*one
                }
            })
            .collect();
        let of = |deals: &[Deal]| Misses::learn(deals, &Assumptions::default(), as_of).whole;
        let (steady, quarterly) = (of(&steady), of(&quarterly));
        assert!(steady.n > 30 && steady.spread < 0.15, "{steady:?}");
        assert!(quarterly.spread > 2.0 * steady.spread, "{quarterly:?}");
        assert_eq!(of(&[]), Miss::default());
    }

    #[test]
    fn what_came_after_the_day_of_the_plan_is_not_judged() {
        let first = day("2025-01-01");
        let deals: Vec<Deal> = (0..400)
            .map(|on| deal(first.plus_days(on), 30 + on % 60))
            .collect();
        let as_of = day("2025-12-01");
        let before: Vec<Deal> = deals
            .iter()
            .map(|one| {
                let is_closed = one.close_on.is_some_and(|close| close <= as_of);
                Deal {
                    is_closed,
                    close_on: one.close_on.filter(|_| is_closed),
                    ..*one
                }
            })
            .collect();
        let of = |deals: &[Deal]| Misses::learn(deals, &Assumptions::default(), as_of);
        assert_eq!(of(&deals), of(&before));
    }

    #[test]
    fn a_segment_that_closes_by_the_quarter_gets_wider_bands_than_a_steady_one() {
        let first = day("2024-01-01");
        let as_of = day("2026-01-01");
        let starts = (0..700).flat_map(|on| (0..4).map(move |number| (on, number)));
        let deals: Vec<Deal> = starts
            .map(|(on, number)| {
                let close = on + 20 + (on * 7 + number * 31) % 100;
                let is_quarterly = number % 2 == 1;
                let close = if is_quarterly {
                    (close / 91 + 1) * 91
                } else {
                    close
                };
                Deal {
                    segment: Some(u32::from(is_quarterly)),
                    ..deal(first.plus_days(on), close - on)
                }
            })
            .collect();
        let misses = Misses::learn(&deals, &Assumptions::default(), as_of);
        let (steady, quarterly) = (misses.of(Some(0)), misses.of(Some(1)));
        assert!(steady.n > 20 && quarterly.n > 20, "{misses:?}");
        assert!(quarterly.spread > misses.whole.spread, "{misses:?}");
        assert!(steady.spread < misses.whole.spread, "{misses:?}");
        // Of a segment without a forecast of its own, and of the unknown one, the whole is all that is known.
        let none = Miss {
            n: 0,
            ..misses.whole
        };
        assert_eq!((misses.of(Some(7)), misses.of(None)), (none, none));
    }

    #[test]
    fn few_misses_of_a_segment_are_drawn_towards_those_of_all() {
        let whole = Miss { spread: 0.3, n: 40 };
        let mut few = Squares::default();
        few.add((20.0, 60.0));
        let own = few.miss().spread;
        let drawn = few.drawn_to(whole);
        assert!(
            drawn.spread > 0.3 && drawn.spread < own,
            "{drawn:?} of {own}"
        );
        assert_eq!(drawn.n, 1);
    }
}

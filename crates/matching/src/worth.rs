//! What the sets of a query are worth in the engine's small integers.
//!
//! Most queries fit them exactly. Where they do not (free text, odd numbers of terms, many weights),
//! the sums are bounds, rounded up: a row whose bound is too low cannot be on the page, every other
//! one is scored again by the plan.

use domain::taxonomy::FULL;

use crate::engine::{Part, Rows, SCORE_MAX};

/// A set of rows and what it adds to the weighted sum of fits: `weight` times `fit` shared by
/// `among` requested terms (or, for text, by all of the words).
pub(crate) struct Gain<'a> {
    pub(crate) rows: Rows<'a>,
    pub(crate) weight: u64,
    pub(crate) fit: u64,
    pub(crate) among: u64,
}

impl Gain<'_> {
    /// What it adds, if that is a whole number.
    fn whole(&self) -> Option<u64> {
        let sum = self.weight * self.fit;
        self.fit
            .is_multiple_of(self.among)
            .then_some(sum / self.among)
    }
}

/// How points and relevance belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Worth {
    /// The weighted sum of fits is the points times `unit`.
    Exact { unit: u64 },
    /// The relevance is not above the points' share of `scale`, plus one.
    Bound { scale: u64 },
    /// Too many sets: every row has to be scored by the plan.
    Unknown,
}

impl Worth {
    /// Points for each gain. `weights` is the sum of all weights of the query.
    pub(crate) fn of(gains: Vec<Gain<'_>>, weights: u64) -> (Self, Vec<Part<'_>>) {
        let whole: Option<Vec<u64>> = gains.iter().map(Gain::whole).collect();
        if let Some(whole) = whole {
            let unit = whole
                .iter()
                .fold(0, |one, other| common(one, *other))
                .max(1);
            if whole.iter().map(|sum| sum / unit).sum::<u64>() <= u64::from(SCORE_MAX) {
                let parts = gains.into_iter().zip(whole);
                let parts = parts.map(|(gain, sum)| part(gain.rows, sum / unit));
                return (Self::Exact { unit }, parts.collect());
            }
        }
        // Rounding up costs each gain less than one.
        let Some(scale) = u64::from(SCORE_MAX)
            .checked_sub(gains.len() as u64)
            .filter(|scale| *scale >= 64)
        else {
            return (Self::Unknown, Vec::new());
        };
        let full = u128::from(weights) * u128::from(FULL);
        let parts = gains.into_iter().map(|gain| {
            let sum = u128::from(gain.weight) * u128::from(gain.fit) * u128::from(scale);
            let points = sum.div_ceil(u128::from(gain.among) * full);
            part(gain.rows, points as u64)
        });
        (Self::Bound { scale }, parts.collect())
    }

    /// The points below which no row has this relevance.
    pub(crate) fn least(self, relevance: u32, points: u8) -> u8 {
        match self {
            Self::Exact { .. } => points,
            Self::Bound { scale } => {
                let least = u64::from(relevance.saturating_sub(1)) * scale;
                least.div_ceil(u64::from(FULL)) as u8
            }
            Self::Unknown => 0,
        }
    }
}

fn part(rows: Rows<'_>, points: u64) -> Part<'_> {
    Part {
        rows,
        points: points as u8,
    }
}

/// The greatest common divisor.
fn common(one: u64, other: u64) -> u64 {
    if other == 0 {
        one
    } else {
        common(other, one % other)
    }
}

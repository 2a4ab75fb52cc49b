//! Chance that can be repeated: everything follows from one seed.

use domain::time::{Day, Timestamp};
use rand::{RngExt, SeedableRng, rngs::ChaCha8Rng};
use uuid::Uuid;

pub(super) struct Chance(ChaCha8Rng);

/// Deals close at the end of a quarter, and most of all at the end of the year.
const SEASON: [f64; 12] = [
    0.55, 0.7, 1.35, 0.6, 0.75, 1.3, 0.5, 0.6, 1.25, 0.7, 0.85, 1.7,
];
const SEASON_MAX: f64 = 1.7;

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// Another row of chances of the same seed: what is drawn here moves nothing that is drawn there.
    pub(super) fn beside(seed: u64, row: u64) -> Self {
        let mut chances = ChaCha8Rng::seed_from_u64(seed);
        chances.set_stream(row);
        Self(chances)
    }

    /// An id of version 7: it sorts by the instant the record was made.
    pub(super) fn id<T: From<Uuid>>(&mut self, at: Timestamp) -> T {
        let millis = u64::try_from(at.0 / 1_000).unwrap_or(0);
        let random: [u8; 10] = self.0.random();
        uuid::Builder::from_unix_timestamp_millis(millis, &random)
            .into_uuid()
            .into()
    }

    /// A whole number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        self.0.random_range(low..=high.max(low))
    }

    pub(super) fn share(&mut self) -> f64 {
        self.0.random()
    }

    /// True in `share` of all cases.
    pub(super) fn hits(&mut self, share: f64) -> bool {
        self.share() < share
    }

    pub(super) fn index(&mut self, count: usize) -> usize {
        self.0.random_range(0..count.max(1))
    }

    /// One of several, of which there must be one.
    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        let at = self.index(from.len());
        &from[at]
    }

    pub(super) fn word(&mut self, from: &[&'static str]) -> &'static str {
        from[self.index(from.len())]
    }

    /// One of several by weight.
    pub(super) fn weighted<'a, T>(&mut self, from: &'a [T], weight: impl Fn(&T) -> f64) -> &'a T {
        let total: f64 = from.iter().map(&weight).sum();
        let mut left = self.share() * total;
        for item in from {
            left -= weight(item);
            if left < 0.0 {
                return item;
            }
        }
        &from[from.len() - 1]
    }

    /// Around zero with a spread of about one, between -3 and 3.
    fn bell(&mut self) -> f64 {
        (0..6).map(|_| self.share() - 0.5).sum::<f64>() * 2.0_f64.sqrt()
    }

    /// Skewed like incomes and deal sizes are, with this mean.
    pub(super) fn skewed(&mut self, mean: f64, spread: f64) -> f64 {
        mean * (self.bell() * spread - spread * spread / 2.0).exp()
    }

    /// A working day from `first` to `last`, more often when deals close.
    pub(super) fn closing_day(&mut self, first: Day, last: Day) -> Day {
        let span = last.days_since(first).max(0);
        for _ in 0..20 {
            let day = first.plus_days(self.between(0, span));
            let month = usize::try_from(day.0.month() - 1).unwrap_or(0);
            let late = if day.0.day() > 20 { 1.0 } else { 0.6 };
            if day.is_working_day() && self.hits(SEASON[month % 12] * late / SEASON_MAX) {
                return day;
            }
        }
        first.plus_days(self.between(0, span))
    }
}

/// Draws places by weight in logarithmic time.
#[derive(Clone, Debug, Default)]
pub(super) struct Urn {
    /// The running sum of weights, with the place.
    sums: Vec<(f64, usize)>,
}

impl Urn {
    pub(super) fn add(&mut self, place: usize, weight: f64) {
        let before = self.sums.last().map_or(0.0, |(sum, _)| *sum);
        self.sums.push((before + weight, place));
    }

    pub(super) fn draw(&self, chance: &mut Chance) -> Option<usize> {
        let total = self.sums.last()?.0;
        let wanted = chance.share() * total;
        let at = self.sums.partition_point(|(sum, _)| *sum <= wanted);
        self.sums
            .get(at.min(self.sums.len() - 1))
            .map(|(_, place)| *place)
    }
}

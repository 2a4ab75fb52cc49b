//! The best rows of a pass, in order.

use std::cmp::Reverse;

use super::rank::Take;

/// Keeps the best `limit` rows: higher score first, then the lower tie, then the lower row.
pub struct Top<T> {
    limit: usize,
    tie: T,
    /// Ascending: the best first.
    best: Vec<(Reverse<u8>, u32, u32)>,
    threshold: u8,
}

impl<T: Fn(u32) -> u32> Top<T> {
    /// `tie` orders rows of one score.
    pub fn new(limit: usize, tie: T) -> Self {
        Self {
            limit,
            tie,
            best: Vec::with_capacity(limit + 1),
            // Without a place to keep it, no row is worth a look.
            threshold: if limit == 0 { u8::MAX } else { 0 },
        }
    }

    /// The rows with their scores, best first.
    pub fn rows(&self) -> impl Iterator<Item = (u32, u8)> + '_ {
        self.best.iter().map(|(score, _, row)| (*row, score.0))
    }
}

impl<T: Fn(u32) -> u32> Take for Top<T> {
    #[inline(always)]
    fn threshold(&self) -> u8 {
        self.threshold
    }

    #[inline(always)]
    fn take(&mut self, row: u32, score: u8) {
        let this = (Reverse(score), (self.tie)(row), row);
        let place = self.best.partition_point(|other| *other < this);
        if place >= self.limit {
            return;
        }
        self.best.insert(place, this);
        self.best.truncate(self.limit);
        if let ([.., last], true) = (self.best.as_slice(), self.best.len() == self.limit) {
            // Rows come in ascending order: one of this score comes before the last only by its tie.
            self.threshold = last.0.0.saturating_add(u8::from(last.1 == 0));
        }
    }
}

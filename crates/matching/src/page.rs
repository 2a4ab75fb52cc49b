//! The best advocate of every account, as far as the asked page reaches.

use std::collections::HashMap;

use domain::id::AdvocateId;

use crate::{engine::Take, worth::Worth};

/// A matching advocate; the lesser one comes first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Ranked {
    /// Relevance, load and verification in one number.
    pub(crate) order: u32,
    pub(crate) advocate: AdvocateId,
    pub(crate) slot: u32,
}

/// What a slot is worth, exactly: who it is, its account's number, the relevance that is missing to
/// a full one. `None` leaves the slot out.
pub(crate) trait Judge {
    fn judge(&self, slot: u32, points: u8) -> Option<(Ranked, u32, u32)>;
    /// A lower bound of [`Ranked::order`] at the price of a look, for slots of one relevance.
    fn may_come_before(&self, slot: u32, points: u8, worst: &Kept) -> bool;
}

/// A row of the page to be.
#[derive(Clone, Copy)]
pub(crate) struct Kept {
    pub(crate) ranked: Ranked,
    pub(crate) points: u8,
    account: u32,
    relevance: u32,
}

/// Collects rows; accounts keep their best.
pub(crate) struct Page<'a, J> {
    judge: &'a J,
    worth: Worth,
    length: usize,
    /// Best first, at most one per account, at most `length`.
    kept: Vec<Kept>,
    threshold: u8,
}

impl<'a, J: Judge> Page<'a, J> {
    /// `length` is at least 1 and covers the rows that are skipped.
    pub(crate) fn new(judge: &'a J, worth: Worth, length: usize) -> Self {
        Self {
            judge,
            worth,
            length,
            kept: Vec::new(),
            threshold: 0,
        }
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = Ranked> + '_ {
        self.kept.iter().map(|kept| kept.ranked)
    }
}

impl<J: Judge> Take for Page<'_, J> {
    #[inline(always)]
    fn threshold(&self) -> u8 {
        self.threshold
    }

    fn take(&mut self, slot: u32, points: u8) {
        let is_full = self.kept.len() == self.length;
        if let Some(worst) = self.kept.last().filter(|_| is_full)
            && !self.judge.may_come_before(slot, points, worst)
        {
            return;
        }
        let Some((ranked, account, relevance)) = self.judge.judge(slot, points) else {
            return;
        };
        let place = self.kept.partition_point(|kept| kept.ranked < ranked);
        let earlier = self.kept.iter().position(|kept| kept.account == account);
        match earlier {
            Some(earlier) if earlier < place => return,
            Some(earlier) => {
                self.kept.remove(earlier);
            }
            None if place == self.length => return,
            None => {}
        }
        self.kept.insert(
            place,
            Kept {
                ranked,
                points,
                account,
                relevance,
            },
        );
        self.kept.truncate(self.length);
        if let Some(worst) = self.kept.last().filter(|_| self.kept.len() == self.length) {
            self.threshold = self.worth.least(worst.relevance, worst.points);
        }
    }
}

/// All accounts in order, for pages far from the first.
pub(crate) fn all<J: Judge>(judge: &J, slots: impl Iterator<Item = u32>) -> Vec<Ranked> {
    let mut best: HashMap<u32, Ranked> = HashMap::new();
    for (ranked, account, _) in slots.filter_map(|slot| judge.judge(slot, 0)) {
        let kept = best.entry(account).or_insert(ranked);
        *kept = ranked.min(*kept);
    }
    let mut all: Vec<Ranked> = best.into_values().collect();
    all.sort_unstable();
    all
}

//! The slots whose text holds a word: a list while they are few, bits from where these are read
//! faster and take at most twice the memory. A clone shares them until it is written.

use std::sync::Arc;

use crate::engine::{Bitmap, List, Rows};

/// Fewer slots than this stay a list, wherever they are.
const LIST_MIN: usize = 128;
/// Bits that are worth as much as one number of a list, which takes the memory of 16.
const BITS_PER_NUMBER: usize = 32;

#[derive(Clone)]
pub(crate) enum Postings {
    Few {
        list: Arc<List>,
        count: usize,
        /// One more than the highest slot there ever was.
        reach: usize,
    },
    Many {
        slots: Bitmap,
        count: usize,
    },
}

fn is_many(count: usize, reach: usize) -> bool {
    count >= LIST_MIN && count * BITS_PER_NUMBER > reach
}

impl Default for Postings {
    fn default() -> Self {
        Self::Few {
            list: Arc::default(),
            count: 0,
            reach: 0,
        }
    }
}

impl Postings {
    /// The postings of these slots, which ascend.
    pub(crate) fn of(slots: &[u32]) -> Self {
        let count = slots.len();
        let reach = slots.last().map_or(0, |last| *last as usize + 1);
        if is_many(count, reach) {
            let slots = Bitmap::of(slots.iter().copied());
            return Self::Many { slots, count };
        }
        let list = Arc::new(List::of(slots.iter().copied()));
        Self::Few { list, count, reach }
    }

    pub(crate) fn insert(&mut self, slot: u32) {
        match self {
            Self::Few { list, count, reach } => {
                if list.contains(slot) {
                    return;
                }
                Arc::make_mut(list).insert(slot);
                *count += 1;
                *reach = (*reach).max(slot as usize + 1);
                if is_many(*count, *reach) {
                    let (slots, count) = (Bitmap::of(list.iter()), *count);
                    *self = Self::Many { slots, count };
                }
            }
            Self::Many { slots, count } => {
                *count += usize::from(!slots.contains(slot));
                slots.insert(slot);
            }
        }
    }

    pub(crate) fn remove(&mut self, slot: u32) {
        match self {
            Self::Few { list, count, .. } => {
                if list.contains(slot) {
                    Arc::make_mut(list).remove(slot);
                    *count -= 1;
                }
            }
            Self::Many { slots, count } => {
                *count -= usize::from(slots.contains(slot));
                slots.remove(slot);
            }
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Self::Few { count, .. } | Self::Many { count, .. } => *count == 0,
        }
    }

    pub(crate) fn rows(&self) -> Rows<'_> {
        match self {
            Self::Few { list, .. } => Rows::List(list),
            Self::Many { slots, .. } => Rows::Bitmap(slots),
        }
    }

    /// Ascending.
    pub(crate) fn to_vec(&self) -> Vec<u32> {
        match self {
            Self::Few { list, .. } => list.iter().collect(),
            Self::Many { slots, .. } => slots.iter().collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_the_same_as_a_list_and_as_bits_and_a_copy_keeps_its_own() {
        let mut postings = Postings::default();
        let mut expected = std::collections::BTreeSet::new();
        for step in 0..3_000_u32 {
            let slot = step * 7_919 % 4_001;
            postings.insert(slot);
            expected.insert(slot);
            let before = postings.clone();
            if step % 3 == 0 {
                postings.remove(slot / 2);
                expected.remove(&(slot / 2));
                assert!(before.rows().contains(slot) && !postings.rows().contains(slot / 2));
            }
        }
        assert!(matches!(postings, Postings::Many { .. }));
        assert_eq!(
            postings.to_vec(),
            expected.iter().copied().collect::<Vec<_>>()
        );
        for slot in expected {
            assert!(!postings.is_empty());
            postings.remove(slot);
        }
        assert!(postings.is_empty() && postings.to_vec().is_empty());
    }
}

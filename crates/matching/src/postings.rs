//! The slots whose text holds a word: a list while they are few, bits from where these take less
//! memory. A clone shares them until it is written.

use std::sync::Arc;

use crate::engine::{Bitmap, Rows};

/// Fewer slots than this stay a list, wherever they are.
const LIST_MIN: usize = 128;
/// A number of a list takes as much memory as so many bits.
const BITS_PER_NUMBER: usize = 32;

#[derive(Clone)]
pub(crate) enum Postings {
    /// Ascending.
    Few(Arc<Vec<u32>>),
    Many {
        slots: Bitmap,
        count: usize,
    },
}

impl Default for Postings {
    fn default() -> Self {
        Self::Few(Arc::default())
    }
}

impl Postings {
    pub(crate) fn insert(&mut self, slot: u32) {
        match self {
            Self::Few(list) => {
                let list = Arc::make_mut(list);
                // Slots mostly come in ascending order while an index is built.
                if list.last().is_none_or(|last| *last < slot) {
                    list.push(slot);
                } else if let Err(place) = list.binary_search(&slot) {
                    list.insert(place, slot);
                }
                let reach = list.last().map_or(0, |last| *last as usize + 1);
                if list.len() >= LIST_MIN && list.len() * BITS_PER_NUMBER > reach {
                    let count = list.len();
                    let slots = Bitmap::of(list.iter().copied());
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
            Self::Few(list) => {
                if let Ok(place) = list.binary_search(&slot) {
                    Arc::make_mut(list).remove(place);
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
            Self::Few(list) => list.is_empty(),
            Self::Many { count, .. } => *count == 0,
        }
    }

    pub(crate) fn rows(&self) -> Rows<'_> {
        match self {
            Self::Few(list) => Rows::List(list),
            Self::Many { slots, .. } => Rows::Bitmap(slots),
        }
    }

    /// Ascending.
    pub(crate) fn to_vec(&self) -> Vec<u32> {
        match self {
            Self::Few(list) => list.to_vec(),
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

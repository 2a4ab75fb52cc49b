//! How many rows of a selection are in each of many sets, by whichever way is cheaper.

use super::{
    bitmap::{BATCH_WORDS, BLOCK_ROWS, Bitmap},
    kernel::Kernel,
    selection::Selection,
};

/// Rows that a set is laid over while one row is asked for its sets.
const ROWS_FOR_ONE: usize = 4096;

/// The cheaper way to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counting {
    /// Every set is laid over the selection.
    BySets,
    /// Every row of the selection tells its sets.
    ByLists,
}

impl Counting {
    /// Asking a row for its sets takes about as long as laying one set over [`ROWS_FOR_ONE`].
    pub fn cheaper(selection: &Selection, sets: usize) -> Self {
        if selection.count() < sets * selection.blocks().len() * (BLOCK_ROWS / ROWS_FOR_ONE) {
            Self::ByLists
        } else {
            Self::BySets
        }
    }
}

/// Counts set by set.
pub fn count_by_sets<'a>(
    selection: &Selection,
    sets: impl Iterator<Item = &'a Bitmap>,
    kernel: Kernel,
) -> Vec<u32> {
    kernel.run(
        #[inline(always)]
        || overlaps(selection, sets),
    )
}

/// Counts row by row; `sets_of` tells the sets of a row, each below `sets`, in numbers as small as
/// the caller keeps them.
pub fn count_by_lists<'a, S: Copy + Into<u32> + 'a>(
    selection: &Selection,
    sets: usize,
    sets_of: impl Fn(u32) -> &'a [S],
) -> Vec<u32> {
    let mut counts = vec![0; sets];
    for row in selection.iter() {
        for set in sets_of(row) {
            counts[(*set).into() as usize] += 1;
        }
    }
    counts
}

/// Plain loops: what iterators call inside would not be compiled for the kernel.
#[inline(always)]
fn overlaps<'a>(selection: &Selection, sets: impl Iterator<Item = &'a Bitmap>) -> Vec<u32> {
    let mut counts = Vec::with_capacity(sets.size_hint().0);
    for set in sets {
        counts.push(overlap(selection, set));
    }
    counts
}

#[inline(always)]
fn overlap(selection: &Selection, set: &Bitmap) -> u32 {
    let mut ones = [0_u64; BATCH_WORDS];
    for (number, block) in selection.blocks().iter().enumerate() {
        let Some(stored) = set.block(number) else {
            continue;
        };
        for (batch, stored) in block.0.iter().zip(&stored.0) {
            for place in 0..BATCH_WORDS {
                ones[place] += u64::from((batch[place] & stored[place]).count_ones());
            }
        }
    }
    let mut sum = 0;
    for part in ones {
        sum += part;
    }
    sum as u32
}

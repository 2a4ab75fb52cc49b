//! How many rows of a selection are in each of many sets, by whichever way is cheaper.

use std::hint::black_box;

use super::{
    bitmap::{BLOCK_ROWS, Bitmap},
    kernel::Kernel,
    selection::Selection,
};

/// Rows that a set is laid over while one row is asked for its sets.
const ROWS_FOR_ONE: usize = 4096;
/// Rows whose lists are fetched together.
const GROUP: usize = 32;

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
    let mut rows = selection.iter();
    let mut lists = Vec::with_capacity(GROUP);
    loop {
        lists.extend(rows.by_ref().take(GROUP).map(&sets_of));
        if lists.is_empty() {
            return counts;
        }
        black_box(ends(&lists));
        for list in lists.drain(..) {
            for set in list {
                counts[(*set).into() as usize] += 1;
            }
        }
    }
}

/// Something of both ends of every list. What counting reads next waits for what it read before; this
/// does not, so memory brings the lists all at once: a third to a tenth of the time over a million rows.
fn ends<S: Copy + Into<u32>>(lists: &[&[S]]) -> u32 {
    let mut any = 0;
    for list in lists {
        if let [first, .., last] = list {
            any |= (*first).into() | (*last).into();
        }
    }
    any
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
    let mut sum = 0;
    for (number, block) in selection.blocks().iter().enumerate() {
        let Some(stored) = set.block(number) else {
            continue;
        };
        // One row of words: with batches inside blocks the compiler gathers words from all over.
        let (block, stored) = (block.0.as_flattened(), stored.0.as_flattened());
        let mut ones = 0;
        for place in 0..block.len().min(stored.len()) {
            ones += u64::from((block[place] & stored[place]).count_ones());
        }
        sum += ones;
    }
    sum as u32
}

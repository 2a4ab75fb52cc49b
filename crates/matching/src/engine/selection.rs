//! The rows that meet all conditions of a query, worked out once and read by ranking and counting.

use super::{
    bitmap::{BLOCK_ROWS, Bitmap, Block},
    kernel::Kernel,
    rows::Rows,
};

/// A set of rows that belongs to one query.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    blocks: Vec<Block>,
    count: usize,
}

impl Selection {
    /// The rows below `rows` that are in all of `conditions` and in none of `exceptions`.
    pub fn new(rows: u32, conditions: &[Rows], exceptions: &[&Bitmap], kernel: Kernel) -> Self {
        kernel.run(
            #[inline(always)]
            || Self::meeting(rows, conditions, exceptions),
        )
    }

    #[inline(always)]
    fn meeting(rows: u32, conditions: &[Rows], exceptions: &[&Bitmap]) -> Self {
        let mut blocks = Vec::with_capacity((rows as usize).div_ceil(BLOCK_ROWS));
        let mut space = None;
        for number in 0..(rows as usize).div_ceil(BLOCK_ROWS) {
            let mut met = below(rows as usize - number * BLOCK_ROWS);
            for condition in conditions {
                match condition.block(number, &mut space) {
                    Some(block) => met.combine(block, |met, stored| met & stored),
                    None => met = Block::EMPTY,
                }
            }
            for set in exceptions {
                let Some(block) = set.block(number) else {
                    continue;
                };
                met.combine(block, |met, stored| met & !stored);
            }
            blocks.push(met);
        }
        Self::of(blocks)
    }

    #[inline(always)]
    pub(super) fn of(blocks: Vec<Block>) -> Self {
        let mut count = 0;
        for block in &blocks {
            count += ones(block);
        }
        Self { blocks, count }
    }

    /// How many rows there are.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Whether the row is among them.
    pub fn contains(&self, row: u32) -> bool {
        let block = self.blocks.get(row as usize / BLOCK_ROWS);
        block.is_some_and(|block| block.contains(row as usize % BLOCK_ROWS))
    }

    /// The rows, ascending.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        let batches = self.blocks.iter().flat_map(|block| &block.0);
        (0..)
            .zip(batches.flatten())
            .flat_map(|(place, word)| Ones(*word).map(move |bit| place * 64 + bit))
    }

    pub(super) fn blocks(&self) -> &[Block] {
        &self.blocks
    }
}

/// The first `rows` of a block.
#[inline(always)]
fn below(rows: usize) -> Block {
    let mut block = Block::EMPTY;
    for (place, word) in block.0.as_flattened_mut().iter_mut().enumerate() {
        *word = match rows.saturating_sub(place * 64) {
            0 => 0,
            left @ 1..64 => (1 << left) - 1,
            _ => u64::MAX,
        };
    }
    block
}

#[inline(always)]
fn ones(block: &Block) -> usize {
    let mut ones = 0;
    for word in block.0.as_flattened() {
        ones += u64::from(word.count_ones());
    }
    ones as usize
}

/// The places of the bits of a word, ascending.
pub(super) struct Ones(pub(super) u64);

impl Iterator for Ones {
    type Item = u32;

    #[inline(always)]
    fn next(&mut self) -> Option<u32> {
        (self.0 != 0).then(|| {
            let place = self.0.trailing_zeros();
            self.0 &= self.0 - 1;
            place
        })
    }
}

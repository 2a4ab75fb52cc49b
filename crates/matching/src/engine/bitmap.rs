//! A set of rows as one bit each, in blocks that copies share until one of them is written.

use std::sync::Arc;

use super::selection::Ones;

/// Rows of one block: what a write copies, and what is read of one place of memory before the next.
/// With 4,096 a query over a million rows spent most of its time on finding the places.
pub const BLOCK_ROWS: usize = 32_768;
/// Words of one batch: 512 rows, one cache line of bits.
pub(super) const BATCH_WORDS: usize = 8;
/// Batches of one block.
pub(super) const BATCHES: usize = BLOCK_ROWS / 64 / BATCH_WORDS;

/// The bits of 512 rows.
pub(super) type Batch = [u64; BATCH_WORDS];

/// The bits of so many rows, on a border of cache lines.
#[derive(Clone, Debug, PartialEq, Eq)]
#[repr(align(64))]
pub(super) struct Block(pub(super) [Batch; BATCHES]);

impl Block {
    pub(super) const EMPTY: Self = Self([[0; BATCH_WORDS]; BATCHES]);

    /// The bit of a row of this block, by its place in the block.
    fn place(row: usize) -> (usize, usize, u64) {
        (row / 512, row / 64 % BATCH_WORDS, 1 << (row % 64))
    }

    pub(super) fn is_empty(&self) -> bool {
        let words = self.0.as_flattened().iter();
        words.fold(0, |any, word| any | word) == 0
    }

    pub(super) fn insert(&mut self, row: usize) {
        let (batch, word, bit) = Self::place(row);
        self.0[batch][word] |= bit;
    }

    pub(super) fn contains(&self, row: usize) -> bool {
        let (batch, word, bit) = Self::place(row);
        self.0[batch][word] & bit != 0
    }

    /// Combines every word with the other block's.
    #[inline(always)]
    pub(super) fn combine(&mut self, with: &Self, how: impl Fn(u64, u64) -> u64) {
        for (batch, with) in self.0.iter_mut().zip(&with.0) {
            for (word, with) in batch.iter_mut().zip(with) {
                *word = how(*word, *with);
            }
        }
    }

    fn remove(&mut self, row: usize) {
        let (batch, word, bit) = Self::place(row);
        self.0[batch][word] &= !bit;
    }
}

/// A set of rows. A clone costs a pointer, and a write copies at most one block and the list of
/// blocks, so that a reader of an older clone never waits and never sees the write.
#[derive(Clone, Debug, Default)]
pub struct Bitmap(Arc<Vec<Option<Arc<Block>>>>);

impl Bitmap {
    /// The set of these rows.
    pub fn of(rows: impl IntoIterator<Item = u32>) -> Self {
        let mut blocks: Vec<Option<Arc<Block>>> = Vec::new();
        for row in rows {
            let number = row as usize / BLOCK_ROWS;
            if blocks.len() <= number {
                blocks.resize(number + 1, None);
            }
            let block = blocks[number].get_or_insert_with(|| Arc::new(Block::EMPTY));
            // Nobody else has it yet.
            if let Some(block) = Arc::get_mut(block) {
                block.insert(row as usize % BLOCK_ROWS);
            }
        }
        Self(Arc::new(blocks))
    }

    /// Puts the row into the set.
    pub fn insert(&mut self, row: u32) {
        if self.contains(row) {
            return;
        }
        let (number, place) = (row as usize / BLOCK_ROWS, row as usize % BLOCK_ROWS);
        let blocks = Arc::make_mut(&mut self.0);
        if blocks.len() <= number {
            blocks.resize(number + 1, None);
        }
        let block = blocks[number].get_or_insert_with(|| Arc::new(Block::EMPTY));
        Arc::make_mut(block).insert(place);
    }

    /// Takes the row out of the set.
    pub fn remove(&mut self, row: u32) {
        if !self.contains(row) {
            return;
        }
        let (number, place) = (row as usize / BLOCK_ROWS, row as usize % BLOCK_ROWS);
        if let Some(Some(block)) = Arc::make_mut(&mut self.0).get_mut(number) {
            Arc::make_mut(block).remove(place);
        }
    }

    /// Puts the row into the set, or takes it out.
    pub fn set(&mut self, row: u32, is_in: bool) {
        if is_in {
            self.insert(row);
        } else {
            self.remove(row);
        }
    }

    /// Whether the row is in the set.
    pub fn contains(&self, row: u32) -> bool {
        let block = self.block(row as usize / BLOCK_ROWS);
        block.is_some_and(|block| block.contains(row as usize % BLOCK_ROWS))
    }

    /// The rows, ascending.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        let blocks = self.0.iter().zip((0..).step_by(BLOCK_ROWS));
        let words = blocks.flat_map(|(block, first)| {
            let words = block.iter().flat_map(|block| block.0.as_flattened());
            words.zip((first..).step_by(64))
        });
        words.flat_map(|(word, first)| Ones(*word).map(move |bit| first + bit))
    }

    /// How many rows are in the set.
    pub fn count(&self) -> usize {
        let batches = self.0.iter().flatten().flat_map(|block| block.0);
        batches
            .flatten()
            .map(|word| word.count_ones() as usize)
            .sum()
    }

    /// The bytes of its blocks, shared ones too.
    pub fn bytes(&self) -> usize {
        self.0.iter().flatten().count() * (size_of::<Block>() + 64) + self.0.len() * 8
    }

    /// `None` where no row of the block is in the set.
    pub(super) fn block(&self, number: usize) -> Option<&Block> {
        self.0.get(number)?.as_deref()
    }
}

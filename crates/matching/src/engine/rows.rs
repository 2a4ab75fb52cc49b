//! A set of rows as a query names it: a stored set, or the union of some.

use super::bitmap::{BLOCK_ROWS, Bitmap, Block};

/// Memory for the bits of a block that is not stored as such, made when it is needed.
pub(super) type Space = Option<Box<Block>>;

/// Rare words are ascending lists of rows, all else is bitmaps.
#[derive(Clone, Debug)]
pub enum Rows<'a> {
    /// The rows of a stored set.
    Bitmap(&'a Bitmap),
    /// The rows of a list, which must be ascending.
    List(&'a [u32]),
    /// The rows of any of them; of none when there are none.
    AnyOf(Vec<Rows<'a>>),
}

impl Rows<'_> {
    /// Whether the row is in the set.
    pub fn contains(&self, row: u32) -> bool {
        match self {
            Self::Bitmap(bitmap) => bitmap.contains(row),
            Self::List(list) => list.binary_search(&row).is_ok(),
            Self::AnyOf(sets) => sets.iter().any(|set| set.contains(row)),
        }
    }

    /// The bits of one block, in the stored block where there is one, else in `space`. `None` where
    /// no row of the block is in the set.
    #[inline(always)]
    pub(super) fn block<'b>(&'b self, number: usize, space: &'b mut Space) -> Option<&'b Block> {
        match self {
            Self::Bitmap(bitmap) => bitmap.block(number),
            Self::List(_) => {
                let space = cleared(space);
                self.put(number, space).then_some(space)
            }
            Self::AnyOf(sets) => {
                let space = cleared(space);
                let mut some = false;
                for set in sets {
                    // Not through `put`, which is not compiled for the kernel.
                    if let Self::Bitmap(bitmap) = set {
                        if let Some(block) = bitmap.block(number) {
                            space.combine(block, |all, more| all | more);
                            some = true;
                        }
                    } else {
                        some |= set.put(number, space);
                    }
                }
                some.then_some(space)
            }
        }
    }

    /// [`Rows::block`] for blocks that are asked for in ascending order: a list is read on from
    /// `read`, where the block before ended, and not looked through again.
    #[inline(always)]
    pub(super) fn next_block<'b>(
        &'b self,
        number: usize,
        space: &'b mut Space,
        read: &mut usize,
    ) -> Option<&'b Block> {
        let Self::List(list) = self else {
            return self.block(number, space);
        };
        let first = (number * BLOCK_ROWS) as u32;
        let end = first + BLOCK_ROWS as u32;
        // Blocks may have been left out.
        while list.get(*read).is_some_and(|row| *row < first) {
            *read += 1;
        }
        if list.get(*read).is_none_or(|row| *row >= end) {
            return None;
        }
        let space = cleared(space);
        while let Some(row) = list.get(*read).filter(|row| **row < end) {
            space.insert((row - first) as usize);
            *read += 1;
        }
        Some(space)
    }

    /// Adds the rows of one block to `space`; whether there may be any.
    fn put(&self, number: usize, space: &mut Block) -> bool {
        match self {
            Self::Bitmap(bitmap) => match bitmap.block(number) {
                Some(block) => {
                    space.combine(block, |all, more| all | more);
                    true
                }
                None => false,
            },
            Self::List(list) => {
                let first = (number * BLOCK_ROWS) as u32;
                let start = list.partition_point(|row| *row < first);
                let places = list[start..].iter().map(|row| (row - first) as usize);
                let mut some = false;
                for place in places.take_while(|place| *place < BLOCK_ROWS) {
                    some = true;
                    space.insert(place);
                }
                some
            }
            Self::AnyOf(sets) => {
                let mut some = false;
                for set in sets {
                    some |= set.put(number, space);
                }
                some
            }
        }
    }
}

fn cleared(space: &mut Space) -> &mut Block {
    match space {
        Some(space) => {
            **space = Block::EMPTY;
            space
        }
        None => space.insert(Box::new(Block::EMPTY)),
    }
}

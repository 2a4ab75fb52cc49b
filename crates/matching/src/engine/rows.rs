//! A set of rows as a query names it: a stored set, or the union of some.

use super::{
    bitmap::{Bitmap, Block},
    list::List,
};

/// Memory for the bits of a block that is not stored as such, made when it is needed.
pub(super) type Space = Option<Box<Block>>;

/// Rare words are lists of rows, all else is bitmaps.
#[derive(Clone, Debug)]
pub enum Rows<'a> {
    /// The rows of a stored set.
    Bitmap(&'a Bitmap),
    /// The rows of a list.
    List(&'a List),
    /// The rows of any of them; of none when there are none.
    AnyOf(Vec<Rows<'a>>),
}

impl Rows<'_> {
    /// Whether the row is in the set.
    pub fn contains(&self, row: u32) -> bool {
        match self {
            Self::Bitmap(bitmap) => bitmap.contains(row),
            Self::List(list) => list.contains(row),
            Self::AnyOf(sets) => sets.iter().any(|set| set.contains(row)),
        }
    }

    /// The bits of one block, in the stored block where there is one, else in `space`. `None` where
    /// no row of the block is in the set.
    #[inline(always)]
    pub(super) fn block<'b>(&'b self, number: usize, space: &'b mut Space) -> Option<&'b Block> {
        match self {
            Self::Bitmap(bitmap) => bitmap.block(number),
            Self::List(list) => {
                if list.places(number).is_empty() {
                    return None;
                }
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
                let places = list.places(number);
                for place in places {
                    space.insert(usize::from(*place));
                }
                !places.is_empty()
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

//! A set of few rows as a list in little memory: two bytes a row, and four a block that has any.

use std::ops::Range;

use super::bitmap::BLOCK_ROWS;

/// Rows in ascending order: by block its number, how many rows it has, and their places in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List(Vec<u16>);

/// Numbers before the places of a block.
const HEAD: usize = 2;

impl List {
    /// The list of these rows, in whichever order they come.
    pub fn of(rows: impl IntoIterator<Item = u32>) -> Self {
        let mut list = Self::default();
        for row in rows {
            list.insert(row);
        }
        list.0.shrink_to_fit();
        list
    }

    /// Puts the row into the list.
    pub fn insert(&mut self, row: u32) {
        let (number, place) = split(row);
        match self.find(number) {
            Ok(places) => {
                if let Err(before) = self.0[places.clone()].binary_search(&place) {
                    self.0[places.start - 1] += 1;
                    self.0.insert(places.start + before, place);
                }
            }
            Err(start) => {
                self.0.splice(start..start, [number, 1, place]);
            }
        }
    }

    /// Takes the row out of the list.
    pub fn remove(&mut self, row: u32) {
        let (number, place) = split(row);
        let Ok(places) = self.find(number) else {
            return;
        };
        let Ok(found) = self.0[places.clone()].binary_search(&place) else {
            return;
        };
        if places.len() == 1 {
            self.0.drain(places.start - HEAD..places.end);
        } else {
            self.0[places.start - 1] -= 1;
            self.0.remove(places.start + found);
        }
    }

    /// Whether the row is in the list.
    pub fn contains(&self, row: u32) -> bool {
        let (number, place) = split(row);
        self.places(usize::from(number))
            .binary_search(&place)
            .is_ok()
    }

    /// The rows, ascending.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.blocks().flat_map(|(number, places)| {
            let first = u32::from(number) * BLOCK_ROWS as u32;
            let places = self.0[places].iter();
            places.map(move |place| first + u32::from(*place))
        })
    }

    /// How many rows there are.
    pub fn count(&self) -> usize {
        self.blocks().map(|(_, places)| places.len()).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The bytes that its rows take.
    pub fn bytes(&self) -> usize {
        self.0.capacity() * size_of::<u16>()
    }

    /// The places in one block, ascending.
    pub(super) fn places(&self, number: usize) -> &[u16] {
        let found = u16::try_from(number).ok().map(|number| self.find(number));
        match found {
            Some(Ok(places)) => &self.0[places],
            Some(Err(_)) | None => &[],
        }
    }

    /// The numbers of the blocks and where their places are.
    fn blocks(&self) -> impl Iterator<Item = (u16, Range<usize>)> + '_ {
        let mut next = 0;
        std::iter::from_fn(move || {
            let [number, count] = *self.0.get(next..)?.first_chunk::<HEAD>()?;
            let places = next + HEAD..next + HEAD + usize::from(count);
            next = places.end;
            Some((number, places))
        })
    }

    /// Where the places of the block are, or where it would begin.
    fn find(&self, number: u16) -> Result<Range<usize>, usize> {
        for (other, places) in self.blocks() {
            if other == number {
                return Ok(places);
            }
            if other > number {
                return Err(places.start - HEAD);
            }
        }
        Err(self.0.len())
    }
}

/// The number of the row's block, and the row's place in it.
fn split(row: u32) -> (u16, u16) {
    let row = row as usize;
    ((row / BLOCK_ROWS) as u16, (row % BLOCK_ROWS) as u16)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn rows_come_and_go_in_several_blocks_and_the_list_keeps_their_order() {
        let mut list = List::default();
        let mut expected = BTreeSet::new();
        for step in 0..4_000_u32 {
            let row = step * 7_919 % (3 * BLOCK_ROWS as u32 + 5);
            list.insert(row);
            list.insert(row);
            expected.insert(row);
            if step % 3 == 0 {
                let gone = row / 2;
                list.remove(gone);
                expected.remove(&gone);
                assert!(!list.contains(gone));
            }
        }
        assert!(list.iter().eq(expected.iter().copied()));
        assert_eq!(list.count(), expected.len());
        assert_eq!(list, List::of(expected.iter().rev().copied()));
        for row in &expected {
            assert!(list.contains(*row) && !list.is_empty());
            list.remove(*row);
        }
        assert!(list.is_empty() && list.count() == 0 && list == List::default());
    }
}

//! Values under dense numbers, in pieces that copies share until one of them is written: a reader of
//! an older copy never waits and never sees the write, and a write copies one piece.

use std::sync::Arc;

/// Values of one piece.
const PIECE: usize = 256;

#[derive(Clone)]
pub(crate) struct Pieces<T>(Arc<Vec<Arc<Vec<T>>>>);

impl<T> Default for Pieces<T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<T: Clone + Default> Pieces<T> {
    pub(crate) fn get(&self, place: usize) -> Option<&T> {
        self.0.get(place / PIECE)?.get(place % PIECE)
    }

    /// The value for writing; what is not there yet is made, with all before it.
    pub(crate) fn at(&mut self, place: usize) -> &mut T {
        let pieces = Arc::make_mut(&mut self.0);
        while pieces.len() <= place / PIECE {
            // All but the last one are full.
            if let Some(last) = pieces.last_mut() {
                Arc::make_mut(last).resize(PIECE, T::default());
            }
            pieces.push(Arc::new(Vec::with_capacity(PIECE)));
        }
        let piece = Arc::make_mut(&mut pieces[place / PIECE]);
        if piece.len() <= place % PIECE {
            piece.resize(place % PIECE + 1, T::default());
        }
        &mut piece[place % PIECE]
    }

    /// One more than the highest place.
    pub(crate) fn len(&self) -> usize {
        let before = self.0.len().saturating_sub(1) * PIECE;
        self.0.last().map_or(0, |last| before + last.len())
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter().flat_map(|piece| piece.iter())
    }
}

impl<T: Clone> FromIterator<T> for Pieces<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        let mut values = values.into_iter();
        let mut pieces = Vec::new();
        loop {
            let piece: Vec<T> = values.by_ref().take(PIECE).collect();
            if piece.is_empty() {
                return Self(Arc::new(pieces));
            }
            pieces.push(Arc::new(piece));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_keeps_what_it_saw_and_shares_the_pieces_that_were_not_written() {
        let mut pieces: Pieces<u32> = (0..1_000).collect();
        let before = pieces.clone();
        *pieces.at(700) = 7;
        *pieces.at(1_300) = 13;
        assert_eq!((before.get(700), before.get(1_300)), (Some(&700), None));
        assert_eq!((pieces.get(700), pieces.get(1_299)), (Some(&7), Some(&0)));
        assert_eq!((before.len(), pieces.len()), (1_000, 1_301));
        let shared = before.0.iter().zip(pieces.0.iter());
        assert_eq!(
            shared
                .filter(|(one, other)| Arc::ptr_eq(one, other))
                .count(),
            2
        );
        assert_eq!(pieces.iter().count(), 1_301);
    }
}

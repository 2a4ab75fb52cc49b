//! A sorted map in pieces that copies share: a change copies the pieces that it writes, and nothing else.

use std::sync::Arc;

/// Entries of a piece that is made at first; it is split where it has grown to twice as many.
const ENTRIES: usize = 1_024;

type Piece<K, V> = Arc<Vec<(K, Arc<V>)>>;

/// No piece is empty, and keys rise from piece to piece.
#[derive(Clone, Debug)]
pub(in crate::plan) struct Pieces<K, V>(Vec<Piece<K, V>>);

impl<K, V> Default for Pieces<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: Copy + Ord, V> Pieces<K, V> {
    /// Of entries in any order; of two with one key the last stays.
    pub fn new(entries: impl IntoIterator<Item = (K, V)>) -> Self {
        let sorted: std::collections::BTreeMap<K, V> = entries.into_iter().collect();
        let mut pieces = vec![Vec::with_capacity(ENTRIES)];
        for (key, value) in sorted {
            if pieces.last().is_some_and(|piece| piece.len() == ENTRIES) {
                pieces.push(Vec::with_capacity(ENTRIES));
            }
            if let Some(piece) = pieces.last_mut() {
                piece.push((key, Arc::new(value)));
            }
        }
        pieces.retain(|piece| !piece.is_empty());
        Self(pieces.into_iter().map(Arc::new).collect())
    }

    pub fn get(&self, key: K) -> Option<&V> {
        let piece = self.0.get(self.piece_of(key))?;
        let place = piece.binary_search_by_key(&key, |(key, _)| *key).ok()?;
        Some(&*piece[place].1)
    }

    /// By rising key.
    pub fn iter(&self) -> impl Iterator<Item = (K, &Arc<V>)> {
        let all = self.0.iter().flat_map(|piece| piece.iter());
        all.map(|(key, value)| (*key, value))
    }

    /// Puts in, replaces or, with nothing, takes out.
    pub fn set(&mut self, key: K, value: Option<V>) {
        let place = self.piece_of(key).min(self.0.len().saturating_sub(1));
        let Some(piece) = self.0.get_mut(place) else {
            self.0
                .extend(value.map(|value| Arc::new(vec![(key, Arc::new(value))])));
            return;
        };
        let found = piece.binary_search_by_key(&key, |(key, _)| *key);
        match (found, value) {
            (Ok(at), Some(value)) => Arc::make_mut(piece)[at].1 = Arc::new(value),
            (Ok(at), None) => drop(Arc::make_mut(piece).remove(at)),
            (Err(at), Some(value)) => Arc::make_mut(piece).insert(at, (key, Arc::new(value))),
            (Err(_), None) => return,
        }
        if piece.is_empty() {
            self.0.remove(place);
        } else if piece.len() > 2 * ENTRIES {
            let rest = Arc::make_mut(piece).split_off(ENTRIES);
            self.0.insert(place + 1, Arc::new(rest));
        }
    }

    /// The piece that a key is in or would be in; one beyond the last where it follows all of them.
    fn piece_of(&self, key: K) -> usize {
        self.0
            .partition_point(|piece| piece.last().is_some_and(|(last, _)| *last < key))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn a_copy_that_is_changed_holds_what_a_map_would_and_leaves_the_first_as_it_was() {
        let first = Pieces::new((0..5_000_u32).map(|key| (key * 2, key)));
        let mut changed = first.clone();
        let mut expected: BTreeMap<u32, u32> = (0..5_000).map(|key| (key * 2, key)).collect();
        for step in 0..20_000_u32 {
            let key = step * 7_919 % 12_000;
            let value = (step % 3 > 0).then_some(step);
            changed.set(key, value);
            match value {
                Some(value) => drop(expected.insert(key, value)),
                None => drop(expected.remove(&key)),
            }
        }
        let held: Vec<(u32, u32)> = changed.iter().map(|(key, value)| (key, **value)).collect();
        assert_eq!(
            held,
            expected
                .iter()
                .map(|(key, value)| (*key, *value))
                .collect::<Vec<_>>()
        );
        assert!((0..12_000).all(|key| changed.get(key) == expected.get(&key)));
        assert!(
            first.iter().eq((0..5_000)
                .map(|key| (key * 2, key))
                .collect::<BTreeMap<_, _>>()
                .iter()
                .map(|(key, value)| (*key, Arc::new(*value)))
                .collect::<Vec<_>>()
                .iter()
                .map(|(key, value)| (*key, value)))
        );
        for key in 0..12_000 {
            changed.set(key, None);
        }
        assert_eq!(changed.iter().count(), 0);
        changed.set(3, Some(4));
        assert_eq!(changed.get(3), Some(&4));
    }

    #[test]
    fn a_change_copies_one_piece_and_shares_the_others() {
        let first = Pieces::new((0..10_000_u32).map(|key| (key, key)));
        let mut changed = first.clone();
        changed.set(5_000, Some(0));
        let shared = first.0.iter().zip(&changed.0);
        assert_eq!(
            shared
                .filter(|(one, other)| !Arc::ptr_eq(one, other))
                .count(),
            1
        );
    }
}

//! A map in shards that copies share until one of them is written: a write copies one shard.

use std::{
    borrow::Borrow,
    collections::HashMap,
    hash::{BuildHasher, Hash, RandomState},
    sync::Arc,
};

/// A copied shard holds some hundred entries when there are a hundred thousand.
const SHARDS: usize = 256;

#[derive(Clone)]
pub(crate) struct Shards<K, V> {
    /// Empty until the first entry.
    shards: Arc<Vec<Arc<HashMap<K, V>>>>,
    hasher: RandomState,
}

impl<K, V> Default for Shards<K, V> {
    fn default() -> Self {
        Self {
            shards: Arc::default(),
            hasher: RandomState::new(),
        }
    }
}

impl<K: Clone + Eq + Hash, V: Clone> Shards<K, V> {
    pub(crate) fn get<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.shards.get(self.place(key))?.get(key)
    }

    pub(crate) fn insert(&mut self, key: K, value: V) {
        self.shard(&key).insert(key, value);
    }

    /// The value for writing; what is not there yet is made.
    pub(crate) fn at(&mut self, key: K) -> &mut V
    where
        V: Default,
    {
        self.shard(&key).entry(key).or_default()
    }

    pub(crate) fn remove<Q: Eq + Hash + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        self.get(key)?;
        self.shard(key).remove(key)
    }

    fn shard<Q: Hash + ?Sized>(&mut self, key: &Q) -> &mut HashMap<K, V> {
        let place = self.place(key);
        let shards = Arc::make_mut(&mut self.shards);
        if shards.is_empty() {
            shards.resize(SHARDS, Arc::default());
        }
        Arc::make_mut(&mut shards[place])
    }

    fn place<Q: Hash + ?Sized>(&self, key: &Q) -> usize {
        // The upper bits: the lower ones choose the place inside the shard.
        (self.hasher.hash_one(key) >> 32) as usize % SHARDS
    }

    #[cfg(test)]
    pub(crate) fn is_empty(&self) -> bool {
        self.shards.iter().all(|shard| shard.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_keeps_what_it_saw() {
        let mut shards: Shards<u32, u32> = Shards::default();
        assert_eq!(shards.get(&1), None);
        assert_eq!(shards.remove(&1), None);
        for number in 0..2_000 {
            shards.insert(number, number);
        }
        let before = shards.clone();
        *shards.at(5) += 1;
        *shards.at(5_000) += 1;
        assert_eq!(shards.remove(&6), Some(6));
        assert_eq!((before.get(&5), before.get(&6)), (Some(&5), Some(&6)));
        assert_eq!((shards.get(&5), shards.get(&6)), (Some(&6), None));
        assert_eq!((before.get(&5_000), shards.get(&5_000)), (None, Some(&1)));
    }
}

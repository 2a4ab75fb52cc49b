//! Values under small dense numbers that are used again after a removal.

use std::{collections::HashMap, hash::Hash};

pub(crate) struct Slots<K, V> {
    numbers: HashMap<K, u32>,
    values: Vec<Option<V>>,
    free: Vec<u32>,
}

impl<K, V> Default for Slots<K, V> {
    fn default() -> Self {
        Self {
            numbers: HashMap::new(),
            values: Vec::new(),
            free: Vec::new(),
        }
    }
}

impl<K: Copy + Eq + Hash, V> Slots<K, V> {
    /// The slot of the key, a new one if need be, with the value that was there. The caller puts
    /// the next value there.
    pub(crate) fn open(&mut self, key: K) -> (u32, Option<V>) {
        if let Some(slot) = self.numbers.get(&key) {
            return (*slot, self.values[*slot as usize].take());
        }
        let slot = self.free.pop().unwrap_or_else(|| {
            self.values.push(None);
            (self.values.len() - 1) as u32
        });
        self.numbers.insert(key, slot);
        (slot, None)
    }

    pub(crate) fn put(&mut self, slot: u32, value: V) {
        self.values[slot as usize] = Some(value);
    }

    pub(crate) fn remove(&mut self, key: K) -> Option<(u32, V)> {
        let slot = self.numbers.remove(&key)?;
        self.free.push(slot);
        self.values[slot as usize].take().map(|value| (slot, value))
    }

    pub(crate) fn number(&self, key: K) -> Option<u32> {
        self.numbers.get(&key).copied()
    }

    pub(crate) fn get(&self, slot: u32) -> Option<&V> {
        self.values.get(slot as usize).and_then(Option::as_ref)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, &V)> {
        let all = self.values.iter().zip(0..);
        all.filter_map(|(value, slot)| value.as_ref().map(|value| (slot, value)))
    }

    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.values.iter_mut().flatten()
    }

    /// One more than the highest slot.
    pub(crate) fn len(&self) -> usize {
        self.values.len()
    }
}

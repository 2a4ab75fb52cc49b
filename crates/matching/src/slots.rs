//! Values under small dense numbers that are used again after a removal. A clone shares the values.

use std::{hash::Hash, sync::Arc};

use crate::{pieces::Pieces, shards::Shards};

#[derive(Clone)]
pub(crate) struct Slots<K, V> {
    numbers: Shards<K, u32>,
    values: Pieces<Option<Arc<V>>>,
    free: Vec<u32>,
}

impl<K, V> Default for Slots<K, V> {
    fn default() -> Self {
        Self {
            numbers: Shards::default(),
            values: Pieces::default(),
            free: Vec::new(),
        }
    }
}

impl<K: Copy + Eq + Hash, V> Slots<K, V> {
    /// The slot of the key, a new one if need be, with the value that was there. The caller puts
    /// the next value there.
    pub(crate) fn open(&mut self, key: K) -> (u32, Option<Arc<V>>) {
        if let Some(slot) = self.numbers.get(&key).copied() {
            return (slot, self.values.at(slot as usize).take());
        }
        let slot = self.free.pop().unwrap_or_else(|| {
            let slot = self.values.len();
            *self.values.at(slot) = None;
            slot as u32
        });
        self.numbers.insert(key, slot);
        (slot, None)
    }

    pub(crate) fn put(&mut self, slot: u32, value: V) {
        *self.values.at(slot as usize) = Some(Arc::new(value));
    }

    pub(crate) fn remove(&mut self, key: K) -> Option<(u32, Arc<V>)> {
        let slot = self.numbers.remove(&key)?;
        self.free.push(slot);
        let value = self.values.at(slot as usize).take();
        value.map(|value| (slot, value))
    }

    pub(crate) fn number(&self, key: K) -> Option<u32> {
        self.numbers.get(&key).copied()
    }

    pub(crate) fn get(&self, slot: u32) -> Option<&V> {
        self.values.get(slot as usize)?.as_deref()
    }

    /// The value of every slot in order, of empty ones too.
    pub(crate) fn all(&self) -> impl Iterator<Item = Option<&V>> {
        self.values.iter().map(Option::as_deref)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, &V)> {
        (0..)
            .zip(self.all())
            .filter_map(|(slot, value)| Some((slot, value?)))
    }

    /// Makes every value anew from what it was.
    pub(crate) fn renew(&mut self, next: impl Fn(&V) -> V) {
        let values = self.values.iter();
        let values = values.map(|value| value.as_deref().map(|value| Arc::new(next(value))));
        self.values = values.collect();
    }

    /// One more than the highest slot.
    pub(crate) fn len(&self) -> usize {
        self.values.len()
    }
}

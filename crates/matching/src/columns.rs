//! What is read of single advocates, side by side in the order of slots.

use std::sync::Arc;

use crate::{pieces::Pieces, tags::Tags};

/// Slots whose lists share a piece of memory; clones share it until one of them is written.
const SHARED: usize = 256;

/// A clone shares everything until one of the two is written.
#[derive(Clone, Default)]
pub(crate) struct Columns {
    accounts: Pieces<u32>,
    held: Columned,
    with_ancestors: Columned,
}

impl Columns {
    pub(crate) fn set(&mut self, slot: u32, account_number: u32) {
        *self.accounts.at(slot as usize) = account_number;
    }

    pub(crate) fn tag(&mut self, slot: u32, tags: &Tags) {
        self.held.set(slot as usize, &tags.held);
        self.with_ancestors.set(slot as usize, &tags.with_ancestors);
    }

    pub(crate) fn account_number(&self, slot: u32) -> u32 {
        self.accounts.get(slot as usize).copied().unwrap_or(0)
    }

    pub(crate) fn held(&self, slot: u32) -> &[u32] {
        self.held.get(slot as usize)
    }

    pub(crate) fn with_ancestors(&self, slot: u32) -> &[u32] {
        self.with_ancestors.get(slot as usize)
    }
}

/// A list of numbers for every slot.
#[derive(Clone, Default)]
struct Columned(Vec<Arc<Lists>>);

impl Columned {
    fn get(&self, slot: usize) -> &[u32] {
        let lists = self.0.get(slot / SHARED);
        lists.map_or(&[], |lists| lists.get(slot % SHARED))
    }

    fn set(&mut self, slot: usize, list: &[u32]) {
        if self.0.len() <= slot / SHARED {
            self.0.resize(slot / SHARED + 1, Arc::default());
        }
        Arc::make_mut(&mut self.0[slot / SHARED]).set(slot % SHARED, list);
    }
}

/// Lists of numbers in one piece of memory.
#[derive(Clone, Default)]
struct Lists {
    spans: Vec<Span>,
    numbers: Vec<u32>,
    /// Numbers that no span covers any more.
    unused: usize,
}

#[derive(Clone, Copy, Default)]
struct Span {
    start: u32,
    length: u32,
}

impl Span {
    fn of(self, numbers: &[u32]) -> &[u32] {
        &numbers[self.start as usize..(self.start + self.length) as usize]
    }
}

impl Lists {
    fn get(&self, slot: usize) -> &[u32] {
        self.spans
            .get(slot)
            .map_or(&[], |span| span.of(&self.numbers))
    }

    /// A list that has not grown stays in its place.
    fn set(&mut self, slot: usize, list: &[u32]) {
        if self.spans.len() <= slot {
            self.spans.resize(slot + 1, Span::default());
        }
        let old = self.spans[slot];
        let length = list.len() as u32;
        let start = if length <= old.length {
            self.unused += (old.length - length) as usize;
            let start = old.start as usize;
            self.numbers[start..start + list.len()].copy_from_slice(list);
            old.start
        } else {
            self.unused += old.length as usize;
            self.numbers.extend_from_slice(list);
            self.numbers.len() as u32 - length
        };
        self.spans[slot] = Span { start, length };
        if self.unused > self.numbers.len() / 2 {
            self.close_up();
        }
    }

    /// Puts the lists into the order of slots again, without gaps.
    fn close_up(&mut self) {
        let mut numbers = Vec::with_capacity(self.numbers.len() - self.unused);
        for span in &mut self.spans {
            let start = numbers.len() as u32;
            numbers.extend_from_slice(span.of(&self.numbers));
            span.start = start;
        }
        self.numbers = numbers;
        self.unused = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_keep_their_numbers_and_waste_at_most_half_of_the_memory() {
        let mut lists = Lists::default();
        let mut expected = vec![Vec::new(); 7];
        for step in 0..500_usize {
            let slot = step * step % 7;
            let list: Vec<u32> = (0..step as u32 * 13 % 11).collect();
            lists.set(slot, &list);
            expected[slot] = list;
            for (slot, list) in expected.iter().enumerate().take(lists.spans.len()) {
                assert_eq!(lists.get(slot), list, "slot {slot} after step {step}");
            }
            let used: usize = expected.iter().map(Vec::len).sum();
            assert_eq!(lists.numbers.len(), used + lists.unused);
            assert!(lists.unused <= lists.numbers.len() / 2);
        }
    }
}

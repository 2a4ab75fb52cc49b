//! What the pass over all advocates reads of each of them, side by side in the order of slots: most
//! advocates are passed over without a look at anything else, and memory is read in one direction.

use domain::{activity::Activity, protection};

use crate::{index::Profile, tags::Tags};

#[derive(Default)]
pub(crate) struct Columns {
    glances: Vec<Option<Glance>>,
    held: Lists,
    with_ancestors: Lists,
}

/// The few facts that rule an advocate out at once.
#[derive(Clone, Copy)]
pub(crate) struct Glance {
    pub(crate) account_number: u32,
    pub(crate) restricted: bool,
    /// A bit per activity that status and willingness allow at all.
    activities: u16,
}

impl Glance {
    pub(crate) fn new(profile: &Profile, account_number: u32) -> Self {
        let open = Activity::ALL.iter().enumerate();
        let open = open.filter(|(_, activity)| protection::is_open_to(&profile.member, **activity));
        Self {
            account_number,
            restricted: profile.restricted,
            activities: open.map(|(place, _)| 1 << place).sum(),
        }
    }

    pub(crate) fn is_open_to(self, activity: Activity) -> bool {
        self.activities >> activity as usize & 1 == 1
    }
}

impl Columns {
    pub(crate) fn set(&mut self, slot: u32, glance: Glance, tags: &Tags) {
        let slot = slot as usize;
        if self.glances.len() <= slot {
            self.glances.resize(slot + 1, None);
        }
        self.glances[slot] = Some(glance);
        self.tag(slot as u32, tags);
    }

    pub(crate) fn tag(&mut self, slot: u32, tags: &Tags) {
        self.held.set(slot as usize, &tags.held);
        self.with_ancestors.set(slot as usize, &tags.with_ancestors);
    }

    pub(crate) fn clear(&mut self, slot: u32) {
        self.tag(slot, &Tags::default());
        self.glances[slot as usize] = None;
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, Glance)> {
        let all = self.glances.iter().zip(0..);
        all.filter_map(|(glance, slot)| glance.map(|glance| (slot, glance)))
    }

    pub(crate) fn held(&self, slot: u32) -> &[u32] {
        self.held.get(slot as usize)
    }

    pub(crate) fn with_ancestors(&self, slot: u32) -> &[u32] {
        self.with_ancestors.get(slot as usize)
    }
}

/// Lists of numbers in one piece of memory.
#[derive(Default)]
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
        self.spans[slot].of(&self.numbers)
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

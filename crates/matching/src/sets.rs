//! Who holds what, as sets of slots: what conditions, scores and counts are laid over.

use std::sync::Arc;

use domain::taxonomy::Taxonomy;

use crate::{
    engine::{Bitmap, Rows},
    tags::Tags,
};

/// A clone shares everything until one of the two is written.
#[derive(Clone, Default)]
pub(crate) struct Sets {
    /// Slots with an advocate.
    taken: Bitmap,
    /// Those that every query may see.
    open: Bitmap,
    /// By position: who holds the term itself.
    held: Arc<Vec<Bitmap>>,
    /// By position: who holds the term or one under it.
    under: Arc<Vec<Bitmap>>,
}

impl Sets {
    pub(crate) fn new(taxonomy: &Taxonomy) -> Self {
        Self {
            held: Arc::new(vec![Bitmap::default(); taxonomy.positions()]),
            under: Arc::new(vec![Bitmap::default(); taxonomy.positions()]),
            ..Self::default()
        }
    }

    pub(crate) fn put(&mut self, slot: u32, restricted: bool, tags: &Tags) {
        self.taken.insert(slot);
        self.open.set(slot, !restricted);
        let held = Arc::make_mut(&mut self.held);
        for position in &tags.held {
            held[*position as usize].insert(slot);
        }
        let under = Arc::make_mut(&mut self.under);
        for position in &tags.with_ancestors {
            under[*position as usize].insert(slot);
        }
    }

    /// Takes the slot out of everything that it was put into with these tags.
    pub(crate) fn clear(&mut self, slot: u32, held: &[u32], with_ancestors: &[u32]) {
        self.taken.remove(slot);
        self.open.remove(slot);
        let sets = Arc::make_mut(&mut self.held);
        for position in held {
            sets[*position as usize].remove(slot);
        }
        let sets = Arc::make_mut(&mut self.under);
        for position in with_ancestors {
            sets[*position as usize].remove(slot);
        }
    }

    /// The slots that a query may see.
    pub(crate) fn seen(&self, restricted_visible: bool) -> Rows<'_> {
        Rows::Bitmap(if restricted_visible {
            &self.taken
        } else {
            &self.open
        })
    }

    pub(crate) fn is_restricted(&self, slot: u32) -> bool {
        !self.open.contains(slot)
    }

    pub(crate) fn held(&self, position: usize) -> Rows<'_> {
        Rows::Bitmap(&self.held[position])
    }

    pub(crate) fn under(&self, position: usize) -> Rows<'_> {
        Rows::Bitmap(&self.under[position])
    }

    /// All of [`Sets::under`], in the order of positions.
    pub(crate) fn counted(&self) -> impl ExactSizeIterator<Item = &Bitmap> {
        self.under.iter()
    }
}

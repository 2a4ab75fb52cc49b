//! The terms of a profile or an item as positions of the current taxonomy.

use domain::{id::TermId, taxonomy::Taxonomy};

#[derive(Clone, Default)]
pub(crate) struct Tags {
    /// Ascending, each once; terms that the taxonomy does not know are left out.
    pub(crate) held: Box<[u32]>,
    /// The held ones and all above them, each once.
    pub(crate) with_ancestors: Box<[u32]>,
}

impl Tags {
    pub(crate) fn new(taxonomy: &Taxonomy, terms: &[TermId]) -> Self {
        let mut held: Vec<u32> = terms
            .iter()
            .filter_map(|term| taxonomy.position(*term))
            .map(|position| position as u32)
            .collect();
        held.sort_unstable();
        held.dedup();
        let mut with_ancestors = held.clone();
        for position in &held {
            let above = taxonomy.ancestors_at(*position as usize);
            with_ancestors.extend(above.map(|above| above as u32));
        }
        with_ancestors.sort_unstable();
        with_ancestors.dedup();
        Self {
            held: held.into(),
            with_ancestors: with_ancestors.into(),
        }
    }
}

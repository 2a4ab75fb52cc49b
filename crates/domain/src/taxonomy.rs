//! The one taxonomy that tags people, content, deals, needs and goals: which terms stand for which,
//! which lie under which, and how well a held term answers a requested one.
//!
//! Refuses to know what is tagged and how terms are stored. Broken rows never stop it: a parent or
//! a merge that is unknown or of another facet is ignored, and every cycle is cut at its smallest id.

use std::{
    collections::{BTreeSet, HashMap},
    iter,
    sync::Arc,
};

use crate::{
    id::{FacetId, TermId},
    word_list,
};

word_list! {
    /// How a held term answers a requested one, best first within a facet.
    Fit {
        Same,
        /// The held term lies anywhere under the requested one.
        Descendant,
        /// The held term is the direct parent of the requested one.
        Parent,
        /// Both have the same parent; two top-level terms are not siblings.
        Sibling,
        /// Neighbouring bands of an ordinal facet.
        Adjacent,
        None,
    }
}

/// The value of a full fit, in 1/10,000.
pub const FULL: u32 = 10_000;

impl Fit {
    /// The fit in 1/10,000.
    #[inline]
    pub fn value(self) -> u32 {
        match self {
            Self::Same | Self::Descendant => FULL,
            Self::Parent | Self::Adjacent => FULL / 2,
            Self::Sibling => FULL / 4,
            Self::None => 0,
        }
    }
}

/// A dimension of the taxonomy, such as industry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetInfo {
    pub id: FacetId,
    pub key: String,
    pub name: String,
    /// The terms are bands in an order; parents do not count for the fit.
    pub ordinal: bool,
}

/// A value of a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermInfo {
    pub id: TermId,
    pub facet: FacetId,
    pub parent: Option<TermId>,
    /// The place in an ordinal facet; gaps between ranks do not count.
    pub rank: Option<i64>,
    /// The term that this one stands for; a pointer, so that a merge can be undone.
    pub merged_into: Option<TermId>,
    /// No longer offered, but what it tags is still found.
    pub retired: bool,
    pub name: String,
    pub synonyms: Vec<String>,
}

/// Facets and terms, ready to be asked; a clone shares the data.
#[derive(Clone, Debug, Default)]
pub struct Taxonomy(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    facets: Vec<FacetInfo>,
    /// In the order of ids: a term's place here is its position.
    terms: Vec<TermInfo>,
    positions: HashMap<TermId, usize>,
    resolved: Vec<usize>,
    parents: Vec<Option<usize>>,
    children: Vec<Vec<usize>>,
    /// The place among the distinct ranks of an ordinal facet.
    bands: Vec<Option<usize>>,
    ordinal: Vec<bool>,
}

impl Taxonomy {
    /// Builds the taxonomy. Terms of unknown facets are left out; of two with one id the first stays.
    pub fn new(facets: Vec<FacetInfo>, mut terms: Vec<TermInfo>) -> Self {
        let ordinal_facets: HashMap<FacetId, bool> = facets
            .iter()
            .map(|facet| (facet.id, facet.ordinal))
            .collect();
        terms.retain(|term| ordinal_facets.contains_key(&term.facet));
        terms.sort_by_key(|term| term.id);
        terms.dedup_by_key(|term| term.id);
        let positions: HashMap<TermId, usize> = terms
            .iter()
            .enumerate()
            .map(|(position, term)| (term.id, position))
            .collect();
        let pointer = |from: &TermInfo, to: Option<TermId>| {
            to.and_then(|id| positions.get(&id).copied())
                .filter(|to| terms[*to].facet == from.facet)
        };

        let mut merges: Vec<Option<usize>> = terms
            .iter()
            .map(|term| pointer(term, term.merged_into))
            .collect();
        cut_cycles(&mut merges);
        let resolved: Vec<usize> = (0..terms.len()).map(|at| end_of(&merges, at)).collect();

        let mut parents: Vec<Option<usize>> = terms
            .iter()
            .enumerate()
            .map(|(at, term)| {
                let parent = pointer(term, term.parent).map(|parent| resolved[parent]);
                parent.filter(|parent| resolved[at] == at && *parent != at)
            })
            .collect();
        cut_cycles(&mut parents);
        let mut children = vec![Vec::new(); terms.len()];
        for (at, parent) in parents.iter().enumerate() {
            if let Some(parent) = parent {
                children[*parent].push(at);
            }
        }

        let bands = bands(&terms, &resolved);
        let ordinal = terms
            .iter()
            .map(|term| ordinal_facets.get(&term.facet).copied().unwrap_or(false))
            .collect();
        Self(Arc::new(Inner {
            facets,
            terms,
            positions,
            resolved,
            parents,
            children,
            bands,
            ordinal,
        }))
    }

    /// The facets in the order they were given.
    pub fn facets(&self) -> &[FacetInfo] {
        &self.0.facets
    }

    pub fn facet(&self, id: FacetId) -> Option<&FacetInfo> {
        self.0.facets.iter().find(|facet| facet.id == id)
    }

    /// The facet that people and programs name by this key.
    pub fn facet_by_key(&self, key: &str) -> Option<&FacetInfo> {
        self.0.facets.iter().find(|facet| facet.key == key)
    }

    /// Every term as written, merged and retired ones too, in the order of ids.
    pub fn terms(&self) -> &[TermInfo] {
        &self.0.terms
    }

    /// The term as written, not what it was merged into.
    pub fn term(&self, id: TermId) -> Option<&TermInfo> {
        self.0.positions.get(&id).map(|at| &self.0.terms[*at])
    }

    /// The term that stands for this one after merges; `None` for an unknown term.
    pub fn resolve(&self, id: TermId) -> Option<TermId> {
        self.position(id).map(|at| self.term_at(at))
    }

    /// The terms above, nearest first; merges resolved.
    pub fn ancestors(&self, id: TermId) -> impl Iterator<Item = TermId> + '_ {
        self.position(id)
            .into_iter()
            .flat_map(|at| self.ancestors_at(at))
            .map(|at| self.term_at(at))
    }

    /// The terms below at any depth, in no promised order; merges resolved.
    pub fn descendants(&self, id: TermId) -> Vec<TermId> {
        let below = self
            .position(id)
            .map(|at| self.below(at))
            .unwrap_or_default();
        below.into_iter().map(|at| self.term_at(at)).collect()
    }

    /// How well `held` answers `requested`; an unknown term fits nothing.
    pub fn fit(&self, requested: TermId, held: TermId) -> Fit {
        match (self.position(requested), self.position(held)) {
            (Some(requested), Some(held)) => self.fit_at(requested, held),
            (None, _) | (_, None) => Fit::None,
        }
    }

    /// A dense number below [`Taxonomy::positions`] for the term that stands for `id`. Positions
    /// sort as term ids do and hold for this taxonomy only.
    pub fn position(&self, id: TermId) -> Option<usize> {
        self.0.positions.get(&id).map(|at| self.0.resolved[*at])
    }

    /// One more than the highest position.
    pub fn positions(&self) -> usize {
        self.0.terms.len()
    }

    pub fn term_at(&self, position: usize) -> TermId {
        self.0.terms[position].id
    }

    pub fn facet_at(&self, position: usize) -> FacetId {
        self.0.terms[position].facet
    }

    /// The positions above, nearest first.
    pub fn ancestors_at(&self, position: usize) -> impl Iterator<Item = usize> + '_ {
        iter::successors(self.0.parents[position], |at| self.0.parents[*at])
    }

    /// Every position whose term answers the one at `requested` at all, with its fit.
    pub fn fits_at(&self, requested: usize) -> Vec<(usize, Fit)> {
        let inner = &*self.0;
        let mut held = vec![requested];
        if inner.ordinal[requested] {
            let facet = self.facet_at(requested);
            held.extend(
                (0..self.positions())
                    .filter(|at| *at != requested && self.facet_at(*at) == facet)
                    .filter(|at| inner.resolved[*at] == *at),
            );
        } else {
            held.extend(self.below(requested));
            if let Some(parent) = inner.parents[requested] {
                held.push(parent);
                let siblings = inner.children[parent].iter().copied();
                held.extend(siblings.filter(|at| *at != requested));
            }
        }
        held.into_iter()
            .map(|at| (at, self.fit_at(requested, at)))
            .filter(|(_, fit)| *fit != Fit::None)
            .collect()
    }

    fn fit_at(&self, requested: usize, held: usize) -> Fit {
        let inner = &*self.0;
        if requested == held {
            return Fit::Same;
        }
        if self.facet_at(requested) != self.facet_at(held) {
            return Fit::None;
        }
        if inner.ordinal[requested] {
            return match (inner.bands[requested], inner.bands[held]) {
                (Some(one), Some(other)) if one.abs_diff(other) == 1 => Fit::Adjacent,
                _ => Fit::None,
            };
        }
        if self.ancestors_at(held).any(|at| at == requested) {
            return Fit::Descendant;
        }
        match inner.parents[requested] {
            Some(parent) if parent == held => Fit::Parent,
            Some(parent) if inner.parents[held] == Some(parent) => Fit::Sibling,
            Some(_) | None => Fit::None,
        }
    }

    fn below(&self, position: usize) -> Vec<usize> {
        let mut found = self.0.children[position].clone();
        let mut next = 0;
        while let Some(at) = found.get(next) {
            found.extend(&self.0.children[*at]);
            next += 1;
        }
        found
    }
}

/// Where the chain of pointers from `start` ends; the chain has no cycle.
fn end_of(pointers: &[Option<usize>], start: usize) -> usize {
    iter::successors(Some(start), |at| pointers[*at])
        .last()
        .unwrap_or(start)
}

/// Removes the pointer of the smallest member of every cycle, wherever the walk began.
fn cut_cycles(pointers: &mut [Option<usize>]) {
    // The walk in which a place was first seen; 0 for none.
    let mut seen_in = vec![0; pointers.len()];
    for start in 0..pointers.len() {
        let walk = start + 1;
        let mut at = start;
        while seen_in[at] == 0 {
            seen_in[at] = walk;
            match pointers[at] {
                Some(next) => at = next,
                None => break,
            }
        }
        if seen_in[at] != walk || pointers[at].is_none() {
            continue;
        }
        let mut smallest = at;
        let mut member = pointers[at];
        while let Some(next) = member.filter(|next| *next != at) {
            smallest = smallest.min(next);
            member = pointers[next];
        }
        pointers[smallest] = None;
    }
}

/// The place of each unmerged term among the distinct ranks of its facet.
fn bands(terms: &[TermInfo], resolved: &[usize]) -> Vec<Option<usize>> {
    let mut ranks: HashMap<FacetId, BTreeSet<i64>> = HashMap::new();
    for (at, term) in terms.iter().enumerate() {
        if let Some(rank) = term.rank.filter(|_| resolved[at] == at) {
            ranks.entry(term.facet).or_default().insert(rank);
        }
    }
    let places: HashMap<(FacetId, i64), usize> = ranks
        .iter()
        .flat_map(|(facet, ranks)| {
            ranks
                .iter()
                .enumerate()
                .map(|(place, rank)| ((*facet, *rank), place))
        })
        .collect();
    terms
        .iter()
        .map(|term| {
            term.rank
                .and_then(|rank| places.get(&(term.facet, rank)).copied())
        })
        .collect()
}

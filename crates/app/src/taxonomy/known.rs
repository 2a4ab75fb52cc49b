//! The taxonomy as rows, and the questions that every change to it asks.
//!
//! Decides whether a text is free to stand for a term and whether pointers go in a circle.

use std::collections::HashMap;

use domain::{
    id::{FacetId, TermId},
    text::fold,
};
use storage::{
    Source,
    term::{self, Facet, Synonym, Term},
};

use super::{Mapper, TermView, seed};
use crate::error::Error;

/// A term has at most this many other ways to write it.
const SYNONYMS_MAX: usize = 500;

/// The taxonomy as rows.
pub(crate) struct Known {
    pub(crate) facets: Vec<Facet>,
    pub(crate) terms: Vec<Term>,
    pub(crate) synonyms: Vec<Synonym>,
}

impl Known {
    pub(crate) async fn load(source: &impl Source) -> Result<Self, Error> {
        Ok(Self {
            facets: term::facets(source).await?,
            terms: term::terms(source).await?,
            synonyms: term::synonyms(source).await?,
        })
    }

    pub(crate) fn mapper(&self) -> Mapper {
        Mapper::of(&self.facets, &self.terms, &self.synonyms)
    }

    pub(crate) fn facet(&self, key: &str) -> Result<&Facet, Error> {
        self.facets
            .iter()
            .find(|facet| facet.facet_key == key)
            .ok_or_else(|| {
                Error::field("facet", "There is no such facet. Choose one from the list.")
            })
    }

    pub(crate) fn term(&self, id: TermId) -> Option<&Term> {
        self.terms.iter().find(|row| row.id == id)
    }

    pub(crate) fn synonyms_of(&self, id: TermId) -> Vec<Synonym> {
        self.synonyms
            .iter()
            .filter(|synonym| synonym.term_id == id)
            .cloned()
            .collect()
    }

    pub(crate) fn view(&self, row: &Term, tagged: &HashMap<TermId, i64>) -> Option<TermView> {
        let facet = self.facets.iter().find(|facet| facet.id == row.facet_id)?;
        Some(TermView {
            id: row.id,
            version: row.version,
            facet: facet.facet_key.clone(),
            name: row.name.clone(),
            parent_id: row.parent_id,
            rank: row.rank,
            synonyms: self
                .synonyms_of(row.id)
                .into_iter()
                .map(|synonym| synonym.written)
                .collect(),
            retired: row.retired_at.is_some(),
            merged_into: row.merged_into_id,
            tagged: tagged.get(&row.id).copied().unwrap_or(0),
        })
    }

    /// A text stands for one term of a facet: refuses one that is another term's name or synonym.
    pub(crate) fn refuse_taken(
        &self,
        facet: FacetId,
        id: TermId,
        field: &str,
        written: &str,
    ) -> Result<(), Error> {
        let folded = fold(written);
        let by_name = self
            .terms
            .iter()
            .find(|row| row.facet_id == facet && row.name_folded == folded && row.id != id);
        let by_synonym = self
            .synonyms
            .iter()
            .find(|row| row.facet_id == facet && row.folded == folded && row.term_id != id)
            .and_then(|row| self.term(row.term_id));
        match by_name.or(by_synonym) {
            Some(other) => Err(Error::field(
                field,
                format!(
                    "\"{written}\" stands for the term \"{}\" already. Use that term, or take \
                     the text away from it first.",
                    other.name
                ),
            )),
            None => Ok(()),
        }
    }

    pub(crate) fn synonyms_for(
        &self,
        facet: FacetId,
        id: TermId,
        name: &str,
        written: &[String],
    ) -> Result<Vec<Synonym>, Error> {
        if written.len() > SYNONYMS_MAX {
            return Err(Error::field(
                "synonyms",
                format!("A term has at most {SYNONYMS_MAX} synonyms."),
            ));
        }
        let mut rows: Vec<Synonym> = Vec::new();
        for (place, text) in written.iter().enumerate() {
            let field = format!("synonyms[{place}]");
            let text = crate::change::text(&field, text, 1, 200)?;
            self.refuse_taken(facet, id, &field, &text)?;
            let row = seed::synonym(facet, &text, id);
            let repeats =
                row.folded == fold(name) || rows.iter().any(|one| one.folded == row.folded);
            if !repeats {
                rows.push(row);
            }
        }
        Ok(rows)
    }

    pub(crate) fn check_parent(
        &self,
        facet: FacetId,
        id: TermId,
        parent: Option<TermId>,
    ) -> Result<(), Error> {
        let Some(parent) = parent else { return Ok(()) };
        if self.term(parent).is_none_or(|row| row.facet_id != facet) {
            return Err(Error::field(
                "parent_id",
                "The parent must be a term of the same facet.",
            ));
        }
        if self.leads_to(parent, id, |row| row.parent_id) {
            return Err(Error::field(
                "parent_id",
                "The parent lies under this term, so it cannot stand above it.",
            ));
        }
        Ok(())
    }

    /// Whether the pointers from one term lead to another, itself included.
    pub(crate) fn leads_to(
        &self,
        from: TermId,
        to: TermId,
        pointer: fn(&Term) -> Option<TermId>,
    ) -> bool {
        let mut at = Some(from);
        for _ in 0..=self.terms.len() {
            match at {
                Some(here) if here == to => return true,
                Some(here) => at = self.term(here).and_then(pointer),
                None => return false,
            }
        }
        true
    }

    pub(crate) fn rank_for(&self, facet: &Facet, asked: Option<i64>) -> Option<i64> {
        if !facet.is_ordinal {
            return asked;
        }
        let last = self
            .terms
            .iter()
            .filter(|row| row.facet_id == facet.id)
            .filter_map(|row| row.rank)
            .max();
        asked.or(Some(last.unwrap_or(0) + 1))
    }
}

//! Rows of a terms file: the facet, the term, its parent and the other ways to write it.

use std::collections::HashSet;

use domain::{
    id::{FacetId, TermId},
    record::{Action, RecordKind},
    text::fold,
};
use import::prepare::PreparedRow;
use serde_json::json;
use storage::{
    Tx,
    term::{self, Facet, Synonym, Term},
};

use super::{desk::Effect, flush::Origin, report::Tally, values::Values};
use crate::{
    clock::new_id,
    error::Error,
    taxonomy::{self, Known, seed, unmapped},
};

/// The taxonomy while rows of terms are decided.
pub(super) struct Shelf {
    known: Known,
    new: HashSet<TermId>,
    changed: HashSet<TermId>,
    synonyms: Vec<Synonym>,
}

impl Shelf {
    pub(super) fn new(known: Known) -> Self {
        Self {
            known,
            new: HashSet::new(),
            changed: HashSet::new(),
            synonyms: Vec::new(),
        }
    }

    /// Decides a row.
    pub(super) fn decide(
        &mut self,
        row: &PreparedRow,
        tally: &mut Tally,
    ) -> Result<Effect, String> {
        let values = Values(row);
        let key = values.text("term.facet").unwrap_or_default();
        let name = values.text("term.name").unwrap_or_default();
        let facet = self.facet(key)?;
        let own_id: Option<TermId> = values.id("term.id");
        let own = own_id.filter(|id| {
            let term = self.known.term(*id);
            term.is_some_and(|term| term.facet_id == facet.id)
        });
        let is_said_again = own.is_some() && values.is_export();
        if !is_said_again && taxonomy::refuse_fixed(&facet).is_err() {
            return Err(
                "The deal stages are fixed. Map the CRM's stages to them instead.".to_owned(),
            );
        }
        let (id, created) = match own {
            Some(id) => (id, false),
            None => self.find_or_create(facet.id, name),
        };
        let mut changed = false;
        if let Some(parent) = values.text("term.parent") {
            let own_parent: Option<TermId> = values.id("term.parent.id");
            let known = own_parent.filter(|id| self.known.term(*id).is_some());
            let (parent, made) = match known {
                Some(parent) => (parent, false),
                None => self.find_or_create(facet.id, parent),
            };
            changed |= made;
            if parent != id && self.known.check_parent(facet.id, id, Some(parent)).is_ok() {
                changed |= self.edit(id, |term| term.parent_id = Some(parent));
            }
        }
        changed |= self.edit(id, |term| {
            term.rank = values.whole("term.rank").or(term.rank);
            if let Some(price) = values.money("term.list_price") {
                term.list_minor = Some(price.minor);
                term.list_currency = Some(price.currency);
            }
        });
        let others = values.list("term.synonyms").unwrap_or_default();
        let code = values.text("term.external_id").map(str::to_owned);
        for written in others.into_iter().chain(code) {
            match self.add_synonym(facet.id, id, &written) {
                Ok(added) => changed |= added,
                Err(other) => tally.problem(super::report::RowProblem {
                    row: row.number as u64,
                    column: None,
                    reason: format!(
                        "\"{written}\" stands for \"{other}\" already, so it was not added to \
                         \"{name}\"."
                    ),
                    failed: false,
                }),
            }
        }
        Ok(Effect {
            created,
            changed,
            repeats: false,
        })
    }

    /// The facet of a key or a name.
    fn facet(&self, key: &str) -> Result<Facet, String> {
        let by_name = fold(key);
        let facets = &self.known.facets;
        let facet = facets
            .iter()
            .find(|facet| facet.facet_key == key || fold(&facet.name) == by_name);
        facet.cloned().ok_or_else(|| {
            let known: Vec<&str> = facets
                .iter()
                .map(|facet| facet.facet_key.as_str())
                .collect();
            format!(
                "There is no facet \"{key}\". Add it to the taxonomy first, or use one of these: {}.",
                known.join(", ")
            )
        })
    }

    fn find_or_create(&mut self, facet: FacetId, name: &str) -> (TermId, bool) {
        if let Some(id) = self.known.mapper().resolve(facet, name) {
            return (id, false);
        }
        let id: TermId = new_id();
        self.known.terms.push(Term {
            id,
            version: 1,
            facet_id: facet,
            parent_id: None,
            term_key: None,
            name: name.to_owned(),
            name_folded: fold(name),
            rank: None,
            list_minor: None,
            list_currency: None,
            merged_into_id: None,
            retired_at: None,
        });
        self.new.insert(id);
        (id, true)
    }

    fn edit(&mut self, id: TermId, change: impl FnOnce(&mut Term)) -> bool {
        let Some(term) = self.known.terms.iter_mut().find(|term| term.id == id) else {
            return false;
        };
        let before = term.clone();
        change(term);
        let differs = *term != before;
        if differs && !self.new.contains(&id) {
            self.changed.insert(id);
        }
        differs
    }

    /// Adds a way to write the term; refused with the name of the term that has it.
    fn add_synonym(&mut self, facet: FacetId, id: TermId, written: &str) -> Result<bool, String> {
        let folded = fold(written);
        let by_name = self
            .known
            .terms
            .iter()
            .find(|term| term.facet_id == facet && term.name_folded == folded);
        let by_synonym = self
            .known
            .synonyms
            .iter()
            .find(|row| row.facet_id == facet && row.folded == folded)
            .and_then(|row| self.known.term(row.term_id));
        match by_name.or(by_synonym) {
            Some(term) if term.id == id => Ok(false),
            Some(term) => Err(term.name.clone()),
            None => {
                let synonym = seed::synonym(facet, written, id);
                self.known.synonyms.push(synonym.clone());
                self.synonyms.push(synonym);
                Ok(true)
            }
        }
    }

    /// Counts what was decided, and forgets that it is to be written.
    pub(super) fn count(&mut self, tally: &mut Tally) {
        for _ in self.new.drain() {
            tally.record(RecordKind::Term.as_str(), true);
        }
        for _ in self.changed.drain() {
            tally.record(RecordKind::Term.as_str(), false);
        }
        self.synonyms.clear();
    }

    /// Writes what was decided, and maps the values that waited for it.
    pub(super) async fn write(&mut self, tx: &mut Tx, origin: &Origin) -> Result<(), Error> {
        let source = origin.words();
        let of = |ids: &HashSet<TermId>| -> Vec<Term> {
            let terms = self.known.terms.iter();
            terms
                .filter(|term| ids.contains(&term.id))
                .cloned()
                .collect()
        };
        let (new, changed) = (of(&self.new), of(&self.changed));
        let facets: HashSet<FacetId> = new
            .iter()
            .map(|term| term.facet_id)
            .chain(self.synonyms.iter().map(|synonym| synonym.facet_id))
            .collect();
        for (terms, action) in [(&new, Action::Created), (&changed, Action::Updated)] {
            for term in terms {
                tx.record(
                    origin
                        .event(action, RecordKind::Term, term.id)
                        .detail(json!({ "name": term.name, "source": source })),
                );
            }
        }
        term::insert_all(tx, new).await?;
        term::save_all(tx, changed).await?;
        term::insert_synonyms(tx, self.synonyms.clone()).await?;
        let mapper = self.known.mapper();
        for facet in &self.known.facets {
            if facets.contains(&facet.id) {
                unmapped::settle(tx, facet, &mapper).await?;
            }
        }
        Ok(())
    }
}

//! Values as people and files write them, turned into terms in memory.
//!
//! Decides which term a written value stands for, by name, by synonym, and by either without
//! blanks and the word "and" (`GTXPro` is `GTX Pro`, `Food & Beverage` is `Food and beverage`).
//! It never guesses: what is only similar stays unmapped and gets a suggestion elsewhere.

use std::collections::HashMap;

use domain::{
    id::{FacetId, TermId},
    record::RecordKind,
    text::fold,
};
use storage::{
    Source,
    tag::Tag,
    term::{Facet, Synonym, Term},
};
use uuid::Uuid;

use super::{
    company_size,
    persona::{self, Persona},
};
use crate::error::Error;

/// The synonyms of every facet, loaded once.
#[derive(Clone, Debug, Default)]
pub struct Mapper {
    facets: HashMap<String, FacetId>,
    exact: HashMap<(FacetId, String), TermId>,
    /// Keys without blanks; `None` where two terms share one.
    squeezed: HashMap<(FacetId, String), Option<TermId>>,
    keyed: HashMap<(FacetId, String), TermId>,
    keys: HashMap<TermId, String>,
    names: HashMap<TermId, String>,
}

impl Mapper {
    /// Reads the taxonomy in three queries.
    pub async fn load(source: &impl Source) -> Result<Self, Error> {
        Ok(Self::of(
            &storage::term::facets(source).await?,
            &storage::term::terms(source).await?,
            &storage::term::synonyms(source).await?,
        ))
    }

    /// A mapper over terms that are known already.
    pub fn of(facets: &[Facet], terms: &[Term], synonyms: &[Synonym]) -> Self {
        let mut mapper = Self {
            facets: facets
                .iter()
                .map(|facet| (facet.facet_key.clone(), facet.id))
                .collect(),
            ..Self::default()
        };
        // Of two terms of one name the one in use counts, and of those the older one.
        let mut ordered: Vec<&Term> = terms.iter().collect();
        ordered.sort_by_key(|term| {
            (
                term.merged_into_id.is_some(),
                term.retired_at.is_some(),
                term.id,
            )
        });
        for term in ordered {
            mapper.put(term.facet_id, &term.name_folded, term.id);
            mapper.names.insert(term.id, term.name.clone());
            if let Some(key) = &term.term_key {
                let at = (term.facet_id, key.clone());
                mapper.keyed.entry(at).or_insert(term.id);
                mapper.keys.insert(term.id, key.clone());
            }
        }
        for synonym in synonyms {
            mapper.put(synonym.facet_id, &synonym.folded, synonym.term_id);
        }
        mapper
    }

    fn put(&mut self, facet: FacetId, folded: &str, term: TermId) {
        self.exact.entry((facet, folded.to_owned())).or_insert(term);
        self.squeezed
            .entry((facet, squeeze(folded)))
            .and_modify(|known| {
                if *known != Some(term) {
                    *known = None;
                }
            })
            .or_insert(Some(term));
    }

    /// Makes a term known that was added after loading.
    pub fn add(&mut self, term: &Term, synonyms: &[Synonym]) {
        self.put(term.facet_id, &term.name_folded, term.id);
        self.names.insert(term.id, term.name.clone());
        for synonym in synonyms {
            self.put(synonym.facet_id, &synonym.folded, synonym.term_id);
        }
    }

    pub fn facet(&self, key: &str) -> Option<FacetId> {
        self.facets.get(key).copied()
    }

    /// The term with a fixed key, such as `middle` of the facet `deal_stage`.
    pub fn by_key(&self, facet: &str, key: &str) -> Option<TermId> {
        let facet = self.facet(facet)?;
        self.keyed.get(&(facet, key.to_owned())).copied()
    }

    /// The fixed key of a term, where it has one.
    pub fn key_of(&self, term: TermId) -> Option<&str> {
        self.keys.get(&term).map(String::as_str)
    }

    pub fn name_of(&self, term: TermId) -> Option<&str> {
        self.names.get(&term).map(String::as_str)
    }

    /// The term that a value stands for, merges not followed; `None` when it is unmapped.
    pub fn resolve(&self, facet: FacetId, written: &str) -> Option<TermId> {
        if self.facet("company_size") == Some(facet)
            && let Some(employees) = company_size::head_count(written)
        {
            return self.company_size(employees);
        }
        self.by_words(facet, written).or_else(|| {
            // `Oklahoma, USA`: a place says its country last.
            let last = written.rsplit_once(',').map(|(_, last)| last)?;
            (self.facet("region") == Some(facet)).then(|| self.by_words(facet, last))?
        })
    }

    fn by_words(&self, facet: FacetId, written: &str) -> Option<TermId> {
        let folded = fold(written);
        let squeezed = squeeze(&folded);
        self.exact
            .get(&(facet, folded))
            .copied()
            .or_else(|| self.squeezed.get(&(facet, squeezed)).copied().flatten())
    }

    /// The band of a head count.
    pub fn company_size(&self, employees: i64) -> Option<TermId> {
        self.by_key("company_size", company_size::band(employees)?)
    }

    /// The persona and the seniority of a job title, as terms.
    pub fn persona(&self, title: &str) -> (Option<TermId>, Option<TermId>) {
        let Some(found) = persona::persona_of(title) else {
            return (None, None);
        };
        let term = Persona::key(&found).and_then(|key| self.by_key("persona", &key));
        (term, self.by_key("seniority", found.seniority))
    }

    /// A tag of a record; without a term when the value is unmapped.
    pub fn tag(&self, record: (RecordKind, Uuid), facet: FacetId, written: &str) -> Tag {
        Tag {
            record_kind: record.0,
            record_id: record.1,
            facet_id: facet,
            folded: fold(written),
            written: written.trim().to_owned(),
            term_id: self.resolve(facet, written),
        }
    }
}

/// A folded text without blanks and without the word "and".
fn squeeze(folded: &str) -> String {
    let kept: String = folded.split(' ').filter(|word| *word != "and").collect();
    if kept.is_empty() {
        folded.replace(' ', "")
    } else {
        kept
    }
}

//! What the words of a question were taken for, as a person reads it.

use domain::{id::TermId, taxonomy::Taxonomy};
use matching::{Manner, Named, Reading};
use serde::Serialize;

/// How words name a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NamedBy {
    Name,
    Synonym,
    Plural,
    Beginning,
    Typo,
}

impl From<Manner> for NamedBy {
    fn from(manner: Manner) -> Self {
        match manner {
            Manner::Name => Self::Name,
            Manner::Synonym => Self::Synonym,
            Manner::Plural => Self::Plural,
            Manner::Beginning => Self::Beginning,
            Manner::Typo => Self::Typo,
        }
    }
}

/// A term that words may name, and why.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct NamedTerm {
    pub id: TermId,
    pub name: String,
    /// The key of its facet.
    pub facet: String,
    pub facet_name: String,
    pub by: NamedBy,
    /// Such as "Synonym: Cloud migration".
    pub why: String,
}

/// Words of the text that name a term.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Recognised)]
pub struct RecognisedView {
    /// The first character of the words in the text, counted from 0 in Unicode characters.
    pub start: usize,
    /// The first character behind them.
    pub end: usize,
    pub written: String,
    pub term: NamedTerm,
    /// What else the words may mean, likeliest first.
    pub others: Vec<NamedTerm>,
}

pub(super) fn recognised(taxonomy: &Taxonomy, reading: &Reading) -> Vec<RecognisedView> {
    let view = |one: &matching::Recognised| {
        let others = one.others.iter();
        Some(RecognisedView {
            start: one.characters.start,
            end: one.characters.end,
            written: one.written.clone(),
            term: named_term(taxonomy, &one.named)?,
            others: others
                .filter_map(|other| named_term(taxonomy, other))
                .collect(),
        })
    };
    reading.recognised.iter().filter_map(view).collect()
}

fn named_term(taxonomy: &Taxonomy, named: &Named) -> Option<NamedTerm> {
    let facet = taxonomy.facet(named.facet)?;
    let why = match named.manner {
        Manner::Name => "Name",
        Manner::Synonym => "Synonym",
        Manner::Plural => "Singular or plural of",
        Manner::Beginning => "Beginning of",
        Manner::Typo => "Typo for",
    };
    let joint = match named.manner {
        Manner::Name | Manner::Synonym => ": ",
        Manner::Plural | Manner::Beginning | Manner::Typo => " ",
    };
    Some(NamedTerm {
        id: named.term,
        name: taxonomy.term(named.term)?.name.clone(),
        facet: facet.key.clone(),
        facet_name: facet.name.clone(),
        by: named.manner.into(),
        why: format!("{why}{joint}{}", named.phrase),
    })
}

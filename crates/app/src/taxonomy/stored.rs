//! Stored facets and terms put together into what is asked about them.

use domain::taxonomy::{FacetInfo, Taxonomy, TermInfo};
use storage::projection::Terms;

use crate::member::grouped;

pub(crate) fn taxonomy_of(terms: &Terms) -> Taxonomy {
    let mut synonyms = grouped(&terms.synonyms, |row| row.term_id);
    let facets = terms
        .facets
        .iter()
        .map(|row| FacetInfo {
            id: row.id,
            key: row.facet_key.clone(),
            name: row.name.clone(),
            ordinal: row.is_ordinal,
        })
        .collect();
    let terms = terms
        .terms
        .iter()
        .map(|row| TermInfo {
            id: row.id,
            facet: row.facet_id,
            parent: row.parent_id,
            rank: row.rank,
            merged_into: row.merged_into_id,
            retired: row.retired_at.is_some(),
            name: row.name.clone(),
            synonyms: synonyms
                .remove(&row.id)
                .into_iter()
                .flatten()
                .map(|row| row.written.clone())
                .collect(),
        })
        .collect();
    Taxonomy::new(facets, terms)
}

//! Terms on records, with the unmapped values beside them.

use std::collections::HashMap;

use domain::{id::TermId, record::RecordKind, taxonomy::Taxonomy, text::fold};
use serde::Serialize;
use storage::{Source, Tx, tag::Tag};
use uuid::Uuid;

use crate::{App, error::Error};

/// Terms on one record at most.
const TERMS_MAX: usize = 100;

/// A value of a facet on a record. Without a term it is unmapped, and shown as it came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = Tag)]
pub struct TagView {
    pub facet: String,
    pub facet_name: String,
    pub term_id: Option<TermId>,
    pub term_name: Option<String>,
    /// The value as it came, while it stands for no term.
    pub raw: Option<String>,
}

/// The terms whose tags stand for a term: itself, what is below it, and what was merged into those,
/// because a tag keeps the term it was made with.
pub(crate) fn standing_for(taxonomy: &Taxonomy, asked: TermId) -> Vec<TermId> {
    let below = taxonomy.descendants(asked);
    let stands = |id: TermId| id == asked || below.contains(&id);
    taxonomy
        .terms()
        .iter()
        .map(|term| term.id)
        .filter(|id| taxonomy.resolve(*id).is_some_and(stands))
        .collect()
}

/// The tags of records of one kind, by record.
pub(crate) async fn of(
    app: &App,
    kind: RecordKind,
    ids: Vec<Uuid>,
) -> Result<HashMap<Uuid, Vec<TagView>>, Error> {
    of_source(&app.store, kind, ids).await
}

async fn of_source(
    source: &impl Source,
    kind: RecordKind,
    ids: Vec<Uuid>,
) -> Result<HashMap<Uuid, Vec<TagView>>, Error> {
    let rows = storage::tag::of(source, kind, ids).await?;
    let facets: HashMap<_, _> = storage::term::facets(source)
        .await?
        .into_iter()
        .map(|facet| (facet.id, facet))
        .collect();
    let names =
        storage::term::names(source, rows.iter().filter_map(|row| row.term_id).collect()).await?;
    let mut views: HashMap<Uuid, Vec<TagView>> = HashMap::new();
    for row in rows {
        let Some(facet) = facets.get(&row.facet_id) else {
            continue;
        };
        let named = row.term_id.and_then(|id| names.get(&id));
        views.entry(row.record_id).or_default().push(TagView {
            facet: facet.facet_key.clone(),
            facet_name: facet.name.clone(),
            term_id: named.map(|term| term.id),
            term_name: named.map(|term| term.name.clone()),
            raw: if named.is_some() {
                None
            } else {
                Some(row.written)
            },
        });
    }
    for tags in views.values_mut() {
        tags.sort_by_key(|tag| {
            facets
                .values()
                .find(|facet| facet.facet_key == tag.facet)
                .map_or(0, |facet| facet.position)
        });
        tags.dedup();
    }
    Ok(views)
}

/// Tags a record with exactly these terms; the names before and after, where any were given.
pub(crate) async fn retag(
    app: &App,
    tx: &Tx,
    (kind, id): (RecordKind, Uuid),
    terms: Option<Vec<TermId>>,
) -> Result<Option<(Vec<String>, Vec<String>)>, Error> {
    let Some(mut terms) = terms else {
        return Ok(None);
    };
    terms.sort_unstable();
    terms.dedup();
    if terms.len() > TERMS_MAX {
        return Err(Error::field(
            "terms",
            format!(
                "{} terms are too many; at most {TERMS_MAX} fit.",
                terms.len()
            ),
        ));
    }
    let taxonomy = app.index.taxonomy(app).await?;
    let mut tags: Vec<Tag> = Vec::with_capacity(terms.len());
    for term in terms {
        let known = taxonomy.resolve(term).and_then(|id| taxonomy.term(id));
        let known = known
            .ok_or_else(|| Error::field("terms", "There is no such term. Choose from the list."))?;
        let tag = Tag {
            record_kind: kind,
            record_id: id,
            facet_id: known.facet,
            folded: fold(&known.name),
            written: known.name.clone(),
            term_id: Some(known.id),
        };
        let is_there = |other: &Tag| other.facet_id == tag.facet_id && other.folded == tag.folded;
        if !tags.iter().any(is_there) {
            tags.push(tag);
        }
    }
    let before = storage::tag::of(tx, kind, vec![id]).await?;
    let names = (sorted_names(&before), sorted_names(&tags));
    storage::tag::replace_terms(tx, kind, id, tags).await?;
    Ok(Some(names))
}

fn sorted_names(tags: &[Tag]) -> Vec<String> {
    let mapped = tags.iter().filter(|tag| tag.term_id.is_some());
    let mut names: Vec<String> = mapped.map(|tag| tag.written.clone()).collect();
    names.sort_unstable();
    names
}

//! Terms on records, with the unmapped values beside them.

use std::collections::HashMap;

use domain::{id::TermId, record::RecordKind, taxonomy::Taxonomy, text::fold};
use serde::Serialize;
use storage::{Source, Tx, tag::Tag};
use uuid::Uuid;

use crate::{App, error::Error, taxonomy::DEAL_STAGE};

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

/// Tags a record with exactly these terms; the names before and after, where any were given. Values
/// that stand for no term stay, and a term that stays keeps the word it came with. What the CRM calls
/// the stage of a deal is no choice of terms, and stays too.
pub(crate) async fn retag(
    app: &App,
    tx: &Tx,
    (kind, id): (RecordKind, Uuid),
    terms: Option<Vec<TermId>>,
) -> Result<Option<(Vec<String>, Vec<String>)>, Error> {
    let Some(terms) = terms else {
        return Ok(None);
    };
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
    let wanted = resolved(&taxonomy, terms)?;
    let its_own = (kind == RecordKind::Opportunity)
        .then(|| taxonomy.facet_by_key(DEAL_STAGE))
        .flatten()
        .map(|facet| facet.id);
    let mut before = storage::tag::of(tx, kind, vec![id]).await?;
    before.retain(|tag| tag.term_id.is_some());
    let (mut tags, chosen): (Vec<Tag>, Vec<Tag>) = before
        .into_iter()
        .partition(|tag| Some(tag.facet_id) == its_own);
    let term_of = |tag: &Tag| tag.term_id.and_then(|term| taxonomy.resolve(term));
    let was: Vec<TermId> = chosen.iter().filter_map(term_of).collect();
    let stays = |tag: &Tag| term_of(tag).is_some_and(|term| wanted.contains(&term));
    tags.extend(chosen.into_iter().filter(stays));
    let added = wanted.iter().filter(|term| !was.contains(term));
    for known in added.filter_map(|term| taxonomy.term(*term)) {
        let tag = Tag {
            record_kind: kind,
            record_id: id,
            facet_id: known.facet,
            folded: fold(&known.name),
            written: known.name.clone(),
            term_id: Some(known.id),
        };
        let is_there = |other: &Tag| other.facet_id == tag.facet_id && other.folded == tag.folded;
        if Some(known.facet) != its_own && !tags.iter().any(is_there) {
            tags.push(tag);
        }
    }
    let now: Vec<TermId> = tags
        .iter()
        .filter(|tag| Some(tag.facet_id) != its_own)
        .filter_map(term_of)
        .collect();
    storage::tag::replace_terms(tx, kind, id, tags).await?;
    Ok(Some((names(&taxonomy, &was), names(&taxonomy, &now))))
}

/// The terms that stand for these after merges, each once.
fn resolved(taxonomy: &Taxonomy, terms: Vec<TermId>) -> Result<Vec<TermId>, Error> {
    let unknown = || Error::field("terms", "There is no such term. Choose from the list.");
    let mut terms = terms
        .into_iter()
        .map(|term| taxonomy.resolve(term).ok_or_else(unknown))
        .collect::<Result<Vec<TermId>, Error>>()?;
    terms.sort_unstable();
    terms.dedup();
    Ok(terms)
}

fn names(taxonomy: &Taxonomy, terms: &[TermId]) -> Vec<String> {
    let known = terms.iter().filter_map(|term| taxonomy.term(*term));
    let mut names: Vec<String> = known.map(|term| term.name.clone()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

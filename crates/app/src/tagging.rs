//! Terms on records, with the unmapped values beside them.

use std::collections::HashMap;

use domain::{
    id::{FacetId, TermId},
    record::RecordKind,
    taxonomy::Taxonomy,
    text::fold,
};
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
    of_records(&app.store, ids.into_iter().map(|id| (kind, id))).await
}

/// The tags of records of any kinds, by record.
pub(crate) async fn of_records(
    source: &impl Source,
    records: impl Iterator<Item = (RecordKind, Uuid)>,
) -> Result<HashMap<Uuid, Vec<TagView>>, Error> {
    let rows = storage::tag::of_records(source, records).await?;
    let facets = storage::term::facets(source).await?;
    let ids = rows.iter().filter_map(|row| row.term_id).collect();
    let names = storage::term::names(source, ids).await?;
    let facets = facets
        .iter()
        .map(|row| (row.id, row.facet_key.as_str(), row.name.as_str()));
    let term = |id| names.get(&id).map(|term| (term.id, term.name.as_str()));
    Ok(views(rows, facets, term))
}

/// [`of_records`] with the names that the taxonomy gives.
pub(crate) async fn of_records_at(
    source: &impl Source,
    taxonomy: &Taxonomy,
    records: impl Iterator<Item = (RecordKind, Uuid)>,
) -> Result<HashMap<Uuid, Vec<TagView>>, Error> {
    let rows = storage::tag::of_records(source, records).await?;
    let facets = taxonomy
        .facets()
        .iter()
        .map(|facet| (facet.id, facet.key.as_str(), facet.name.as_str()));
    let term = |id| {
        let term = taxonomy.term(taxonomy.resolve(id)?)?;
        Some((term.id, term.name.as_str()))
    };
    Ok(views(rows, facets, term))
}

/// Rows in words, those of a record in the order of the facets, which come with key and name.
fn views<'n>(
    rows: Vec<Tag>,
    facets: impl Iterator<Item = (FacetId, &'n str, &'n str)>,
    term: impl Fn(TermId) -> Option<(TermId, &'n str)>,
) -> HashMap<Uuid, Vec<TagView>> {
    let facets: HashMap<FacetId, (usize, &str, &str)> = facets
        .enumerate()
        .map(|(place, (id, key, name))| (id, (place, key, name)))
        .collect();
    let mut placed: HashMap<Uuid, Vec<(usize, TagView)>> = HashMap::new();
    for row in rows {
        let Some((place, key, name)) = facets.get(&row.facet_id).copied() else {
            continue;
        };
        let named = row.term_id.and_then(&term);
        let view = TagView {
            facet: key.to_owned(),
            facet_name: name.to_owned(),
            term_id: named.map(|(id, _)| id),
            term_name: named.map(|(_, name)| name.to_owned()),
            raw: named.is_none().then_some(row.written),
        };
        placed.entry(row.record_id).or_default().push((place, view));
    }
    let in_order = |(record, mut tags): (Uuid, Vec<(usize, TagView)>)| {
        tags.sort_by_key(|(place, _)| *place);
        let mut tags: Vec<TagView> = tags.into_iter().map(|(_, tag)| tag).collect();
        tags.dedup();
        (record, tags)
    };
    placed.into_iter().map(in_order).collect()
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

//! What other ways to write a term would change: which kept searches would be read otherwise, and whom
//! they would find; which records hold a value that would stand for the term.
//!
//! Reads the searches that found nobody, as far as the reader sees them, and those that the reader
//! saved. Writes nothing.

use std::{collections::HashSet, ops::Range, sync::Arc};

use domain::{
    id::TermId,
    taxonomy::{Taxonomy, TermInfo},
    text::fold,
    time::Day,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use storage::{
    page::Page,
    saved_search::SavedSearch,
    term::{Synonym, Term},
    unmet_search::UnmetSearch,
};

use super::{CriterionInput, FindReferences, Prepared, prepare_at};
use crate::{
    App,
    actor::Actor,
    error::Error,
    index::Moment,
    policy::{self, Permission},
    taxonomy::Known,
};

/// Searches that a preview reads.
const SEARCHES: usize = 20;
/// The newest searches that found nobody, among which those with words are read.
const LOOKED_AT: u64 = 200;

/// All other ways to write the term, as they would be.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewSynonyms {
    pub synonyms: Vec<String>,
}

/// A kept search that would be read otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct RereadSearch {
    /// What the reader called it; null for a search that found nobody.
    pub name: Option<String>,
    pub text: String,
    /// Advocates that it finds as terms are written now.
    pub total_before: usize,
    /// Advocates that it would find.
    pub total_after: usize,
}

/// What other ways to write a term would change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct SynonymPreview {
    /// Searches with words that were read, at most 20: the reader's saved ones, then the newest of
    /// those that found nobody.
    pub read: usize,
    pub changed: Vec<RereadSearch>,
    /// Records with a value that stands for no term now and would stand for this one.
    pub records: usize,
}

/// A search as it was kept.
struct KeptSearch {
    name: Option<String>,
    ask: FindReferences,
}

/// Shows what these synonyms in the place of those that hold would change; changes nothing.
pub async fn preview(
    app: &App,
    actor: &Actor,
    id: TermId,
    ask: PreviewSynonyms,
) -> Result<SynonymPreview, Error> {
    policy::require(actor, Permission::TaxonomyEdit)?;
    let known = Known::load(&app.store).await?;
    let term = known.term(id).ok_or(Error::NotFound)?;
    let synonyms = known.synonyms_for(term.facet_id, id, &term.name, &ask.synonyms)?;
    let records = records(app, &known, term, &synonyms).await?;
    let now = app.index.now(app).await?;
    let then = Arc::new(reworded(&now, id, &synonyms));
    let searches = kept(app, actor).await?;
    let mut changed = Vec::new();
    for search in &searches {
        changed.extend(reread(app, actor, (&now, &then), search).await?);
    }
    Ok(SynonymPreview {
        read: searches.len(),
        changed,
        records,
    })
}

/// How many records wait for a term and would get this one.
async fn records(
    app: &App,
    known: &Known,
    term: &Term,
    synonyms: &[Synonym],
) -> Result<usize, Error> {
    let mut mapper = known.mapper();
    mapper.add(term, synonyms);
    let waiting = storage::tag::waiting(&app.store, term.facet_id).await?;
    let means_it = |written: &str| mapper.resolve(term.facet_id, written) == Some(term.id);
    let records: HashSet<_> = waiting
        .iter()
        .filter(|row| means_it(&row.written))
        .map(|row| (row.record_kind, row.record_id))
        .collect();
    Ok(records.len())
}

/// The same moment with other synonyms of one term.
fn reworded(now: &Moment, id: TermId, synonyms: &[Synonym]) -> Moment {
    let info = |term: &TermInfo| {
        let mut term = term.clone();
        if term.id == id {
            term.synonyms = synonyms.iter().map(|row| row.written.clone()).collect();
        }
        term
    };
    let terms = now.taxonomy.terms().iter().map(info).collect();
    let taxonomy = Taxonomy::new(now.taxonomy.facets().to_vec(), terms);
    Moment {
        index: now.index.reworded(taxonomy.clone()),
        taxonomy,
        ..now.clone()
    }
}

/// The searches with words that the reader may know of, each text once.
async fn kept(app: &App, actor: &Actor) -> Result<Vec<KeptSearch>, Error> {
    let saved = match actor.user_id() {
        Some(user) => storage::saved_search::of_user(&app.store, user).await?,
        None => Vec::new(),
    };
    let scope = policy::scope(actor, Permission::DemandRead);
    let page = Page {
        limit: LOOKED_AT,
        after: None,
    };
    let unmet = storage::unmet_search::list(&app.store, &scope, &page).await?;
    let today = app.clock.today();
    let saved = saved.into_iter().filter_map(|row| saved_one(row, today));
    let unmet = unmet.items.iter().filter_map(|row| unmet_one(row, today));
    let mut seen = HashSet::new();
    let is_new = |search: &KeptSearch| seen.insert(search.ask.text.as_deref().map(fold));
    Ok(saved.chain(unmet).filter(is_new).take(SEARCHES).collect())
}

/// A saved search that words alone decide: no deal or record says what it asks for.
fn saved_one(row: SavedSearch, today: Day) -> Option<KeptSearch> {
    let ask: FindReferences = serde_json::from_str(&row.ask).ok()?;
    let is_of_words = ask.opportunity_id.is_none()
        && ask.like_advocate.is_none()
        && ask.like_account.is_none()
        && ask.read_text.unwrap_or(true);
    is_of_words.then_some(())?;
    ask.text.as_ref().filter(|text| !text.trim().is_empty())?;
    Some(KeptSearch {
        name: Some(row.name),
        ask: FindReferences {
            need_by: ask.need_by.filter(|day| *day >= today),
            ..ask
        },
    })
}

/// A search that found nobody, with the words that no term was read from.
fn unmet_one(row: &UnmetSearch, today: Day) -> Option<KeptSearch> {
    let kept: Value = serde_json::from_str(&row.criteria).ok()?;
    let criterion = |one: &Value| {
        let terms = one["terms"].as_array()?.iter();
        let weight = one["weight"].as_u64();
        Some(CriterionInput {
            facet: one["facet"].as_str()?.to_owned(),
            terms: terms
                .filter_map(|term| term["id"].as_str()?.parse().ok())
                .collect(),
            must: one["must"].as_bool().unwrap_or(false),
            weight: weight.and_then(|weight| u32::try_from(weight).ok()),
        })
    };
    let criteria = kept["criteria"].as_array().into_iter().flatten();
    let day: Option<Day> = kept["need_by"].as_str().and_then(|day| day.parse().ok());
    let activity = kept["activity"].as_str();
    Some(KeptSearch {
        name: None,
        ask: FindReferences {
            text: Some(kept["text"].as_str()?.to_owned()),
            criteria: Some(criteria.filter_map(criterion).collect()),
            activity: activity.and_then(|activity| activity.parse().ok()),
            need_by: day.filter(|day| *day >= today),
            ..FindReferences::default()
        },
    })
}

/// What changes for a search, if anything; one that can no longer be asked is left out.
async fn reread(
    app: &App,
    actor: &Actor,
    (now, then): (&Arc<Moment>, &Arc<Moment>),
    search: &KeptSearch,
) -> Result<Option<RereadSearch>, Error> {
    let read = async |moment: &Arc<Moment>| match prepare_at(
        app,
        actor,
        moment.clone(),
        search.ask.clone(),
        None,
    )
    .await
    {
        Ok(prepared) => Ok(Some(prepared)),
        Err(Error::Invalid(_)) => Ok(None),
        Err(error) => Err(error),
    };
    let (Some(before), Some(after)) = (read(now).await?, read(then).await?) else {
        return Ok(None);
    };
    if named(&before) == named(&after) {
        return Ok(None);
    }
    Ok(Some(RereadSearch {
        name: search.name.clone(),
        text: search.ask.text.clone().unwrap_or_default(),
        total_before: total(before)?,
        total_after: total(after)?,
    }))
}

/// The terms that words name, with the places of the words.
fn named(prepared: &Prepared) -> Vec<(Range<usize>, TermId)> {
    let recognised = prepared.reading.recognised.iter();
    recognised
        .map(|one| (one.characters.clone(), one.named.term))
        .collect()
}

/// How many advocates a search finds that has something in common with them.
fn total(prepared: Prepared) -> Result<usize, Error> {
    let Prepared { now, mut query, .. } = prepared;
    query.in_common_only = true;
    query.limit = 1;
    Ok(now.ask(|index| index.query(&query))?.total)
}

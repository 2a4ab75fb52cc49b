//! Values that stand for no term yet: the queue, what each probably means, and mapping them.

use std::collections::{HashMap, HashSet};

use domain::{
    id::{FacetId, TermId},
    record::{Action, RecordKind},
    text::fold,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use storage::{
    NewEvent, Tx, opportunity, tag,
    term::{self, Facet, Term},
};
use uuid::Uuid;

use super::{DEAL_STAGE, Known, Mapper, seed};
use crate::{
    App,
    actor::Actor,
    error::Error,
    listing::{self, List},
    policy::{self, Permission},
};

/// Carriers that one event names: an event with more would make its timeline entry a burden to
/// read and its insert a long one.
const CARRIERS_PER_EVENT: usize = 1_000;

/// A term that a value probably means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct SuggestionView {
    pub term_id: TermId,
    pub name: String,
}

/// A value without a term, and how many records carry it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = UnmappedValue)]
pub struct UnmappedView {
    pub facet: String,
    pub raw: String,
    pub count: i64,
    pub suggestion: Option<SuggestionView>,
}

/// A page of the queue, the most frequent values first.
pub async fn list(
    app: &App,
    actor: &Actor,
    limit: Option<u64>,
    cursor: Option<&str>,
) -> Result<List<UnmappedView>, Error> {
    policy::require(actor, Permission::TaxonomyEdit)?;
    let page = listing::page(limit, cursor)?;
    let known = Known::load(&app.store).await?;
    let waiting = tag::unmapped(&app.store, &page)
        .await?
        .ok_or_else(listing::foreign_cursor)?;
    let suggestions = Suggestions::over(&known);
    let keys: HashMap<FacetId, &str> = known
        .facets
        .iter()
        .map(|facet| (facet.id, facet.facet_key.as_str()))
        .collect();
    let items = waiting
        .items
        .iter()
        .filter_map(|row| {
            Some(UnmappedView {
                facet: (*keys.get(&row.facet_id)?).to_owned(),
                suggestion: suggestions.find(row.facet_id, &row.written),
                raw: row.written.clone(),
                count: row.records,
            })
        })
        .collect();
    Ok(List::from_listed(waiting.with_items(items)))
}

/// Every text that stands for a term in use, by facet.
struct Suggestions<'k> {
    candidates: HashMap<FacetId, Vec<(&'k str, &'k Term)>>,
}

impl<'k> Suggestions<'k> {
    fn over(known: &'k Known) -> Self {
        let terms: HashMap<TermId, &Term> = known
            .terms
            .iter()
            .filter(|row| row.retired_at.is_none() && row.merged_into_id.is_none())
            .map(|row| (row.id, row))
            .collect();
        let mut candidates: HashMap<FacetId, Vec<(&str, &Term)>> = HashMap::new();
        for term in terms.values().copied() {
            let list = candidates.entry(term.facet_id).or_default();
            list.push((&term.name, term));
        }
        for synonym in &known.synonyms {
            if let Some(term) = terms.get(&synonym.term_id) {
                let list = candidates.entry(synonym.facet_id).or_default();
                list.push((&synonym.written, term));
            }
        }
        Self { candidates }
    }

    /// Names come before synonyms, so that a slip in a name is not undecided between the two.
    fn find(&self, facet: FacetId, written: &str) -> Option<SuggestionView> {
        let all = self.candidates.get(&facet)?;
        let (names, others): (Vec<_>, Vec<_>) =
            all.iter().partition(|(text, term)| *text == term.name);
        [names, others].into_iter().find_map(|list| {
            let found = import::similar::similar(written, list.iter().map(|(text, _)| *text))?;
            let (_, term) = list.get(found.index)?;
            Some(SuggestionView {
                term_id: term.id,
                name: term.name.clone(),
            })
        })
    }
}

/// What a value is to stand for from now on.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MapValue {
    pub facet: String,
    /// The value as it came.
    pub raw: String,
    pub term_id: TermId,
}

/// How many records a mapping reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = MappedValue)]
pub struct MappedView {
    pub records: u64,
}

/// Remembers what a value stands for and tags every record that carries it, in one write.
///
/// Mapping a value again corrects the earlier mapping, on the records too.
pub async fn map(app: &App, actor: &Actor, ask: MapValue) -> Result<MappedView, Error> {
    policy::require(actor, Permission::TaxonomyEdit)?;
    let raw = crate::change::text("raw", &ask.raw, 1, 500)?;
    let folded = fold(&raw);
    let mut tx = app.begin(actor).await?;
    let facet = Known::load(&tx).await?.facet(&ask.facet)?.clone();
    term::lock_facet(&tx, facet.id).await?;
    let known = Known::load(&tx).await?;
    let term = known
        .term(ask.term_id)
        .filter(|term| term.facet_id == facet.id)
        .ok_or_else(|| Error::field("term_id", "Choose a term of the same facet."))?;
    let namesake = known
        .terms
        .iter()
        .find(|row| row.facet_id == facet.id && row.name_folded == folded && row.id != term.id);
    if let Some(other) = namesake {
        return Err(Error::Conflict(format!(
            "\"{}\" is the name of a term. Merge that term into \"{}\" instead.",
            other.name, term.name
        )));
    }
    if term.name_folded != folded {
        let synonym = seed::synonym(facet.id, &raw, term.id);
        term::put_synonyms(&tx, facet.id, vec![synonym]).await?;
    }
    let carriers = tag::carriers(&tx, facet.id, &folded).await?;
    let records = tag::remap(&tx, facet.id, &folded, term.id).await?;
    let carriers = carriers
        .into_iter()
        .map(|carrier| (carrier.record_kind, carrier.record_id))
        .collect();
    record_mapped(&mut tx, &facet, term.id, &raw, carriers);
    if facet.facet_key == DEAL_STAGE {
        opportunity::restage(&tx, facet.id).await?;
    }
    tx.commit().await?;
    Ok(MappedView { records })
}

/// A mapping that is taken back.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UnmapValue {
    pub facet: String,
    /// The value as it came.
    pub raw: String,
    /// What it stands for so far.
    pub term_id: TermId,
}

/// Forgets what a value stands for: every record that carries it waits for a term again.
///
/// # Errors
/// [`Error::Conflict`] when it stands for something else by now, or is the name of the term.
pub async fn unmap(app: &App, actor: &Actor, ask: UnmapValue) -> Result<MappedView, Error> {
    policy::require(actor, Permission::TaxonomyEdit)?;
    let folded = fold(&ask.raw);
    let mut tx = app.begin(actor).await?;
    let facet = Known::load(&tx).await?.facet(&ask.facet)?.clone();
    term::lock_facet(&tx, facet.id).await?;
    if !term::remove_synonym(&tx, facet.id, &folded, ask.term_id).await? {
        return Err(Error::Conflict(
            "This value stands for something else by now, so there is nothing to take back."
                .to_owned(),
        ));
    }
    let carriers = tag::carriers(&tx, facet.id, &folded).await?;
    let records = tag::unmap(&tx, facet.id, &folded, ask.term_id).await?;
    let carriers = carriers
        .into_iter()
        .map(|carrier| (carrier.record_kind, carrier.record_id))
        .collect();
    let detail = json!({ "facet": facet.facet_key, "written": ask.raw, "records": records });
    on_carriers(&mut tx, Action::Undone, (ask.term_id, detail), carriers);
    if facet.facet_key == DEAL_STAGE {
        opportunity::restage(&tx, facet.id).await?;
    }
    tx.commit().await?;
    Ok(MappedView { records })
}

/// The term a waiting value means, the value, and the records that carry it.
type Meant = (TermId, String, Vec<(RecordKind, Uuid)>);

/// Maps what was waiting for a term or synonym that exists now, and remembers each spelling.
///
/// One read, one write of synonyms and one update, however many records wait.
pub(crate) async fn settle(tx: &mut Tx, facet: &Facet, mapper: &Mapper) -> Result<u64, Error> {
    let waiting = tag::waiting(tx, facet.id).await?;
    let mut carriers: HashMap<String, Meant> = HashMap::new();
    let mut hopeless: HashSet<String> = HashSet::new();
    for row in waiting {
        if hopeless.contains(&row.folded) {
            continue;
        }
        if let Some((_, _, of_value)) = carriers.get_mut(&row.folded) {
            of_value.push((row.record_kind, row.record_id));
            continue;
        }
        match mapper.resolve(facet.id, &row.written) {
            Some(term) => {
                let first = vec![(row.record_kind, row.record_id)];
                carriers.insert(row.folded, (term, row.written, first));
            }
            None => {
                hopeless.insert(row.folded);
            }
        }
    }
    if carriers.is_empty() {
        return Ok(0);
    }
    let mut values: Vec<_> = carriers.into_values().collect();
    values.sort_by(|one, other| one.1.cmp(&other.1));
    let synonyms = values
        .iter()
        .map(|(term, written, _)| seed::synonym(facet.id, written, *term))
        .collect();
    term::put_synonyms(tx, facet.id, synonyms).await?;
    let records = tag::settle(tx, facet.id).await?;
    for (term, written, of_value) in values {
        record_mapped(tx, facet, term, &written, of_value);
    }
    if facet.facet_key == DEAL_STAGE {
        opportunity::restage(tx, facet.id).await?;
    }
    Ok(records)
}

fn record_mapped(
    tx: &mut Tx,
    facet: &Facet,
    term: TermId,
    written: &str,
    carriers: Vec<(RecordKind, Uuid)>,
) {
    let detail = json!({ "facet": facet.facet_key, "written": written, "records": carriers.len() });
    on_carriers(tx, Action::Mapped, (term, detail), carriers);
}

/// One event per thousand carriers: match index and timelines follow the links.
fn on_carriers(
    tx: &mut Tx,
    action: Action,
    (term, detail): (TermId, Value),
    carriers: Vec<(RecordKind, Uuid)>,
) {
    let mut chunks: Vec<&[(RecordKind, Uuid)]> = carriers.chunks(CARRIERS_PER_EVENT).collect();
    if chunks.is_empty() {
        chunks.push(&[]);
    }
    for chunk in chunks {
        let mut event = NewEvent::new(action, RecordKind::Term, term).detail(detail.clone());
        event.links = chunk.to_vec();
        tx.record(event);
    }
}

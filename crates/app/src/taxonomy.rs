//! Facets and terms: looking, adding, renaming, retiring, and other ways to write a term.
//!
//! Decides who may change the taxonomy and that a text stands for one term of a facet. A term is
//! never deleted: what it tags is still found, and a merge is a pointer that can be taken back.

pub mod company_size;
pub mod facet;
mod known;
pub mod mapper;
pub mod merge;
mod outline;
pub mod persona;
pub(crate) mod seed;
pub(crate) mod stored;
pub mod unmapped;

use domain::{
    id::TermId,
    record::{Action, RecordKind},
    text::fold,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use storage::{
    NewEvent, Tx,
    page::Page,
    term::{self, Facet, Synonym, Term},
};

use crate::{
    App,
    actor::Actor,
    change::Changes,
    clock::new_id,
    error::{Error, same_version},
    idempotency::{self, CreateKey},
    listing::List,
    policy::{self, Permission},
};

pub(crate) use known::Known;
pub use mapper::Mapper;
pub use seed::ensure_seeded;

/// The facet whose terms the program itself relies on.
pub const DEAL_STAGE: &str = "deal_stage";

/// A value of a facet.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Term)]
pub struct TermView {
    pub id: TermId,
    pub version: i64,
    pub facet: String,
    pub name: String,
    pub parent_id: Option<TermId>,
    pub rank: Option<i64>,
    pub synonyms: Vec<String>,
    pub retired: bool,
    pub merged_into: Option<TermId>,
    /// How many records carry it.
    pub tagged: i64,
}

/// The most terms on a page: a term is a few words, and a picker wants all of a facet at once.
pub const TERMS_PAGE_MAX: u64 = 5_000;

/// The terms of one facet or of all, retired and merged ones too, by facet, rank and name.
pub async fn terms(
    app: &App,
    actor: &Actor,
    facet: Option<&str>,
    page: &Page,
) -> Result<List<TermView>, Error> {
    policy::require(actor, Permission::TaxonomyRead)?;
    let known = Known::load(&app.store).await?;
    let only = facet.map(|key| known.facet(key)).transpose()?;
    let tagged = term::tag_counts(&app.store).await?;
    let views = known
        .terms
        .iter()
        .filter(|row| only.is_none_or(|only| only.id == row.facet_id))
        .filter_map(|row| known.view(row, &tagged))
        .collect();
    List::part(views, page, |term: &TermView| term.id.0)
}

pub async fn get(app: &App, actor: &Actor, id: TermId) -> Result<TermView, Error> {
    policy::require(actor, Permission::TaxonomyRead)?;
    view(app, id).await
}

async fn view(app: &App, id: TermId) -> Result<TermView, Error> {
    let known = Known::load(&app.store).await?;
    let tagged = term::tag_counts(&app.store).await?;
    known
        .terms
        .iter()
        .find(|row| row.id == id)
        .and_then(|row| known.view(row, &tagged))
        .ok_or(Error::NotFound)
}

/// A new term.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddTerm {
    pub facet: String,
    pub name: String,
    pub parent_id: Option<TermId>,
    /// The place in an ordinal facet; the last one when absent.
    pub rank: Option<i64>,
    #[serde(default)]
    pub synonyms: Vec<String>,
}

/// Adds a term. Values that were waiting for it are mapped in the same write.
pub async fn add(
    app: &App,
    actor: &Actor,
    ask: AddTerm,
    key: Option<&CreateKey>,
) -> Result<TermView, Error> {
    policy::require(actor, Permission::TaxonomyEdit)?;
    let mut tx = app.begin(actor).await?;
    let known = Known::load(&tx).await?;
    let facet = known.facet(&ask.facet)?.clone();
    term::lock_facet(&tx, facet.id).await?;
    let known = Known::load(&tx).await?;
    refuse_fixed(&facet)?;
    let name = crate::change::text("name", &ask.name, 1, 200)?;
    let id: TermId = new_id();
    known.refuse_taken(facet.id, id, "name", &name)?;
    known.check_parent(facet.id, id, ask.parent_id)?;
    let synonyms = known.synonyms_for(facet.id, id, &name, &ask.synonyms)?;
    let row = Term {
        id,
        version: 1,
        facet_id: facet.id,
        parent_id: ask.parent_id,
        term_key: None,
        name_folded: fold(&name),
        name,
        rank: known.rank_for(&facet, ask.rank),
        list_minor: None,
        list_currency: None,
        merged_into_id: None,
        retired_at: None,
    };
    idempotency::claim(&tx, key, id).await?;
    term::insert(&tx, row.clone()).await?;
    term::insert_synonyms(&tx, synonyms.clone()).await?;
    tx.record(
        NewEvent::new(Action::Created, RecordKind::Term, id).detail(json!({
            "facet": facet.facet_key,
            "name": row.name,
            "synonyms": ask.synonyms,
        })),
    );
    let mut mapper = known.mapper();
    mapper.add(&row, &synonyms);
    unmapped::settle(&mut tx, &facet, &mapper).await?;
    tx.commit().await?;
    view(app, id).await
}

/// What may be changed about a term. Absent fields stay as they are.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditTerm {
    pub name: Option<String>,
    /// `null` makes it a top term.
    #[serde(default, deserialize_with = "crate::change::present")]
    #[schema(value_type = Option<TermId>)]
    pub parent_id: Option<Option<TermId>>,
    pub rank: Option<i64>,
    /// All other ways to write it; what was tagged by one that is left out stays tagged.
    pub synonyms: Option<Vec<String>>,
}

pub async fn edit(
    app: &App,
    actor: &Actor,
    id: TermId,
    version: i64,
    change: EditTerm,
) -> Result<TermView, Error> {
    policy::require(actor, Permission::TaxonomyEdit)?;
    let mut tx = app.begin(actor).await?;
    let (facet, known, mut row) = locked(&tx, id, version).await?;
    let mut changes = Changes::default();
    if let Some(name) = change.name {
        let name = crate::change::text("name", &name, 1, 200)?;
        known.refuse_taken(facet.id, id, "name", &name)?;
        changes.note("name", &row.name, &name);
        row.name_folded = fold(&name);
        row.name = name;
    }
    if let Some(parent) = change.parent_id {
        refuse_fixed(&facet)?;
        known.check_parent(facet.id, id, parent)?;
        changes.note("parent_id", &row.parent_id, &parent);
        row.parent_id = parent;
    }
    if let Some(rank) = change.rank {
        changes.note("rank", &row.rank, &Some(rank));
        row.rank = Some(rank);
    }
    let mut mapper = known.mapper();
    if let Some(written) = change.synonyms {
        let synonyms = known.synonyms_for(facet.id, id, &row.name, &written)?;
        let words = |rows: &[Synonym]| -> Vec<String> {
            rows.iter().map(|synonym| synonym.written.clone()).collect()
        };
        changes.note(
            "synonyms",
            &words(&known.synonyms_of(id)),
            &words(&synonyms),
        );
        term::set_synonyms(&tx, id, synonyms.clone()).await?;
        mapper.add(&row, &synonyms);
    }
    if changes.is_empty() {
        tx.roll_back().await?;
        return view(app, id).await;
    }
    mapper.add(&row, &[]);
    term::save(&tx, &mut row).await?;
    tx.record(NewEvent::new(Action::Updated, RecordKind::Term, id).detail(changes.into_detail()));
    unmapped::settle(&mut tx, &facet, &mapper).await?;
    tx.commit().await?;
    view(app, id).await
}

/// Takes a term out of use: it is no longer offered, but what it tags is still found.
pub async fn retire(app: &App, actor: &Actor, id: TermId, version: i64) -> Result<TermView, Error> {
    policy::require(actor, Permission::TaxonomyEdit)?;
    let mut tx = app.begin(actor).await?;
    let (facet, _, mut row) = locked(&tx, id, version).await?;
    refuse_fixed(&facet)?;
    if row.retired_at.is_some() {
        return Err(Error::MoveNotAllowed(
            "This term is retired already. Restore it to use it again.".to_owned(),
        ));
    }
    row.retired_at = Some(tx.now());
    term::save(&tx, &mut row).await?;
    tx.record(NewEvent::new(Action::Retired, RecordKind::Term, id));
    tx.commit().await?;
    view(app, id).await
}

/// Offers a retired term again.
pub async fn restore(
    app: &App,
    actor: &Actor,
    id: TermId,
    version: i64,
) -> Result<TermView, Error> {
    policy::require(actor, Permission::TaxonomyEdit)?;
    let mut tx = app.begin(actor).await?;
    let (_, _, mut row) = locked(&tx, id, version).await?;
    if row.retired_at.is_none() {
        return Err(Error::MoveNotAllowed(
            "This term is in use; only a retired term can be restored.".to_owned(),
        ));
    }
    row.retired_at = None;
    term::save(&tx, &mut row).await?;
    tx.record(NewEvent::new(Action::Restored, RecordKind::Term, id));
    tx.commit().await?;
    view(app, id).await
}

/// The term with its facet locked, and the taxonomy as it is under that lock.
async fn locked(tx: &Tx, id: TermId, version: i64) -> Result<(Facet, Known, Term), Error> {
    let row = term::find(tx, id).await?.ok_or(Error::NotFound)?;
    term::lock_facet(tx, row.facet_id).await?;
    let known = Known::load(tx).await?;
    let row = known.term(id).cloned().ok_or(Error::NotFound)?;
    same_version(row.version, version)?;
    let facet = known
        .facets
        .iter()
        .find(|facet| facet.id == row.facet_id)
        .cloned()
        .ok_or(Error::NotFound)?;
    Ok((facet, known, row))
}

pub(crate) fn refuse_fixed(facet: &Facet) -> Result<(), Error> {
    if facet.facet_key == DEAL_STAGE {
        return Err(Error::MoveNotAllowed(
            "The deal stages are fixed: early, middle and late. Map your CRM's stages to them \
             as synonyms instead."
                .to_owned(),
        ));
    }
    Ok(())
}

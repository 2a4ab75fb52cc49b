//! The dimensions of the taxonomy: looking, adding one of the program's own, renaming.
//!
//! Decides what a facet may be called. Whether its terms stand in an order is decided once: what is
//! tagged by it was matched that way. A facet is never removed; one that is not used has no terms.

use domain::{
    id::FacetId,
    record::{Action, RecordKind},
    text::fold,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use storage::{
    NewEvent,
    term::{self, Facet},
};

use crate::{
    App,
    actor::Actor,
    change::{self, Changes},
    clock::new_id,
    error::{Error, same_version},
    idempotency::{self, CreateKey},
    listing::List,
    policy::{self, Permission},
};

/// Facets of a program: every match reads all of them.
pub const FACETS_MAX: usize = 100;
const KEY_MAX: usize = 40;
const NAME_MAX: usize = 60;

/// A dimension of the taxonomy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = Facet)]
pub struct FacetView {
    pub id: FacetId,
    /// Rises with its terms too: they are changed under its lock.
    pub version: i64,
    pub key: String,
    pub name: String,
    /// The terms are bands in an order.
    pub ordinal: bool,
    /// A record usually has several terms of it.
    pub multi: bool,
}

fn view(row: Facet) -> FacetView {
    FacetView {
        id: row.id,
        version: row.version,
        multi: !row.is_ordinal && row.facet_key != "relationship",
        key: row.facet_key,
        name: row.name,
        ordinal: row.is_ordinal,
    }
}

/// Every facet, in the order in which they are shown; at most [`FACETS_MAX`].
pub async fn list(app: &App, actor: &Actor) -> Result<List<FacetView>, Error> {
    policy::require(actor, Permission::TaxonomyRead)?;
    let rows = term::facets(&app.store).await?;
    Ok(List::whole(rows.into_iter().map(view).collect()))
}

pub async fn get(app: &App, actor: &Actor, id: FacetId) -> Result<FacetView, Error> {
    policy::require(actor, Permission::TaxonomyRead)?;
    let row = term::find_facet(&app.store, id).await?;
    row.map(view).ok_or(Error::NotFound)
}

/// A new facet.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddFacet {
    /// What people read, 1 to 60 characters.
    pub name: String,
    /// What programs and files call it: small letters, digits and underscores, at most 40; made of
    /// the name when absent. It never changes.
    pub key: Option<String>,
    /// Whether its terms are bands in an order: then neighbours fit half.
    #[serde(default)]
    pub ordinal: bool,
}

/// Adds a facet behind the others; its terms come next.
pub async fn add(
    app: &App,
    actor: &Actor,
    ask: AddFacet,
    create: Option<&CreateKey>,
) -> Result<FacetView, Error> {
    policy::require(actor, Permission::TaxonomyEdit)?;
    let name = change::text("name", &ask.name, 1, NAME_MAX)?;
    let key = match &ask.key {
        Some(key) => key_of(key).filter(|made| made == key),
        None => key_of(&name),
    };
    let key = key.ok_or_else(|| {
        Error::field(
            "key",
            format!("Give it a key of small letters, digits and underscores that begins with a letter, at most {KEY_MAX} characters."),
        )
    })?;
    let mut tx = app.begin(actor).await?;
    let known = term::facets(&tx).await?;
    refuse_taken(&known, None, &name)?;
    if known.iter().any(|facet| facet.facet_key == key) {
        return Err(Error::field(
            "key",
            format!("A facet has the key {key} already. Choose another."),
        ));
    }
    if known.len() >= FACETS_MAX {
        return Err(Error::Conflict(format!(
            "There are {FACETS_MAX} facets, which is the most. Use one that exists."
        )));
    }
    let last = known.iter().map(|facet| facet.position).max();
    let row = Facet {
        id: new_id(),
        version: 1,
        facet_key: key,
        name,
        is_ordinal: ask.ordinal,
        position: last.unwrap_or(0) + 1,
    };
    idempotency::claim(&tx, create, row.id).await?;
    term::insert_facets(&tx, vec![row.clone()]).await?;
    let detail = json!({ "facet": row.facet_key, "name": row.name, "ordinal": row.is_ordinal });
    tx.record(NewEvent::new(Action::Created, RecordKind::Facet, row.id).detail(detail));
    tx.commit().await?;
    Ok(view(row))
}

/// What may be changed about a facet. Absent fields stay as they are.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditFacet {
    /// 1 to 60 characters.
    pub name: Option<String>,
}

/// Changes a facet; its key stays, because files and saved searches name it.
pub async fn edit(
    app: &App,
    actor: &Actor,
    id: FacetId,
    version: i64,
    ask: EditFacet,
) -> Result<FacetView, Error> {
    policy::require(actor, Permission::TaxonomyEdit)?;
    let mut tx = app.begin(actor).await?;
    let known = term::facets(&tx).await?;
    let row = known.iter().find(|facet| facet.id == id);
    let row = row.cloned().ok_or(Error::NotFound)?;
    same_version(row.version, version)?;
    let mut changes = Changes::default();
    if let Some(name) = ask.name {
        let name = change::text("name", &name, 1, NAME_MAX)?;
        refuse_taken(&known, Some(id), &name)?;
        changes.note("name", &row.name, &name);
        if !changes.is_empty() && !term::rename_facet(&tx, id, version, &name).await? {
            let current = term::find_facet(&tx, id)
                .await?
                .map_or(0, |facet| facet.version);
            return Err(Error::Stale { current });
        }
    }
    if changes.is_empty() {
        tx.roll_back().await?;
    } else {
        let event = NewEvent::new(Action::Updated, RecordKind::Facet, id);
        tx.record(event.detail(changes.into_detail()));
        tx.commit().await?;
    }
    get(app, actor, id).await
}

/// A name stands for one facet, however it is written.
fn refuse_taken(known: &[Facet], own: Option<FacetId>, name: &str) -> Result<(), Error> {
    let folded = fold(name);
    let other = known
        .iter()
        .find(|facet| Some(facet.id) != own && fold(&facet.name) == folded);
    match other {
        Some(other) => Err(Error::field(
            "name",
            format!("There is a facet named \"{}\" already.", other.name),
        )),
        None => Ok(()),
    }
}

/// `Compliance need` becomes `compliance_need`; nothing when no key can be made of it.
fn key_of(name: &str) -> Option<String> {
    let folded = fold(name);
    let words = folded.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let key = words.join("_");
    let begins = key.starts_with(|c: char| c.is_ascii_lowercase());
    (begins && key.len() <= KEY_MAX).then_some(key)
}

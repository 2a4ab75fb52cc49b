//! Mappings kept for the next file of the same shape.

use domain::{
    id::MappingId,
    record::{Action, RecordKind},
};
use import::mapping::Mapping;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use storage::{NewEvent, import::SavedMapping, page::Page};

use super::{super::text_of, plan::bad_plan};
use crate::{
    App,
    actor::Actor,
    clock::new_id,
    error::Error,
    idempotency::{self, CreateKey},
    listing::List,
    policy::{self, Permission},
};

/// A mapping kept for the next file of the same shape.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = SavedMapping)]
pub struct MappingView {
    pub id: MappingId,
    pub version: i64,
    pub name: String,
    pub kind: String,
    #[schema(value_type = Object)]
    pub mapping: Value,
}

/// A mapping to keep.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveMapping {
    pub name: String,
    #[schema(value_type = Object)]
    pub mapping: Mapping,
}

pub async fn save_mapping(
    app: &App,
    actor: &Actor,
    ask: SaveMapping,
    key: Option<&CreateKey>,
) -> Result<MappingView, Error> {
    policy::require(actor, Permission::Import)?;
    let name = crate::change::text("name", &ask.name, 1, 100)?;
    let known = storage::import::find_mapping_by_name(&app.store, &name).await?;
    if known.is_some() {
        return Err(Error::Conflict(format!(
            "A mapping named \"{name}\" exists. Choose another name."
        )));
    }
    let row = SavedMapping {
        id: new_id(),
        version: 1,
        name,
        kind: ask.mapping.kind.as_str().to_owned(),
        body: text_of(&ask.mapping)?,
        created_by: actor.user_id(),
        created_at: app.clock.now(),
    };
    let mut tx = app.begin(actor).await?;
    idempotency::claim(&tx, key, row.id).await?;
    storage::import::insert_mapping(&tx, row.clone()).await?;
    tx.record(
        NewEvent::new(Action::Created, RecordKind::Mapping, row.id)
            .detail(json!({ "name": row.name, "kind": row.kind })),
    );
    tx.commit().await?;
    mapping_view(row)
}

/// Saved mappings by name.
pub async fn mappings(app: &App, actor: &Actor, page: &Page) -> Result<List<MappingView>, Error> {
    policy::require(actor, Permission::Import)?;
    let rows = storage::import::mappings(&app.store, page).await?;
    Ok(List::from_listed(rows.try_map(mapping_view)?))
}

/// A saved mapping by its id.
pub async fn mapping(app: &App, actor: &Actor, id: MappingId) -> Result<MappingView, Error> {
    policy::require(actor, Permission::Import)?;
    let row = storage::import::find_mapping(&app.store, id).await?;
    mapping_view(row.ok_or(Error::NotFound)?)
}

fn mapping_view(row: SavedMapping) -> Result<MappingView, Error> {
    Ok(MappingView {
        id: row.id,
        version: row.version,
        name: row.name,
        kind: row.kind,
        mapping: serde_json::from_str(&row.body).map_err(bad_plan)?,
    })
}

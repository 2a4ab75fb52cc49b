//! A file that comes in steps: uploaded, its columns proposed, checked, then applied.
//!
//! The file is kept as rows of the database until the import is done, so that every node and a
//! restart can read it; what stays afterwards are the rows that failed, for the customer to fetch.

pub(crate) mod apply;
pub(crate) mod plan;
mod saved;

use domain::{
    id::ImportId,
    import::ImportStatus,
    record::{Action, RecordKind},
};
use import::{kind::Kind, mapping::Mapping, propose::ColumnAnswer, recognise, table::Table};
use serde::{Deserialize, Serialize};
use serde_json::json;
use storage::{NewEvent, import::Import, page::Page};

use super::{count, facets, finished, job, prepared, read_table, text_of};
use crate::{
    App,
    actor::Actor,
    clock::new_id,
    error::{Error, same_version},
    idempotency::{self, CreateKey},
    listing::List,
    policy::{self, Permission},
};

pub use apply::{cancel, error_file, start};
pub use plan::{ColumnView, ImportView};
pub use saved::{MappingView, SaveMapping, mapping, mappings, save_mapping};

use plan::{mapping_of, plan, plan_of, view};

/// Takes a file in: reads it whole, finds out what it holds and proposes a field a column.
pub async fn upload(
    app: &App,
    actor: &Actor,
    file_name: &str,
    bytes: Vec<u8>,
    key: Option<&CreateKey>,
) -> Result<ImportView, Error> {
    policy::require(actor, Permission::Import)?;
    let file_name = crate::change::text("file_name", file_name, 1, 200)?;
    let files = vec![(file_name.clone(), bytes.clone())];
    let digest = super::digest(&files);
    let table = read_table(files).await?;
    let likely = recognise::recognise(&file_name, &table);
    let kind = likely.first().map_or(Kind::Accounts, |likely| likely.kind);
    let kinds = likely.iter().map(|one| one.kind.as_str().to_owned());
    let proposal = facets::propose(&app.store, kind, &table).await?;
    let plan = plan_of(&proposal, kinds.collect(), &[])?;
    let row = Import {
        id: new_id(),
        version: 1,
        file_name,
        file_digest: digest,
        kind: kind.as_str().to_owned(),
        status: ImportStatus::Uploaded,
        mapping: text_of(&plan)?,
        row_count: count(table.len()),
        rows_done: 0,
        report: "{}".to_owned(),
        created_by: actor.user_id(),
        created_at: app.clock.now(),
        finished_at: None,
    };
    let mut tx = app.begin(actor).await?;
    idempotency::claim(&tx, key, row.id).await?;
    storage::import::insert(&tx, row.clone()).await?;
    storage::import::insert_file(&tx, row.id, &bytes).await?;
    tx.record(
        NewEvent::new(Action::Created, RecordKind::Import, row.id)
            .detail(json!({ "file": row.file_name, "kind": row.kind, "rows": row.row_count })),
    );
    tx.commit().await?;
    view(row)
}

/// A field that a column of a file may feed.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = ImportField)]
pub struct FieldView {
    pub name: String,
    /// The name people read.
    pub label: String,
}

/// What the columns of a file of a kind may feed, in the order in which it is offered.
/// Facets that the program added come last.
pub async fn fields(app: &App, actor: &Actor, kind: &str) -> Result<List<FieldView>, Error> {
    policy::require(actor, Permission::Import)?;
    let kind = kind_of(kind)?;
    let known = import::catalog::fields(kind).iter().map(|field| FieldView {
        name: field.name.to_owned(),
        label: field.label.to_owned(),
    });
    let added = facets::added(&app.store, kind).await?.into_iter();
    let added = added.map(|(key, label)| FieldView {
        name: format!("terms:{key}"),
        label,
    });
    Ok(List::whole(known.chain(added).collect()))
}

pub async fn get(app: &App, actor: &Actor, id: ImportId) -> Result<ImportView, Error> {
    policy::require(actor, Permission::Import)?;
    let row = storage::import::find(&app.store, id).await?;
    view(row.ok_or(Error::NotFound)?)
}

/// Imports, newest first.
pub async fn list(app: &App, actor: &Actor, page: &Page) -> Result<List<ImportView>, Error> {
    policy::require(actor, Permission::Import)?;
    let rows = storage::import::list(&app.store, page).await?;
    Ok(List::from_listed(rows.try_map(view)?))
}

/// What a person decides about a file.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditImport {
    /// Another kind: the columns are proposed anew.
    pub kind: Option<String>,
    /// Answers to the questions: `{column, answer}`.
    #[schema(value_type = Option<Vec<Object>>)]
    pub answers: Option<Vec<ColumnAnswer>>,
    /// The whole mapping, in place of the proposed one.
    #[schema(value_type = Option<Object>)]
    pub mapping: Option<Mapping>,
}

/// Chooses the kind, answers questions, or sets the mapping.
pub async fn edit(
    app: &App,
    actor: &Actor,
    id: ImportId,
    version: i64,
    change: EditImport,
) -> Result<ImportView, Error> {
    policy::require(actor, Permission::Import)?;
    let row = found(app, id, version).await?;
    let (table, known) = (read_stored(app, &row).await?, plan(&row)?);
    let kinds = known.map(|plan| plan.kinds).unwrap_or_default();
    let asked = change.kind.or_else(|| {
        let mapping = change.mapping.as_ref()?;
        Some(mapping.kind.as_str().to_owned())
    });
    let kind = kind_of(asked.as_deref().unwrap_or(&row.kind))?;
    let answers = change.answers.unwrap_or_default();
    let proposal = facets::propose(&app.store, kind, &table).await?;
    let mut plan = plan_of(&proposal, kinds, &answers)?;
    if let Some(mapping) = change.mapping {
        prepared(app, kind, &table, &mapping, None).await?;
        for column in &mut plan.columns {
            let mapped = mapping
                .columns
                .iter()
                .find(|one| one.column == column.column);
            column.field = mapped.map(|mapped| mapped.field.clone());
        }
        plan.mapping = Some(mapping);
    }
    let tx = app.begin(actor).await?;
    let mut row = row;
    row.kind = kind.as_str().to_owned();
    row.mapping = text_of(&plan)?;
    row.status = ImportStatus::Uploaded;
    row.report = "{}".to_owned();
    storage::import::save(&tx, &mut row).await?;
    tx.commit().await?;
    view(row)
}

fn kind_of(text: &str) -> Result<Kind, Error> {
    text.parse().map_err(|_| {
        let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.as_str()).collect();
        Error::field("kind", format!("Choose one of: {}.", kinds.join(", ")))
    })
}

/// The import, as long as nothing of it was decided for good.
async fn found(app: &App, id: ImportId, version: i64) -> Result<Import, Error> {
    let row = storage::import::find(&app.store, id).await?;
    let row = row.ok_or(Error::NotFound)?;
    same_version(row.version, version)?;
    match row.status {
        ImportStatus::Done => {
            return Err(Error::MoveNotAllowed(
                "This import is done. Upload the file again to import it once more.".to_owned(),
            ));
        }
        ImportStatus::Applying => {
            return Err(Error::MoveNotAllowed(
                "This import is running. Wait until it is done, or cancel it first.".to_owned(),
            ));
        }
        ImportStatus::Undoing | ImportStatus::Undone => {
            return Err(Error::MoveNotAllowed(
                "What this import wrote is taken back. Upload the file again to import it once more."
                    .to_owned(),
            ));
        }
        ImportStatus::Uploaded
        | ImportStatus::Checked
        | ImportStatus::Cancelled
        | ImportStatus::Failed => {}
    }
    Ok(row)
}

async fn read_stored(app: &App, row: &Import) -> Result<Table, Error> {
    let bytes = storage::import::file(&app.store, row.id).await?;
    read_table(vec![(row.file_name.clone(), bytes)]).await
}

/// Decides every row and writes none: the report says what applying the file would do.
pub async fn check(
    app: &App,
    actor: &Actor,
    id: ImportId,
    version: i64,
) -> Result<ImportView, Error> {
    policy::require(actor, Permission::Import)?;
    let mut row = found(app, id, version).await?;
    let (table, mapping) = (read_stored(app, &row).await?, mapping_of(&row)?);
    let prepared = prepared(app, mapping.kind, &table, &mapping, None).await?;
    let job = job(app, actor, &prepared, mapping.kind, &row.file_name);
    let (report, rejected) = job.dry_run(&mut |_, _| {}).await?;
    let done = finished(None, report, &table, &mapping, rejected);
    let tx = app.begin(actor).await?;
    row.status = ImportStatus::Checked;
    row.report = text_of(&done.report)?;
    storage::import::save(&tx, &mut row).await?;
    tx.commit().await?;
    view(row)
}

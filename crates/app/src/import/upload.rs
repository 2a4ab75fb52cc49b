//! A file that comes in steps: uploaded, its columns proposed, checked, then applied.
//!
//! The file is kept as rows of the database until the import is done, so that every node and a
//! restart can read it; what stays afterwards are the rows that failed, for the customer to fetch.

use domain::{
    id::{ImportId, MappingId},
    import::ImportStatus,
    record::{Action, RecordKind},
    time::Timestamp,
};
use import::{
    kind::Kind,
    mapping::Mapping,
    propose::{self, ColumnAnswer, Proposal},
    recognise,
    table::Table,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use storage::{
    NewEvent, StorageError,
    import::{Import, SavedMapping},
};

use super::{
    Finished, Prepped, Report, apply_rows, count, finished, job, prepared, read_table, text_of,
};
use crate::{
    App,
    actor::Actor,
    clock::new_id,
    error::{Error, same_version},
    idempotency::{self, CreateKey},
    listing::List,
    policy::{self, Permission},
};

/// A column of the file and the field it probably feeds.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = ImportColumn)]
pub struct ColumnView {
    pub column: String,
    pub field: Option<String>,
    /// From 0 to 100.
    pub confidence: u8,
    pub why: String,
    /// A few values; gone once the import is done.
    pub samples: Vec<String>,
}

/// What is kept about a file between the steps.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Plan {
    kinds: Vec<String>,
    columns: Vec<ColumnView>,
    /// Questions as the proposal words them; each must be answered before the file is applied.
    questions: Value,
    mapping: Option<Mapping>,
}

/// A file on its way in.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Import)]
pub struct ImportView {
    pub id: ImportId,
    pub version: i64,
    pub file_name: String,
    pub status: ImportStatus,
    pub kind: String,
    /// Kinds that the file may be, the most likely first.
    pub kinds: Vec<String>,
    pub columns: Vec<ColumnView>,
    /// What has to be answered: `{column, what, options: [{answer, meaning}]}`.
    #[schema(value_type = Vec<Object>)]
    pub questions: Value,
    /// What is applied; none while a question is open.
    #[schema(value_type = Option<Object>)]
    pub mapping: Option<Value>,
    pub rows: i64,
    pub rows_done: i64,
    /// Of the last check, or of the import.
    pub report: Option<Report>,
    pub created_at: Timestamp,
    pub finished_at: Option<Timestamp>,
}

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
    let plan = plan_of(&propose::propose(kind, &table), kinds.collect(), &[])?;
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

fn plan_of(
    proposal: &Proposal,
    kinds: Vec<String>,
    answers: &[ColumnAnswer],
) -> Result<Plan, Error> {
    let columns = proposal
        .columns
        .iter()
        .map(|column| ColumnView {
            column: column.column.clone(),
            field: column.mapped.as_ref().map(|mapped| mapped.field.clone()),
            confidence: column.confidence,
            why: column.why.clone(),
            samples: column.samples.clone(),
        })
        .collect();
    Ok(Plan {
        kinds,
        columns,
        questions: serde_json::to_value(&proposal.questions).map_err(bad_plan)?,
        mapping: proposal.mapping(answers).ok(),
    })
}

fn bad_plan(error: serde_json::Error) -> Error {
    StorageError::BadRow {
        table: "imports",
        problem: error.to_string(),
    }
    .into()
}

fn plan(row: &Import) -> Result<Option<Plan>, Error> {
    // An import from the command line keeps its mapping alone.
    let value: Value = serde_json::from_str(&row.mapping).map_err(bad_plan)?;
    if value.get("kinds").is_none() {
        return Ok(None);
    }
    serde_json::from_value(value).map(Some).map_err(bad_plan)
}

fn view(row: Import) -> Result<ImportView, Error> {
    let plan = plan(&row)?;
    let report: Option<Report> = serde_json::from_str(&row.report).ok();
    let mapping = match &plan {
        Some(plan) => plan.mapping.as_ref().map(serde_json::to_value),
        None => Some(serde_json::from_str(&row.mapping)),
    };
    Ok(ImportView {
        id: row.id,
        version: row.version,
        file_name: row.file_name,
        status: row.status,
        kind: row.kind,
        kinds: plan
            .as_ref()
            .map(|plan| plan.kinds.clone())
            .unwrap_or_default(),
        questions: plan
            .as_ref()
            .map_or_else(|| json!([]), |plan| plan.questions.clone()),
        columns: plan.map(|plan| plan.columns).unwrap_or_default(),
        mapping: mapping.transpose().map_err(bad_plan)?,
        rows: row.row_count,
        rows_done: row.rows_done,
        report,
        created_at: row.created_at,
        finished_at: row.finished_at,
    })
}

pub async fn get(app: &App, actor: &Actor, id: ImportId) -> Result<ImportView, Error> {
    policy::require(actor, Permission::Import)?;
    let row = storage::import::find(&app.store, id).await?;
    view(row.ok_or(Error::NotFound)?)
}

/// The newest imports, at most 100.
pub async fn recent(app: &App, actor: &Actor) -> Result<List<ImportView>, Error> {
    policy::require(actor, Permission::Import)?;
    let rows = storage::import::recent(&app.store).await?;
    let views = rows.into_iter().map(view).collect::<Result<Vec<_>, _>>()?;
    Ok(List::whole(views))
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
    let mut plan = plan_of(&propose::propose(kind, &table), kinds, &answers)?;
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
    if row.status == ImportStatus::Done {
        return Err(Error::MoveNotAllowed(
            "This import is done. Upload the file again to import it once more.".to_owned(),
        ));
    }
    Ok(row)
}

async fn read_stored(app: &App, row: &Import) -> Result<Table, Error> {
    let bytes = storage::import::file(&app.store, row.id).await?;
    read_table(vec![(row.file_name.clone(), bytes)]).await
}

fn mapping_of(row: &Import) -> Result<Mapping, Error> {
    plan(row)?.and_then(|plan| plan.mapping).ok_or_else(|| {
        Error::MoveNotAllowed(
            "A column can be read in more than one way. Answer the questions first.".to_owned(),
        )
    })
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
    let job = job(app, actor, &prepared, mapping.kind, None, &row.file_name);
    let (report, rejected) = job.dry_run(&mut |_, _| {}).await?;
    let done = finished(None, report, &table, &mapping, rejected);
    let tx = app.begin(actor).await?;
    row.status = ImportStatus::Checked;
    row.report = text_of(&done.report)?;
    storage::import::save(&tx, &mut row).await?;
    tx.commit().await?;
    view(row)
}

/// An import that was started and whose rows are still to be written by [`Started::finish`].
pub struct Started {
    row: Import,
    mapping: Mapping,
}

/// Marks an import as being applied. One that broke off may be started again: rows that are in
/// already stay as they are.
pub async fn start(
    app: &App,
    actor: &Actor,
    id: ImportId,
    version: i64,
) -> Result<(ImportView, Started), Error> {
    policy::require(actor, Permission::Import)?;
    let mut row = found(app, id, version).await?;
    let mapping = mapping_of(&row)?;
    let tx = app.begin(actor).await?;
    row.status = ImportStatus::Applying;
    row.rows_done = 0;
    row.report = "{}".to_owned();
    row.finished_at = None;
    storage::import::save(&tx, &mut row).await?;
    tx.commit().await?;
    Ok((view(row.clone())?, Started { row, mapping }))
}

impl Started {
    /// Writes the rows and closes the import; whoever looks meanwhile sees how far it is.
    pub async fn finish(self, app: &App, actor: &Actor) -> Result<Finished, Error> {
        let Self { mut row, mapping } = self;
        let outcome = async {
            let table = read_stored(app, &row).await?;
            let prepared = prepared(app, mapping.kind, &table, &mapping, None).await?;
            let file = Prepped {
                table: &table,
                mapping: &mapping,
                prepared: &prepared,
            };
            let mut plan = plan(&row)?;
            // Samples are values of people; nobody needs them once the import is done.
            for column in plan.iter_mut().flat_map(|plan| &mut plan.columns) {
                column.samples.clear();
            }
            if let Some(plan) = &plan {
                row.mapping = text_of(plan)?;
            }
            apply_rows(app, actor, &mut row, &file, &mut |_, _| {}).await
        };
        outcome.await
    }
}

/// The rows that failed, as they came, each with its reason.
pub async fn error_file(app: &App, actor: &Actor, id: ImportId) -> Result<Vec<u8>, Error> {
    policy::require(actor, Permission::Import)?;
    let row = storage::import::find(&app.store, id).await?;
    let row = row.ok_or(Error::NotFound)?;
    // Until it is done the file itself stands where the failed rows stand afterwards.
    if row.status != ImportStatus::Done {
        return Err(Error::NotFound);
    }
    let bytes = storage::import::file(&app.store, id).await?;
    if bytes.is_empty() {
        return Err(Error::NotFound);
    }
    Ok(bytes)
}

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
    let known = storage::import::mappings(&app.store).await?;
    if known.iter().any(|row| row.name == name) {
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

pub async fn mappings(app: &App, actor: &Actor) -> Result<List<MappingView>, Error> {
    policy::require(actor, Permission::Import)?;
    let rows = storage::import::mappings(&app.store).await?;
    let views = rows.into_iter().map(mapping_view);
    Ok(List::whole(views.collect::<Result<Vec<_>, _>>()?))
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

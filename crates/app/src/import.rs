//! Files into records: who may, what each row means for what is known, and writing it.
//!
//! Decides identity (external id, then address, then name at the account), what a file may change
//! and what it may not, and what is kept when nobody knows it yet. One bad row never stops the
//! others; a bad file or mapping is refused whole before anything is written. Running the same
//! file again changes nothing, so a run that was cut off is simply run again.

mod account;
mod advocate;
mod contact;
mod content;
pub(crate) mod desk;
mod endings;
mod facets;
pub(crate) mod flush;
mod load;
mod opportunity;
mod past_use;
mod pending;
mod records;
pub mod report;
mod run;
pub(crate) mod shelf;
pub(crate) mod tags;
mod term;
pub mod undo;
pub mod upload;
mod user;
pub(crate) mod values;

use domain::{
    id::ImportId,
    import::ImportStatus,
    money::Currency,
    record::{Action, RecordKind},
};
use import::{
    kind::Kind,
    mapping::Mapping,
    prepare::{self, PrepareOptions, Prepared},
    propose::{self, ColumnAnswer},
    read::{self, Limits, ReadOptions},
    rejected,
    table::Table,
};
use serde_json::json;
use storage::{NewEvent, StorageError, import::Import};

use crate::{
    App,
    actor::Actor,
    clock::new_id,
    error::Error,
    policy::{self, Permission},
    setting,
};

pub use report::Report;

/// Files to import.
#[derive(Clone, Debug)]
pub struct RunImport {
    pub kind: Kind,
    /// Names and bytes; several files are read as one table.
    pub files: Vec<(String, Vec<u8>)>,
    /// Proposed from headings and values when absent.
    pub mapping: Option<Mapping>,
    /// Answers to the questions of the proposal.
    pub answers: Vec<ColumnAnswer>,
    /// For amounts that name none; the program's own when absent.
    pub default_currency: Option<Currency>,
    /// Decides every row and writes nothing.
    pub dry_run: bool,
}

/// What became of an import.
#[derive(Clone, Debug)]
pub struct Finished {
    /// None for a dry run.
    pub id: Option<ImportId>,
    pub report: Report,
    /// The failed rows as they came, with the reason, as CSV; none when no row failed.
    pub error_file: Option<String>,
    /// What the columns were taken for.
    pub mapping: Mapping,
}

/// Imports files, or decides what importing them would do. `progress` hears rows done and in all.
pub async fn run(
    app: &App,
    actor: &Actor,
    ask: RunImport,
    mut progress: impl FnMut(usize, usize) + Send,
) -> Result<Finished, Error> {
    policy::require(actor, Permission::Import)?;
    let files = ask.files;
    let file_name = files
        .iter()
        .map(|(name, _)| name.as_str())
        .collect::<Vec<_>>()
        .join(", ");
    let digest = digest(&files);
    let table = read_table(files).await?;
    let mapping = match ask.mapping {
        Some(mapping) => mapping,
        None => facets::propose(&app.store, ask.kind, &table)
            .await?
            .mapping(&ask.answers)
            .map_err(|problem| Error::BadFile(problem.to_string()))?,
    };
    let prepared = prepared(app, ask.kind, &table, &mapping, ask.default_currency).await?;
    if ask.dry_run {
        let job = job(app, actor, &prepared, ask.kind, &file_name);
        let (report, rejected) = job.dry_run(&mut progress).await?;
        return Ok(finished(None, report, &table, &mapping, rejected));
    }
    let mut row = Import {
        id: new_id(),
        version: 1,
        file_name,
        file_digest: digest,
        kind: ask.kind.as_str().to_owned(),
        status: ImportStatus::Applying,
        mapping: text_of(&mapping)?,
        row_count: count(prepared.len()),
        rows_done: 0,
        report: "{}".to_owned(),
        created_by: actor.user_id(),
        created_at: app.clock.now(),
        finished_at: None,
    };
    let mut tx = app.begin(actor).await?;
    storage::import::insert(&tx, row.clone()).await?;
    tx.record(
        NewEvent::new(Action::Created, RecordKind::Import, row.id)
            .detail(json!({ "file": row.file_name, "kind": row.kind, "rows": row.row_count })),
    );
    tx.commit().await?;
    let file = Prepped {
        table: &table,
        mapping: &mapping,
        prepared: &prepared,
    };
    match apply_rows(app, actor, &mut row, &file, None, &mut progress).await {
        Ok(done) => Ok(done),
        Err(error) => {
            let tx = app.begin(actor).await?;
            upload::apply::give_up(&tx, row.id, &error.to_string()).await?;
            tx.commit().await?;
            Err(error)
        }
    }
}

/// A file with everything decided but its rows.
struct Prepped<'p> {
    table: &'p Table,
    mapping: &'p Mapping,
    prepared: &'p Prepared<'p>,
}

fn job<'j>(
    app: &'j App,
    actor: &'j Actor,
    prepared: &'j Prepared<'j>,
    kind: Kind,
    file: &str,
) -> run::Job<'j> {
    run::Job {
        app,
        actor,
        kind,
        prepared,
        import: None,
        file: file.to_owned(),
        held: None,
    }
}

/// Writes the rows of an import whose row says that it is being applied, and closes it.
async fn apply_rows(
    app: &App,
    actor: &Actor,
    row: &mut Import,
    file: &Prepped<'_>,
    held: Option<&storage::job::Job>,
    progress: &mut (impl FnMut(usize, usize) + Send),
) -> Result<Finished, Error> {
    let kind = file.mapping.kind;
    let mut job = job(app, actor, file.prepared, kind, &row.file_name);
    (job.import, job.held) = (Some(row.id), held);
    let earlier = run::Earlier {
        rows: usize::try_from(row.rows_done).unwrap_or(0),
        report: serde_json::from_str(&row.report).unwrap_or_default(),
    };
    let (report, rejected) = job.apply(earlier, progress).await?;
    let done = finished(Some(row.id), report, file.table, file.mapping, rejected);
    finish(app, actor, row, &done).await?;
    crate::request::clock::follow(app).await?;
    Ok(done)
}

/// Reads the files away from the threads that answer requests.
async fn read_table(files: Vec<(String, Vec<u8>)>) -> Result<Table, Error> {
    let read = move || {
        let tables = files
            .iter()
            .map(|(name, bytes)| {
                read::read(name, bytes, &ReadOptions::default())
                    .map_err(|problem| Error::BadFile(format!("{name}: {problem}")))
            })
            .collect::<Result<Vec<Table>, Error>>()?;
        Table::join(tables, &Limits::default())
            .map_err(|problem| Error::BadFile(problem.to_string()))
    };
    tokio::task::spawn_blocking(read)
        .await
        .map_err(|_| Error::BadFile("The file could not be read. Export it again.".to_owned()))?
}

async fn prepared<'t>(
    app: &App,
    kind: Kind,
    table: &'t Table,
    mapping: &Mapping,
    currency: Option<Currency>,
) -> Result<Prepared<'t>, Error> {
    facets::check(&app.store, kind, mapping).await?;
    let program = setting::read::<setting::Program>(&app.store).await?.value;
    let options = PrepareOptions {
        default_currency: Some(currency.unwrap_or(program.currency)),
        today: app.clock.today(),
    };
    prepare::prepare(kind, table, mapping, &options)
        .map_err(|problem| Error::BadFile(problem.to_string()))
}

/// Fields that a file may name and the program does not keep.
fn is_kept(kind: Kind, field: &str) -> bool {
    let not_kept = matches!(
        field,
        "advocate.external_id" | "content.published_on" | "opportunity.source"
    );
    let of_nobody = kind == Kind::Opportunities && field.starts_with("contact.");
    !not_kept && !of_nobody
}

fn finished(
    id: Option<ImportId>,
    mut report: Report,
    table: &Table,
    mapping: &Mapping,
    rejected: Vec<(usize, String)>,
) -> Finished {
    report.ignored_columns = table
        .columns()
        .iter()
        .filter(|column| {
            !mapping
                .columns
                .iter()
                .any(|mapped| mapped.column == **column && is_kept(mapping.kind, &mapped.field))
        })
        .cloned()
        .collect();
    report.dry_run = id.is_none();
    report.written_by = propose::preset(table).map(|preset| preset.label().to_owned());
    let rows = rejected
        .iter()
        .map(|(line, reason)| (*line, reason.as_str()));
    let error_file = (!rejected.is_empty()).then(|| rejected::write(table, rows));
    Finished {
        id,
        report,
        error_file,
        mapping: mapping.clone(),
    }
}

/// Notes that the import ended, with its report; the failed rows stay to be fetched.
async fn finish(app: &App, actor: &Actor, row: &mut Import, done: &Finished) -> Result<(), Error> {
    let mut tx = app.begin(actor).await?;
    row.status = ImportStatus::Done;
    row.rows_done = row.row_count;
    row.report = text_of(&done.report)?;
    row.finished_at = Some(tx.now());
    storage::import::save(&tx, row).await?;
    storage::import::forget_file(&tx, row.id).await?;
    if let Some(file) = &done.error_file {
        storage::import::insert_file(&tx, row.id, file.as_bytes()).await?;
    }
    let report = &done.report;
    tx.record(
        NewEvent::new(Action::Imported, RecordKind::Import, row.id).detail(json!({
            "created": report.created,
            "updated": report.updated,
            "unchanged": report.unchanged,
            "skipped": report.skipped,
            "failed": report.failed,
        })),
    );
    tx.commit().await?;
    Ok(())
}

fn digest(files: &[(String, Vec<u8>)]) -> String {
    use sha2::Digest;
    let mut hash = sha2::Sha256::new();
    for (_, bytes) in files {
        hash.update(bytes);
    }
    storage::log::hex(&hash.finalize())
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn text_of<T: serde::Serialize>(value: &T) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|error| {
        StorageError::BadRow {
            table: "imports",
            problem: error.to_string(),
        }
        .into()
    })
}

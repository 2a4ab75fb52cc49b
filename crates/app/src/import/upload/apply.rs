//! Writing the rows of an uploaded file: a job of the queue, so that it outlives the request, the
//! node and a restart, goes on where it stopped, and can be cancelled.

use domain::{
    id::{ImportId, UserId},
    import::ImportStatus,
    record::{Action, RecordKind},
};
use serde_json::json;
use storage::{NewEvent, Tx, import::Import, job::Job};

use super::{
    super::{Prepped, Report, apply_rows, prepared, text_of},
    plan::{ImportView, mapping_of, plan, view},
    read_stored,
};
use crate::{
    App,
    actor::Actor,
    error::{Error, same_version},
    job::{self, Task},
    policy::{self, Permission},
};

/// Puts the import into the queue. One that broke off or was cancelled may be started again: rows
/// that are in already stay as they are.
pub async fn start(
    app: &App,
    actor: &Actor,
    id: ImportId,
    version: i64,
) -> Result<ImportView, Error> {
    policy::require(actor, Permission::Import)?;
    let mut row = super::found(app, id, version).await?;
    mapping_of(&row)?;
    let tx = app.begin(actor).await?;
    row.status = ImportStatus::Applying;
    row.rows_done = 0;
    row.report = "{}".to_owned();
    row.finished_at = None;
    storage::import::save(&tx, &mut row).await?;
    let task = Task::ApplyImport {
        import: id,
        user: actor.user_id(),
    };
    job::enqueue(&tx, &task).await?;
    tx.commit().await?;
    view(row)
}

/// Stops an import after the batch that is being written; what is in stays.
pub async fn cancel(
    app: &App,
    actor: &Actor,
    id: ImportId,
    version: i64,
) -> Result<ImportView, Error> {
    policy::require(actor, Permission::Import)?;
    let mut tx = app.begin(actor).await?;
    let row = storage::import::find(&tx, id).await?;
    let row = row.ok_or(Error::NotFound)?;
    same_version(row.version, version)?;
    if !storage::import::cancel(&tx, id, version).await? {
        return Err(Error::MoveNotAllowed(
            "This import is not running, so there is nothing to cancel.".to_owned(),
        ));
    }
    tx.record(
        NewEvent::new(Action::Updated, RecordKind::Import, id)
            .detail(json!({ "status": ImportStatus::Cancelled, "rows_done": row.rows_done })),
    );
    let row = storage::import::find(&tx, id).await?;
    tx.commit().await?;
    view(row.ok_or(Error::NotFound)?)
}

/// Does the job: writes what an earlier attempt left, as the person who started it, with the
/// rights that they have now.
///
/// # Errors
/// Faults of the database, after which the job is tried again. What is wrong with the file, the
/// mapping or the rights ends the import instead, with the reason in its report.
pub(crate) async fn work(
    app: &App,
    job: &Job,
    import: ImportId,
    user: Option<UserId>,
) -> Result<(), Error> {
    let row = storage::import::find(&app.store, import).await?;
    // Cancelled before it began, or done by a worker that died before it could say so.
    let Some(row) = row.filter(|row| row.status == ImportStatus::Applying) else {
        return Ok(());
    };
    match apply(app, job, row, user).await {
        Ok(()) => Ok(()),
        Err(Error::Storage(error)) => {
            let row = storage::import::find(&app.store, import).await?;
            match row.filter(|row| row.status == ImportStatus::Applying) {
                Some(_) => Err(Error::Storage(error)),
                // Cancelled while its last batch was written.
                None => Ok(()),
            }
        }
        Err(error) => {
            let tx = app.begin(&Actor::system()).await?;
            give_up(&tx, import, &error.to_string()).await?;
            Ok(tx.commit().await?)
        }
    }
}

/// Who started a job, with the rights that they have now.
pub(crate) async fn author(app: &App, user: Option<UserId>) -> Result<Actor, Error> {
    let Some(id) = user else {
        return Ok(Actor::operator());
    };
    let user = storage::user::find(&app.store, id).await?;
    let user = user.filter(|user| user.is_active);
    Actor::of_user(
        &app.store,
        &user.ok_or(Error::Forbidden)?,
        app.clock.today(),
    )
    .await
}

async fn apply(app: &App, job: &Job, mut row: Import, user: Option<UserId>) -> Result<(), Error> {
    let actor = author(app, user).await?;
    policy::require(&actor, Permission::Import)?;
    let mapping = mapping_of(&row)?;
    let table = read_stored(app, &row).await?;
    let prepared = prepared(app, mapping.kind, &table, &mapping, None).await?;
    let mut plan = plan(&row)?;
    // Samples are values of people; nobody needs them once the import is done.
    for column in plan.iter_mut().flat_map(|plan| &mut plan.columns) {
        column.samples.clear();
    }
    if let Some(plan) = &plan {
        row.mapping = text_of(plan)?;
    }
    let file = Prepped {
        table: &table,
        mapping: &mapping,
        prepared: &prepared,
    };
    apply_rows(app, &actor, &mut row, &file, Some(job), &mut |_, _| {}).await?;
    // What came in may be there twice now.
    crate::duplicate::look_anew(app, &actor).await?;
    Ok(())
}

/// Marks a running import as broken off, with the reason; the rows that are in stay.
pub(crate) async fn give_up(tx: &Tx, import: ImportId, reason: &str) -> Result<(), Error> {
    let Some(mut row) = storage::import::find(tx, import).await? else {
        return Ok(());
    };
    if row.status != ImportStatus::Applying {
        return Ok(());
    }
    let mut report: Report = serde_json::from_str(&row.report).unwrap_or_default();
    report.failure = Some(reason.to_owned());
    row.status = ImportStatus::Failed;
    row.report = text_of(&report)?;
    row.finished_at = Some(tx.now());
    storage::import::save(tx, &mut row).await?;
    Ok(())
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

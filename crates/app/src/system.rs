//! How the program runs: its schema, its queue, its mail, and a move to another database. For
//! admins; names no customer.

use domain::{
    backup::{BackupPlace, PROMISE_HOURS},
    record::{Action, RecordKind},
    time::Timestamp,
};
use serde::Serialize;
use serde_json::json;
use storage::{
    Engine, NewEvent, SchemaState, Store,
    backup::{self, Backup},
    copy::{self, CopiedTable},
};
use uuid::Uuid;

use crate::{
    App,
    actor::Actor,
    clock::new_id,
    error::Error,
    policy::{self, Permission},
};

/// The database that holds everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DatabaseKind {
    /// One file in the data folder, one node.
    Sqlite,
    /// A server that several nodes may share.
    Postgres,
}

impl DatabaseKind {
    fn of(store: &Store) -> Self {
        match store.engine() {
            Engine::Sqlite => Self::Sqlite,
            Engine::Postgres => Self::Postgres,
        }
    }
}

/// What the database's schema is to this program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SchemaHealth {
    Current,
    /// Steps are missing; starting the newest program adds them.
    Behind,
    /// Written by a newer program, or by none of ours.
    Unknown,
}

/// How the program runs.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = System)]
pub struct SystemView {
    pub database: DatabaseKind,
    pub schema: SchemaHealth,
    /// The newest schema that this program knows.
    pub schema_version: i64,
    /// Without mail, links are copied by hand and everything else works.
    pub mail_configured: bool,
    /// The address that links in letters start with.
    pub public_url: String,
    pub jobs_waiting: i64,
    /// Jobs that were given up and wait for a person.
    pub jobs_dead: i64,
    /// When the job that has waited longest was due; null where none waits.
    pub oldest_job_due_at: Option<Timestamp>,
    /// Events in the log.
    pub events: i64,
    /// The newest backup; null where none was made.
    pub backup: Option<BackupView>,
    /// Hours that may pass between two backups.
    pub backup_promise_hours: i64,
    pub at: Timestamp,
}

/// A backup that was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = Backup)]
pub struct BackupView {
    pub made_at: Timestamp,
    pub bytes: i64,
    pub rows: i64,
    pub place: BackupPlace,
    /// Whether more time has passed since than may pass between two.
    pub is_late: bool,
}

impl BackupView {
    fn of(row: &Backup, now: Timestamp) -> Self {
        Self {
            made_at: row.made_at,
            bytes: row.byte_count,
            rows: row.row_count,
            place: row.place,
            is_late: now.seconds_since(row.made_at) > PROMISE_HOURS * 3_600,
        }
    }
}

/// Looks at what can be told without walking through the data.
pub async fn look(app: &App, actor: &Actor) -> Result<SystemView, Error> {
    policy::require(actor, Permission::JobRead)?;
    let queue = storage::job::standing(&app.store).await?;
    let head = storage::log::head(&app.store).await?;
    Ok(SystemView {
        database: DatabaseKind::of(&app.store),
        schema: match app.store.schema_state().await? {
            SchemaState::Current => SchemaHealth::Current,
            SchemaState::Behind { .. } | SchemaState::Empty => SchemaHealth::Behind,
            SchemaState::Unknown { .. } => SchemaHealth::Unknown,
        },
        schema_version: storage::newest_version(),
        mail_configured: app.config.sends_mail,
        public_url: app.config.public_url.clone(),
        jobs_waiting: queue.waiting,
        jobs_dead: queue.dead,
        oldest_job_due_at: queue.oldest_due,
        events: head.position,
        backup: storage::backup::newest(&app.store)
            .await?
            .map(|row| BackupView::of(&row, app.clock.now())),
        backup_promise_hours: PROMISE_HOURS,
        at: app.clock.now(),
    })
}

/// Copies everything into an empty database and compares both sides; `progress` hears each table.
/// Every account goes along, so it takes the permission over accounts.
///
/// The event is in the log before the copy begins: both sides hold it and are still equal. A copy
/// that is cut off leaves it in the source, because somebody began to take the data along.
///
/// # Errors
/// A database that does not fit is refused before anything is written or logged.
pub async fn copy(
    app: &App,
    actor: &Actor,
    target: &Store,
    progress: impl FnMut(&CopiedTable),
) -> Result<Vec<CopiedTable>, Error> {
    policy::require(actor, Permission::UserEdit)?;
    let rows = copy::rows_to_copy(&app.store, target).await?;
    let mut tx = app.begin(actor).await?;
    let by = actor.user_id().map_or(Uuid::nil(), |user| user.0);
    tx.record(
        NewEvent::new(Action::Exported, RecordKind::Setting, by)
            .detail(json!({ "rows": rows, "into": DatabaseKind::of(target) })),
    );
    tx.commit().await?;
    Ok(copy::copy(&app.store, target, progress).await?)
}

/// Keeps that a backup was made, of so many bytes and rows.
pub async fn note_backup(
    app: &App,
    actor: &Actor,
    (bytes, rows): (u64, u64),
    place: BackupPlace,
) -> Result<(), Error> {
    policy::require(actor, Permission::UserEdit)?;
    let tx = app.begin(actor).await?;
    let row = Backup {
        id: new_id(),
        made_at: tx.now(),
        byte_count: i64::try_from(bytes).unwrap_or(i64::MAX),
        row_count: i64::try_from(rows).unwrap_or(i64::MAX),
        place,
        made_by: actor.user_id(),
    };
    backup::insert(&tx, row).await?;
    Ok(tx.commit().await?)
}

//! How the program runs: its schema, its queue, its mail. For admins; names no customer.

use domain::time::Timestamp;
use serde::Serialize;
use storage::{Engine, SchemaState};

use crate::{
    App,
    actor::Actor,
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
    pub at: Timestamp,
}

/// Looks at what can be told without walking through the data.
pub async fn look(app: &App, actor: &Actor) -> Result<SystemView, Error> {
    policy::require(actor, Permission::JobRead)?;
    let queue = storage::job::standing(&app.store).await?;
    let head = storage::log::head(&app.store).await?;
    Ok(SystemView {
        database: match app.store.engine() {
            Engine::Sqlite => DatabaseKind::Sqlite,
            Engine::Postgres => DatabaseKind::Postgres,
        },
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
        at: app.clock.now(),
    })
}

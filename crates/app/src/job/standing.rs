//! The jobs that are not done, for administrators.

use domain::{
    id::JobId,
    record::{Action, RecordKind},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use storage::{NewEvent, job::Job};

use crate::{
    App,
    actor::Actor,
    error::Error,
    listing::{self, List},
    policy::{self, Permission},
};

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    Waiting,
    /// Failed before, and comes back.
    Retrying,
    /// Given up; a replay gives it another round.
    Dead,
}

/// A job that is not done, for administrators. Payloads are not shown: they may name people.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Job)]
pub struct JobView {
    pub id: JobId,
    pub kind: String,
    pub state: JobState,
    pub attempts: i64,
    /// When it runs next, unless it is dead.
    pub run_at: Timestamp,
    pub last_error: Option<String>,
    pub created_at: Timestamp,
}

/// What a list of jobs is asked for.
#[derive(Clone, Debug, Default)]
pub struct ListJobs {
    pub dead_only: bool,
    pub limit: Option<u64>,
    pub cursor: Option<String>,
}

pub async fn list(app: &App, actor: &Actor, ask: ListJobs) -> Result<List<JobView>, Error> {
    policy::require(actor, Permission::JobRead)?;
    let page = listing::page(ask.limit, ask.cursor.as_deref())?;
    let listed = storage::job::list(&app.store, ask.dead_only, &page).await?;
    Ok(List::from_listed(listed.map(view)))
}

fn view(row: Job) -> JobView {
    let state = match (row.dead_at, row.attempts) {
        (Some(_), _) => JobState::Dead,
        (None, 0) => JobState::Waiting,
        (None, _) => JobState::Retrying,
    };
    JobView {
        id: row.id,
        kind: row.kind,
        state,
        attempts: row.attempts,
        run_at: row.run_at,
        last_error: row.last_error,
        created_at: row.created_at,
    }
}

/// Gives a dead job another round.
pub async fn replay(app: &App, actor: &Actor, id: JobId) -> Result<(), Error> {
    policy::require(actor, Permission::JobReplay)?;
    let mut tx = app.begin(actor).await?;
    if !storage::job::replay(&tx, id).await? {
        return Err(match storage::job::find(&tx, id).await? {
            Some(_) => Error::MoveNotAllowed(
                "This job is not dead: it is done, or it comes back by itself.".to_owned(),
            ),
            None => Error::NotFound,
        });
    }
    tx.record(NewEvent::new(Action::Replayed, RecordKind::Job, id));
    Ok(tx.commit().await?)
}

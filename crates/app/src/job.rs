//! Background work: rows of the transaction that wants it, run after it commits, at least once.
//!
//! A task may run twice after a crash, so its effect must be the same the second time: a letter
//! keeps its message id, a link is only another way to the same answer.

use domain::{
    id::{CandidateId, JobId, UserId},
    record::{Action, RecordKind},
};
use serde::{Deserialize, Serialize};
use storage::{NewEvent, StorageError, Tx, job::Job};

use crate::{
    App,
    actor::Actor,
    clock::new_id,
    error::Error,
    listing::{self, List},
    mail::{Carrier, Letter},
    policy::{self, Permission},
    request,
};

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "task")]
pub enum Task {
    /// Tell a colleague by mail what stands in their inbox.
    MailColleague {
        user: UserId,
        subject: String,
        body: String,
        path: String,
    },
    /// Mail an advocate the link to answer a request.
    MailAsk { candidate: CandidateId },
    /// Mail an advocate the link to say how it went.
    MailDebrief { candidate: CandidateId },
}

impl Task {
    fn kind(&self) -> &'static str {
        match self {
            Self::MailColleague { .. } => "mail_colleague",
            Self::MailAsk { .. } => "mail_ask",
            Self::MailDebrief { .. } => "mail_debrief",
        }
    }
}

/// Adds a task to the write; it runs once that commits.
pub(crate) async fn enqueue(tx: &Tx, task: &Task) -> Result<JobId, Error> {
    let id = new_id();
    let payload = serde_json::to_string(task).map_err(|error| StorageError::BadRow {
        table: "jobs",
        problem: error.to_string(),
    })?;
    let row = Job {
        id,
        kind: task.kind().to_owned(),
        payload,
        run_at: tx.now(),
        attempts: 0,
        claimed_until: None,
        done_at: None,
        dead_at: None,
        last_error: None,
        created_at: tx.now(),
    };
    storage::job::insert(tx, row).await?;
    Ok(id)
}

/// Runs the next task that is due; `false` when there is none.
pub async fn run_next(app: &App, carrier: Option<&dyn Carrier>) -> Result<bool, Error> {
    let now = app.clock.now();
    let Some(job) = storage::job::claim(&app.store, now).await? else {
        return Ok(false);
    };
    let outcome = run(app, carrier, &job).await;
    let tx = app.begin(&Actor::system()).await?;
    match outcome {
        Ok(()) => storage::job::finish(&tx, job.id).await?,
        Err(problem) => {
            tracing::warn!(job = %job.id, kind = job.kind, attempt = job.attempts, problem, "a job failed and will be tried again");
            storage::job::fail(&tx, &job, &problem).await?;
        }
    }
    tx.commit().await?;
    Ok(true)
}

/// Does the work. The problem is for administrators: it names no person.
async fn run(app: &App, carrier: Option<&dyn Carrier>, job: &Job) -> Result<(), String> {
    let task: Task = serde_json::from_str(&job.payload)
        .map_err(|error| format!("the task cannot be read: {error}"))?;
    let letter = match task {
        Task::MailColleague {
            user,
            subject,
            body,
            path,
        } => colleague(app, user, subject, body, &path).await,
        Task::MailAsk { candidate } => request::letter::ask(app, candidate).await,
        Task::MailDebrief { candidate } => request::letter::debrief(app, candidate).await,
    };
    let Some(mut letter) = letter.map_err(|error| error.to_string())? else {
        return Ok(());
    };
    letter.message_id = format!("<{}@goodword>", job.id);
    match carrier {
        Some(carrier) => carrier
            .send(&letter)
            .await
            .map_err(|problem| problem.to_string()),
        // Mail was switched off after the task was written: the inbox has told the colleague.
        None => Ok(()),
    }
}

async fn colleague(
    app: &App,
    user: UserId,
    subject: String,
    body: String,
    path: &str,
) -> Result<Option<Letter>, Error> {
    let user = storage::user::find(&app.store, user)
        .await?
        .filter(|user| user.is_active && !user.is_demo);
    Ok(user.and_then(|user| user.email).map(|to| Letter {
        message_id: String::new(),
        to,
        subject,
        body: format!("{body}\n\n{}{path}\n", app.config.public_url),
    }))
}

/// A job that is not done, for administrators. Payloads are not shown: they may name people.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Job)]
pub struct JobView {
    pub id: JobId,
    pub kind: String,
    pub attempts: i64,
    pub run_at: domain::time::Timestamp,
    pub is_dead: bool,
    pub last_error: Option<String>,
}

pub async fn list(
    app: &App,
    actor: &Actor,
    dead_only: bool,
    limit: Option<u64>,
    cursor: Option<&str>,
) -> Result<List<JobView>, Error> {
    policy::require(actor, Permission::JobRead)?;
    let page = listing::page(limit, cursor)?;
    let listed = storage::job::list(&app.store, dead_only, &page).await?;
    Ok(List::from_listed(listed.map(|row| JobView {
        id: row.id,
        kind: row.kind,
        attempts: row.attempts,
        run_at: row.run_at,
        is_dead: row.dead_at.is_some(),
        last_error: row.last_error,
    })))
}

/// Gives a dead job another round.
pub async fn replay(app: &App, actor: &Actor, id: JobId) -> Result<(), Error> {
    policy::require(actor, Permission::JobReplay)?;
    let mut tx = app.begin(actor).await?;
    if !storage::job::replay(&tx, id).await? {
        return Err(Error::NotFound);
    }
    tx.record(NewEvent::new(Action::Replayed, RecordKind::Job, id));
    Ok(tx.commit().await?)
}

//! Background work: rows of the transaction that wants it, run after it commits, at least once.
//!
//! A task may run twice after a crash, so its effect must be the same the second time: a letter
//! keeps its message id, a link is only another way to the same answer. A job that fails comes back
//! after one minute, then two, four and so on; after eight attempts it is set aside as dead, and an
//! admin gives it another round or leaves it.

mod failure;
mod standing;
pub mod tidy;

pub use standing::{JobState, JobView, ListJobs, list, replay};

use domain::id::{BulkChangeId, CandidateId, ImportId, JobId, RequestId, UseId, UserId};
use serde::{Deserialize, Serialize};
use storage::{
    StorageError, Tx,
    job::{ATTEMPTS_MAX, Job},
};

use self::failure::Failure;
use crate::{
    App,
    actor::Actor,
    bulk,
    clock::new_id,
    digest,
    error::Error,
    import::{undo, upload},
    mail::{self, Carrier},
    request::{self, invitation},
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
    /// Mail a colleague what is open in their inbox.
    MailDigest { user: UserId },
    /// Mail an advocate the link to answer a request.
    MailAsk { candidate: CandidateId },
    /// Find whom a quota ask can ask next.
    FillQuota { request: RequestId },
    /// Mail an advocate the link to say how it went.
    MailDebrief { candidate: CandidateId },
    /// Mail the buyer the link to say how it went.
    MailBuyerDebrief { candidate: CandidateId },
    /// Mail an advocate what came of a use.
    MailThanks {
        #[serde(rename = "use")]
        used: UseId,
    },
    /// Mail one reader about the agreed time of a candidate, as long as it is still the one of this
    /// invitation.
    MailAppointment {
        candidate: CandidateId,
        sequence: i64,
        reader: invitation::Reader,
        about: invitation::About,
    },
    /// Write the rows of an uploaded file; `user` started it.
    ApplyImport {
        import: ImportId,
        user: Option<UserId>,
    },
    /// Take back what an import wrote; `user` asked for it.
    UndoImport {
        import: ImportId,
        user: Option<UserId>,
    },
    /// Make a change of very many records; `user` asked for it.
    ChangeRecords {
        change: BulkChangeId,
        user: Option<UserId>,
    },
    /// Take such a change back.
    UndoChange {
        change: BulkChangeId,
        user: Option<UserId>,
    },
}

impl Task {
    fn kind(&self) -> &'static str {
        match self {
            Self::MailColleague { .. } => "mail_colleague",
            Self::MailDigest { .. } => "mail_digest",
            Self::MailAsk { .. } => "mail_ask",
            Self::FillQuota { .. } => "fill_quota",
            Self::MailDebrief { .. } => "mail_debrief",
            Self::MailBuyerDebrief { .. } => "mail_buyer_debrief",
            Self::MailThanks { .. } => "mail_thanks",
            Self::MailAppointment { .. } => "mail_appointment",
            Self::ApplyImport { .. } => "apply_import",
            Self::UndoImport { .. } => "undo_import",
            Self::ChangeRecords { .. } => "change_records",
            Self::UndoChange { .. } => "undo_change",
        }
    }
}

/// Adds a task to the write; it runs once that commits.
pub(crate) async fn enqueue(tx: &Tx, task: &Task) -> Result<JobId, Error> {
    let row = new_row(tx, task)?;
    let id = row.id;
    storage::job::insert(tx, row).await?;
    Ok(id)
}

/// Adds many tasks in few statements.
pub(crate) async fn enqueue_all(tx: &Tx, tasks: &[Task]) -> Result<(), Error> {
    let rows = tasks
        .iter()
        .map(|task| new_row(tx, task))
        .collect::<Result<_, _>>()?;
    Ok(storage::job::insert_all(tx, rows).await?)
}

fn new_row(tx: &Tx, task: &Task) -> Result<Job, Error> {
    let payload = serde_json::to_string(task).map_err(|error| StorageError::BadRow {
        table: "jobs",
        problem: error.to_string(),
    })?;
    Ok(Job {
        id: new_id(),
        kind: task.kind().to_owned(),
        payload,
        run_at: tx.now(),
        attempts: 0,
        claimed_until: None,
        done_at: None,
        dead_at: None,
        last_error: None,
        created_at: tx.now(),
    })
}

/// What came of looking for work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worked {
    /// Nothing is due.
    Idle,
    Done,
    /// It failed, and comes back later or waits for a person.
    Failed,
}

/// Runs the next task that is due. Each goes to one worker at a time; what a worker that died held
/// is free again after two minutes.
pub async fn run_next(app: &App, carrier: Option<&dyn Carrier>) -> Result<Worked, Error> {
    let now = app.clock.now();
    let Some(job) = storage::job::claim(&app.store, now).await? else {
        return Ok(Worked::Idle);
    };
    let outcome = run(app, carrier, &job).await;
    let mut tx = app.begin(&Actor::system()).await?;
    let worked = match outcome {
        Ok(()) => {
            storage::job::finish(&tx, job.id).await?;
            Worked::Done
        }
        Err(failure) => {
            let (kind, attempt, problem) = (&job.kind, job.attempts, &failure.words);
            tracing::warn!(job = %job.id, kind, attempt, problem, "a job failed");
            let mut job = job.clone();
            if failure.is_final {
                job.attempts = ATTEMPTS_MAX;
            }
            storage::job::fail(&tx, &job, &failure.words).await?;
            if let Some(address) = &failure.refused {
                let task = serde_json::from_str(&job.payload).ok();
                mail::came_back(app, &mut tx, task, address).await?;
            }
            Worked::Failed
        }
    };
    tx.commit().await?;
    Ok(worked)
}

/// Runs the next long task that is due: the rows of an import, a change of very many records, or taking
/// either back. It may be dropped at any time, and goes on from its last step with whoever claims it next, at once or after half a minute.
pub async fn run_next_long(app: &App) -> Result<Worked, Error> {
    let now = app.clock.now();
    let Some(mut job) = storage::job::claim_long(&app.store, now).await? else {
        return Ok(Worked::Idle);
    };
    let outcome = run(app, None, &job).await;
    let mut tx = app.begin(&Actor::system()).await?;
    if !storage::job::hold(&tx, &job).await? {
        tracing::warn!(job = %job.id, "another worker took a job over");
        return Ok(Worked::Failed);
    }
    let worked = match outcome {
        Ok(()) => {
            storage::job::finish(&tx, job.id).await?;
            Worked::Done
        }
        Err(failure) => {
            if failure.is_final {
                job.attempts = ATTEMPTS_MAX;
            }
            if job.attempts >= ATTEMPTS_MAX {
                match serde_json::from_str(&job.payload) {
                    Ok(Task::ApplyImport { import, .. }) => {
                        upload::apply::give_up(&tx, import, &failure.words).await?;
                    }
                    Ok(Task::UndoImport { import, .. }) => {
                        undo::work::give_up(&tx, import, &failure.words).await?;
                    }
                    Ok(Task::ChangeRecords { change, .. }) => {
                        bulk::work::give_up(&mut tx, change, &failure.words).await?;
                    }
                    Ok(Task::UndoChange { change, .. }) => {
                        bulk::work::give_up_undo(&tx, change, &failure.words).await?;
                    }
                    Ok(_) | Err(_) => {}
                }
            }
            storage::job::fail(&tx, &job, &failure.words).await?;
            Worked::Failed
        }
    };
    tx.commit().await?;
    Ok(worked)
}

async fn run(app: &App, carrier: Option<&dyn Carrier>, job: &Job) -> Result<(), Failure> {
    if job.attempts > ATTEMPTS_MAX {
        return Err(Failure::abandoned());
    }
    let task: Task = serde_json::from_str(&job.payload).map_err(|_| Failure {
        words: "This program does not know this kind of job; another version queued it.".to_owned(),
        is_final: true,
        refused: None,
    })?;
    match task {
        Task::ApplyImport { import, user } => {
            return Ok(upload::apply::work(app, job, import, user).await?);
        }
        Task::UndoImport { import, user } => {
            return Ok(undo::work::work(app, job, import, user).await?);
        }
        Task::ChangeRecords { change, user } => {
            return Ok(bulk::work::work(app, job, change, (user, false)).await?);
        }
        Task::UndoChange { change, user } => {
            return Ok(bulk::work::work(app, job, change, (user, true)).await?);
        }
        Task::FillQuota { request } => {
            return Ok(request::quota::fill(app, request).await?);
        }
        Task::MailColleague { .. }
        | Task::MailDigest { .. }
        | Task::MailAsk { .. }
        | Task::MailDebrief { .. }
        | Task::MailBuyerDebrief { .. }
        | Task::MailThanks { .. }
        | Task::MailAppointment { .. } => {}
    }
    let Some(carrier) = carrier else {
        return without_mail(&task);
    };
    let letter = match task {
        Task::MailColleague {
            user,
            subject,
            body,
            path,
        } => mail::colleague(app, user, subject, body, &path).await?,
        Task::MailDigest { user } => digest::letter(app, user).await?,
        Task::MailAsk { candidate } => request::letter::ask(app, candidate).await?,
        Task::MailDebrief { candidate } => request::letter::debrief(app, candidate).await?,
        Task::MailBuyerDebrief { candidate } => request::buyer_link::write(app, candidate).await?,
        Task::MailThanks { used } => request::thanks::write(app, used).await?,
        Task::MailAppointment {
            candidate,
            sequence,
            reader,
            about,
        } => invitation::write(app, candidate, sequence, reader, about).await?,
        // Done above; it is no letter.
        Task::FillQuota { .. }
        | Task::ApplyImport { .. }
        | Task::UndoImport { .. }
        | Task::ChangeRecords { .. }
        | Task::UndoChange { .. } => None,
    };
    // Nobody to tell any more: the answer is in, or the reader has left.
    let Some(mut letter) = letter else {
        return Ok(());
    };
    if letter.message_id.is_empty() {
        letter.message_id = format!("<{}@{}>", job.id, host(app));
    }
    let sent = carrier.send(&letter).await;
    sent.map_err(|not_sent| Failure::not_sent(&not_sent, letter.to))
}

/// Mail was switched off after the task was written. A colleague has the inbox; an advocate has
/// nothing else, so that letter waits.
fn without_mail(task: &Task) -> Result<(), Failure> {
    match task {
        // The file of the agreed time is on the request as well, and so is the buyer's link; nobody
        // waits for thanks.
        Task::FillQuota { .. } | Task::MailBuyerDebrief { .. } | Task::MailThanks { .. } | Task::MailColleague { .. } | Task::MailDigest { .. } | Task::MailAppointment { .. } | Task::ApplyImport { .. } | Task::UndoImport { .. } | Task::ChangeRecords { .. } | Task::UndoChange { .. } => Ok(()),
        Task::MailAsk { .. } | Task::MailDebrief { .. } => Err(Failure {
            words: "No mail server is configured. Set GOODWORD_SMTP_URL and GOODWORD_MAIL_FROM, or copy the link by hand.".to_owned(),
            is_final: false,
            refused: None,
        }),
    }
}

/// What names this program in message ids and in calendars.
pub(crate) fn host(app: &App) -> String {
    domain::text::web_domain(&app.config.public_url)
        .unwrap_or_else(|| "goodword.localhost".to_owned())
}

//! The job queue: rows of the same transaction, run after commit, at least once.

use domain::{id::JobId, time::Timestamp};
use sea_orm::{QueryFilter, entity::prelude::*};

use crate::{
    connection::Store,
    error::StorageError,
    page::{self, Listed, Page, Sort},
    record::{self, Source},
    tx::{ActorRef, Tx},
};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    use super::{JobId, Timestamp};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "jobs")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: JobId,
        pub kind: String,
        pub payload: String,
        pub run_at: Timestamp,
        pub attempts: i64,
        pub claimed_until: Option<Timestamp>,
        pub done_at: Option<Timestamp>,
        /// Given up after the last attempt; waits for a person to replay it.
        pub dead_at: Option<Timestamp>,
        pub last_error: Option<String>,
        pub created_at: Timestamp,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Job;

/// Attempts before a job is set aside as dead.
pub const ATTEMPTS_MAX: i64 = 8;

/// How long a worker may hold a job before another may take it over.
const CLAIM_SECONDS: i64 = 120;

pub async fn insert(tx: &Tx, row: Job) -> Result<(), StorageError> {
    record::insert::<entity::Entity, _>(tx, row).await
}

/// Inserts many jobs in few statements.
pub async fn insert_all(tx: &Tx, rows: Vec<Job>) -> Result<(), StorageError> {
    record::insert_all::<entity::Entity, _>(tx, rows).await
}

pub async fn find(source: &impl Source, id: JobId) -> Result<Option<Job>, StorageError> {
    Ok(entity::Entity::find_by_id(id)
        .one(source.connection())
        .await?)
}

/// A worker that died holds a long job no longer than this: one that lives holds it anew with
/// each step.
const LONG_CLAIM_SECONDS: i64 = 30;

/// `LANE` is the condition on the kind: long jobs have a worker of their own, so that letters do
/// not wait for them.
const CLAIM: &str = "
update jobs
set claimed_until = $1, attempts = attempts + 1
where id = (
    select id
    from jobs
    where done_at is null and dead_at is null and run_at <= $2 and kind LANE ('apply_import', 'undo_import', 'change_records', 'undo_change')
      and (claimed_until is null or claimed_until <= $2)
    order by run_at, id
    limit 1
  )
  and done_at is null and dead_at is null
  and (claimed_until is null or claimed_until <= $2)
returning id, kind, payload, run_at, attempts, claimed_until, done_at, dead_at, last_error, created_at";

/// Takes the next short job that is due, or none. Exactly one worker gets it.
pub async fn claim(store: &Store, now: Timestamp) -> Result<Option<Job>, StorageError> {
    claim_in(store, now, "not in", CLAIM_SECONDS).await
}

/// Takes the next long job that is due, or none. It must be held anew with each step.
pub async fn claim_long(store: &Store, now: Timestamp) -> Result<Option<Job>, StorageError> {
    claim_in(store, now, "in", LONG_CLAIM_SECONDS).await
}

async fn claim_in(
    store: &Store,
    now: Timestamp,
    lane: &str,
    seconds: i64,
) -> Result<Option<Job>, StorageError> {
    let tx = store.begin(ActorRef::SYSTEM, now).await?;
    let sql = CLAIM.replace("LANE", lane);
    let values = vec![now.plus_seconds(seconds).into(), now.into()];
    let job: Option<Job> = record::one(&tx, &sql, values).await?;
    tx.commit().await?;
    Ok(job)
}

const HOLD: &str = "
update jobs
set claimed_until = $1
where id = $2 and attempts = $3 and done_at is null and dead_at is null";

/// Keeps a long job for another while; `false` when another worker took it over.
pub async fn hold(tx: &Tx, job: &Job) -> Result<bool, StorageError> {
    let until = tx.now().plus_seconds(LONG_CLAIM_SECONDS);
    let values = vec![until.into(), job.id.into(), job.attempts.into()];
    Ok(record::execute(tx, HOLD, values).await? == 1)
}

const FINISH: &str = "update jobs set done_at = $1, payload = '{}', claimed_until = null, last_error = null where id = $2";

/// Marks a job as done and drops what it carried, which may name people.
pub async fn finish(tx: &Tx, id: JobId) -> Result<(), StorageError> {
    record::execute(tx, FINISH, vec![tx.now().into(), id.into()]).await?;
    Ok(())
}

const RETRY: &str =
    "update jobs set run_at = $1, claimed_until = null, last_error = $2 where id = $3";
const BURY: &str =
    "update jobs set dead_at = $1, claimed_until = null, last_error = $2 where id = $3";

/// Puts a failed job back with a doubling delay from one minute, or sets it aside as dead.
pub async fn fail(tx: &Tx, job: &Job, error: &str) -> Result<(), StorageError> {
    if job.attempts >= ATTEMPTS_MAX {
        record::execute(tx, BURY, vec![tx.now().into(), error.into(), job.id.into()]).await?;
    } else {
        let minutes = 1_i64 << (job.attempts - 1).clamp(0, 10);
        record::execute(
            tx,
            RETRY,
            vec![
                tx.now().plus_seconds(60 * minutes).into(),
                error.into(),
                job.id.into(),
            ],
        )
        .await?;
    }
    Ok(())
}

const REPLAY: &str = "update jobs set dead_at = null, attempts = 0, run_at = $1 where id = $2 and dead_at is not null";

/// Gives a dead job another round; `false` when it is not dead.
pub async fn replay(tx: &Tx, id: JobId) -> Result<bool, StorageError> {
    Ok(record::execute(tx, REPLAY, vec![tx.now().into(), id.into()]).await? == 1)
}

const PRUNE: &str = "delete from jobs where done_at < $1";

/// Removes jobs that were done before an instant; dead ones wait for a person.
pub async fn prune(tx: &Tx, before: Timestamp) -> Result<u64, StorageError> {
    record::execute(tx, PRUNE, vec![before.into()]).await
}

/// How the queue stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sea_orm::FromQueryResult)]
pub struct Standing {
    pub waiting: i64,
    pub dead: i64,
    /// When the longest waiting job was due; absent where none waits.
    pub oldest_due: Option<Timestamp>,
}

const COUNT: &str = "
select
  cast(count(*) filter (where dead_at is null) as bigint) as waiting,
  cast(count(*) filter (where dead_at is not null) as bigint) as dead,
  min(run_at) filter (where dead_at is null) as oldest_due
from jobs
where done_at is null";

/// How many jobs wait, how many are dead, and how long the oldest has been due.
pub async fn standing(source: &impl Source) -> Result<Standing, StorageError> {
    let row: Option<Standing> = record::one(source, COUNT, vec![]).await?;
    Ok(row.unwrap_or_default())
}

/// Lists jobs that are not done, newest first.
pub async fn list(
    source: &impl Source,
    dead_only: bool,
    page: &Page,
) -> Result<Listed<Job>, StorageError> {
    let mut select = entity::Entity::find().filter(entity::Column::DoneAt.is_null());
    if dead_only {
        select = select.filter(entity::Column::DeadAt.is_not_null());
    }
    let sort = Sort::by((entity::Entity, entity::Column::CreatedAt)).descending();
    page::read(
        source.connection(),
        select,
        sort,
        entity::Column::Id,
        page,
        |row| row.id.0,
    )
    .await
}

//! Token buckets in the database: bounded attempts per name, shared by every node.

use domain::time::Timestamp;

use crate::{error::StorageError, record, tx::Tx};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    use super::Timestamp;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "rate_buckets")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub name: String,
        /// Thousandths of an attempt.
        pub milli_left: i64,
        pub at: Timestamp,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// How many attempts a bucket holds and how fast it refills.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    pub attempts: i64,
    pub per_seconds: i64,
}

const TAKE: &str = "
insert into rate_buckets (name, milli_left, at)
values ($1, $2 - 1000, $3)
on conflict (name) do update
set milli_left = (case
        when rate_buckets.milli_left + (($3 - rate_buckets.at) / 1000000) * $2 / $4 > $2 then $2
        else rate_buckets.milli_left + (($3 - rate_buckets.at) / 1000000) * $2 / $4
    end) - 1000,
    at = $3
where (case
        when rate_buckets.milli_left + (($3 - rate_buckets.at) / 1000000) * $2 / $4 > $2 then $2
        else rate_buckets.milli_left + (($3 - rate_buckets.at) / 1000000) * $2 / $4
    end) >= 1000";

/// Takes one attempt; `false` when the bucket is empty. One statement, so that concurrent
/// attempts cannot spend the same one twice.
pub async fn take(tx: &Tx, name: &str, limit: Limit) -> Result<bool, StorageError> {
    let full = limit.attempts * 1_000;
    let taken = record::execute(
        tx,
        TAKE,
        vec![
            name.into(),
            full.into(),
            tx.now().into(),
            limit.per_seconds.into(),
        ],
    )
    .await?;
    Ok(taken == 1)
}

const GIVE_BACK: &str = "
update rate_buckets
set milli_left = case when milli_left + 1000 > $2 then $2 else milli_left + 1000 end
where name = $1";

/// Puts back an attempt that turned out not to count.
pub async fn give_back(tx: &Tx, name: &str, limit: Limit) -> Result<(), StorageError> {
    let full = limit.attempts * 1_000;
    record::execute(tx, GIVE_BACK, vec![name.into(), full.into()]).await?;
    Ok(())
}

/// Seconds until one attempt is back, for `Retry-After`.
pub fn retry_after_seconds(limit: Limit) -> i64 {
    (limit.per_seconds / limit.attempts.max(1)).max(1)
}

const PRUNE: &str = "delete from rate_buckets where at < $1";

/// Removes buckets that have long been full again.
pub async fn prune(tx: &Tx, before: Timestamp) -> Result<u64, StorageError> {
    record::execute(tx, PRUNE, vec![before.into()]).await
}

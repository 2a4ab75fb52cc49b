//! Pairs of records that are probably the same one, and what told them apart.

use domain::{id::UserId, record::RecordKind, time::Timestamp};
use sea_orm::{FromQueryResult, entity::prelude::*};

use crate::{
    error::StorageError,
    record::{self, Source},
    tx::Tx,
};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    use super::{RecordKind, Timestamp, UserId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "duplicate_pairs")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub record_kind: RecordKind,
        /// The smaller id of the two.
        #[sea_orm(primary_key, auto_increment = false)]
        pub one_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub other_id: Uuid,
        /// From 1 to 99.
        pub score: i64,
        /// Reasons by name, separated by commas.
        pub reasons: String,
        pub found_at: Timestamp,
        pub dismissed_by: Option<UserId>,
        pub dismissed_at: Option<Timestamp>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Pair;

/// A record as far as it can tell a duplicate.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Likely {
    pub id: Uuid,
    pub name_folded: String,
    /// The domain of an account, or the e-mail address of a contact.
    pub mark: Option<String>,
    pub account_id: Option<Uuid>,
}

const ACCOUNTS: &str = "
select id, name_folded, domain as mark, id as account_id
from accounts
order by created_at, id
limit $1";

/// Accounts, the oldest first, at most `limit`.
pub async fn accounts(source: &impl Source, limit: i64) -> Result<Vec<Likely>, StorageError> {
    record::all(source, ACCOUNTS, vec![limit.into()]).await
}

const CONTACTS: &str = "
select id, name_folded, email as mark, account_id
from contacts
where erased_at is null
order by created_at, id
limit $1";

/// Contacts that are not erased, the oldest first, at most `limit`.
pub async fn contacts(source: &impl Source, limit: i64) -> Result<Vec<Likely>, StorageError> {
    record::all(source, CONTACTS, vec![limit.into()]).await
}

const FORGET_OPEN: &str =
    "delete from duplicate_pairs where record_kind = $1 and dismissed_at is null";

/// Puts the pairs that a look found in place of those of the look before. Pairs that somebody told
/// apart stay, and do not come back.
pub async fn replace(tx: &Tx, kind: RecordKind, pairs: Vec<Pair>) -> Result<(), StorageError> {
    record::execute(tx, FORGET_OPEN, vec![kind.into()]).await?;
    for batch in pairs.chunks(1_000) {
        use sea_orm::IntoActiveModel as _;
        let rows = batch.iter().cloned().map(Pair::into_active_model);
        entity::Entity::insert_many(rows)
            .on_conflict(
                sea_orm::sea_query::OnConflict::new()
                    .do_nothing()
                    .to_owned(),
            )
            .exec_without_returning(tx.inner())
            .await?;
    }
    Ok(())
}

/// The last pair that was read: its score and its two ids.
pub type Place = (i64, Uuid, Uuid);

const OPEN: &str = "
select record_kind, one_id, other_id, score, reasons, found_at, dismissed_by, dismissed_at
from duplicate_pairs
where dismissed_at is null and record_kind = $1
  and (score < $2 or (score = $2 and (one_id, other_id) > ($3, $4)))
order by score desc, one_id, other_id
limit $5";

/// At most `limit` pairs of a kind that nobody told apart or merged, the surest first, from after
/// the place where the reader stopped.
pub async fn open(
    source: &impl Source,
    kind: RecordKind,
    after: Option<Place>,
    limit: u64,
) -> Result<Vec<Pair>, StorageError> {
    let (score, one, other) = after.unwrap_or((i64::MAX, Uuid::nil(), Uuid::nil()));
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let values = vec![
        kind.into(),
        score.into(),
        one.into(),
        other.into(),
        limit.into(),
    ];
    record::all(source, OPEN, values).await
}

#[derive(FromQueryResult)]
struct Counted {
    total: i64,
}

const OPEN_TOTAL: &str = "
select cast(count(*) as bigint) as total
from duplicate_pairs
where dismissed_at is null and record_kind = $1";

/// How many pairs of a kind wait.
pub async fn open_total(source: &impl Source, kind: RecordKind) -> Result<u64, StorageError> {
    let row: Option<Counted> = record::one(source, OPEN_TOTAL, vec![kind.into()]).await?;
    Ok(row.map_or(0, |row| u64::try_from(row.total).unwrap_or(0)))
}

const DISMISS: &str = "
update duplicate_pairs
set dismissed_by = $1, dismissed_at = $2
where record_kind = $3 and one_id = $4 and other_id = $5 and dismissed_at is null";

/// Tells a pair apart for good; `false` when it does not wait.
pub async fn dismiss(
    tx: &Tx,
    kind: RecordKind,
    (one, other): (Uuid, Uuid),
    by: Option<UserId>,
) -> Result<bool, StorageError> {
    let values = vec![
        by.into(),
        tx.now().into(),
        kind.into(),
        one.into(),
        other.into(),
    ];
    Ok(record::execute(tx, DISMISS, values).await? == 1)
}

const REINSTATE: &str = "
update duplicate_pairs
set dismissed_by = null, dismissed_at = null
where record_kind = $1 and one_id = $2 and other_id = $3 and dismissed_at is not null";

/// Lets a pair that was told apart wait again; `false` when it was not told apart.
pub async fn reinstate(
    tx: &Tx,
    kind: RecordKind,
    (one, other): (Uuid, Uuid),
) -> Result<bool, StorageError> {
    let values = vec![kind.into(), one.into(), other.into()];
    Ok(record::execute(tx, REINSTATE, values).await? == 1)
}

const FORGET_RECORD: &str = "
delete from duplicate_pairs
where record_kind = $1 and (one_id = $2 or other_id = $2) and dismissed_at is null";

/// Forgets the waiting pairs of a record that is gone.
pub async fn forget(tx: &Tx, kind: RecordKind, id: Uuid) -> Result<u64, StorageError> {
    record::execute(tx, FORGET_RECORD, vec![kind.into(), id.into()]).await
}

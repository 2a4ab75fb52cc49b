//! What relationship owners were asked about for recruiting targets.

use domain::{
    id::{AccountId, RecruitingAskId, RecruitingTargetId, UserId},
    time::Timestamp,
};
use sea_orm::{FromQueryResult, QueryFilter, QuerySelect, entity::prelude::*};

use crate::{
    error::StorageError,
    log,
    record::{self, Source},
    tx::Tx,
};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    use super::{AccountId, RecruitingAskId, RecruitingTargetId, Timestamp, UserId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "recruiting_asks")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RecruitingAskId,
        pub target_id: RecruitingTargetId,
        pub account_id: AccountId,
        /// Whose relationship it was.
        pub owner_id: UserId,
        /// `None` for the person at the machine's command line.
        pub asked_by: Option<UserId>,
        pub asked_at: Timestamp,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as RecruitingAsk;

/// Asks that are read of one target or of one time at most.
pub const ASKS_MAX: u64 = 5_000;

/// Lets one round at a time read what was asked and add to it, whatever its target: a limit that holds for
/// all targets has no row of its own to lock, so the next round waits at the head of the log, which every
/// write moves last.
pub async fn one_at_a_time(tx: &Tx) -> Result<(), StorageError> {
    record::execute(tx, log::LOCK_HEAD, vec![]).await.map(drop)
}

/// Notes the asks of a round.
pub async fn insert_all(tx: &Tx, rows: Vec<RecruitingAsk>) -> Result<(), StorageError> {
    record::insert_all::<entity::Entity, _>(tx, rows).await
}

/// All asks from an instant on, for any target; 5,000 at most.
pub async fn since(
    source: &impl Source,
    from: Timestamp,
) -> Result<Vec<RecruitingAsk>, StorageError> {
    Ok(entity::Entity::find()
        .filter(entity::Column::AskedAt.gte(from))
        .limit(ASKS_MAX)
        .all(source.connection())
        .await?)
}

/// An ask with its names, and how many were nominated from the customer for the target.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct ToldAsk {
    pub account_id: AccountId,
    pub account_name: String,
    pub owner_id: UserId,
    pub owner_name: String,
    pub asked_at: Timestamp,
    pub nominated: i64,
}

const OF_TARGET: &str = "
select recruiting_asks.account_id, accounts.name as account_name, recruiting_asks.owner_id,
    users.name as owner_name, recruiting_asks.asked_at,
    (select count(*)
     from recruiting_nominees
     join advocates on advocates.id = recruiting_nominees.advocate_id
     join contacts on contacts.id = advocates.contact_id
     where recruiting_nominees.target_id = recruiting_asks.target_id
       and contacts.account_id = recruiting_asks.account_id) as nominated
from recruiting_asks
join accounts on accounts.id = recruiting_asks.account_id
join users on users.id = recruiting_asks.owner_id
where recruiting_asks.target_id = $1
order by recruiting_asks.asked_at desc, recruiting_asks.id
limit 200";

/// The asks for a target, the last first; 200 at most.
pub async fn of_target(
    source: &impl Source,
    target: RecruitingTargetId,
) -> Result<Vec<ToldAsk>, StorageError> {
    record::all(source, OF_TARGET, vec![target.into()]).await
}

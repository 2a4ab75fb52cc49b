//! The daily letter: who chose what, and who had one.

use domain::{
    id::UserId,
    time::{Day, Timestamp},
};
use sea_orm::{FromQueryResult, entity::prelude::*, sea_query::OnConflict};

use crate::{
    error::StorageError,
    record::{self, Source},
    tx::Tx,
};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    use super::{Day, UserId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "digests")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub user_id: UserId,
        pub is_on: bool,
        /// From 0 to 23, by the clock of the zone.
        pub at_hour: i64,
        pub time_zone: String,
        /// The last day of the reader's own that had a letter.
        pub sent_on: Option<Day>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Digest;

/// What a person chose; nothing where they chose nothing and had no letter yet.
pub async fn find(source: &impl Source, user: UserId) -> Result<Option<Digest>, StorageError> {
    Ok(entity::Entity::find_by_id(user)
        .one(source.connection())
        .await?)
}

/// Keeps what a person chose, in place of what they chose before.
pub async fn save(tx: &Tx, row: Digest) -> Result<(), StorageError> {
    use sea_orm::IntoActiveModel as _;
    entity::Entity::insert(row.into_active_model())
        .on_conflict(
            OnConflict::column(entity::Column::UserId)
                .update_columns([
                    entity::Column::IsOn,
                    entity::Column::AtHour,
                    entity::Column::TimeZone,
                    entity::Column::SentOn,
                ])
                .to_owned(),
        )
        .exec_without_returning(tx.inner())
        .await?;
    Ok(())
}

/// Somebody for whom something is open, with what they chose; nothing where they chose nothing.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Waiting {
    pub user_id: UserId,
    pub at_hour: Option<i64>,
    pub time_zone: Option<String>,
    pub sent_on: Option<Day>,
}

const WAITING: &str = "
select users.id as user_id, digests.at_hour as at_hour, digests.time_zone as time_zone,
  digests.sent_on as sent_on
from users
left join digests on digests.user_id = users.id
where users.is_active and not users.is_demo and users.email is not null
  and users.password_hash is not null
  and (digests.user_id is null or digests.is_on)
  and exists (
    select 1 from notices
    where notices.user_id = users.id and notices.read_at is null
      and (notices.snoozed_until is null or notices.snoozed_until <= $1)
  )
order by users.id";

/// Everybody who can be written to, wants to be, and has something open; only those who can sign in, as
/// nobody else can switch it off.
pub async fn waiting(source: &impl Source, now: Timestamp) -> Result<Vec<Waiting>, StorageError> {
    record::all(source, WAITING, vec![now.into()]).await
}

const CLAIM: &str = "
insert into digests (user_id, is_on, at_hour, time_zone, sent_on)
values ($1, true, $2, $3, $4)
on conflict (user_id) do update set sent_on = excluded.sent_on
where digests.is_on and (digests.sent_on is null or digests.sent_on < excluded.sent_on)";

/// Notes that a person's day has its letter; `false` when it has one already, or they switched it off.
pub async fn claim(
    tx: &Tx,
    reader: &Waiting,
    usual: (i64, &str),
    day: Day,
) -> Result<bool, StorageError> {
    let hour = reader.at_hour.unwrap_or(usual.0);
    let zone = reader.time_zone.as_deref().unwrap_or(usual.1);
    let values = vec![reader.user_id.into(), hour.into(), zone.into(), day.into()];
    Ok(record::execute(tx, CLAIM, values).await? == 1)
}

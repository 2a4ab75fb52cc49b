//! Dated needs of colleagues who are not selling; what they ask for stands in their tags.

use domain::{
    access::Scope,
    activity::Activity,
    id::{AccountId, NeedId, UserId},
    need::{NeedAlarm, NeedKind},
    time::{Day, Timestamp},
};
use sea_orm::{
    Condition, QueryFilter, QueryOrder, QuerySelect, entity::prelude::*, sea_query::Expr,
};

use crate::{
    error::StorageError,
    record::{Source, scope_condition, versioned_record},
    tx::Tx,
};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    use super::{AccountId, Activity, Day, NeedAlarm, NeedId, NeedKind, Timestamp, UserId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "needs")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: NeedId,
        pub version: i64,
        pub kind: NeedKind,
        pub title: String,
        pub activity: Activity,
        /// Reference accounts, above 0.
        pub wanted: i64,
        pub need_on: Day,
        /// The customer that has to serve it, where it names one.
        pub account_id: Option<AccountId>,
        pub note: Option<String>,
        /// What another calendar calls it, for one that came from there.
        pub calendar_uid: Option<String>,
        /// Whose need it is; `None` for the person at the machine's command line.
        pub owner_id: Option<UserId>,
        pub created_at: Timestamp,
        pub closed_at: Option<Timestamp>,
        pub close_reason: Option<String>,
        /// The last alarm that its owner was told of.
        pub alarm: Option<NeedAlarm>,
        /// The last day on which it was looked whether it raises one.
        pub alarm_on: Option<Day>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Need;

versioned_record!(Need);

/// Needs that a calendar shows or holds against supply at most.
pub const NEEDS_MAX: u64 = 1_000;

/// The need, where it is in reach.
pub async fn find(
    source: &impl Source,
    scope: &Scope,
    id: NeedId,
) -> Result<Option<Need>, StorageError> {
    Ok(entity::Entity::find_by_id(id)
        .filter(scope_condition(scope, entity::Column::OwnerId))
        .one(source.connection())
        .await?)
}

/// The needs in reach from a day to another, open and closed, by day; 1,000 at most.
pub async fn between(
    source: &impl Source,
    scope: &Scope,
    from: Day,
    to: Day,
) -> Result<Vec<Need>, StorageError> {
    Ok(entity::Entity::find()
        .filter(scope_condition(scope, entity::Column::OwnerId))
        .filter(entity::Column::NeedOn.between(from, to))
        .order_by_asc(entity::Column::NeedOn)
        .order_by_asc(entity::Column::Id)
        .limit(NEEDS_MAX)
        .all(source.connection())
        .await?)
}

/// Everybody's open needs from a day on, by day, 1,000 at most: what competes for the same supply.
pub async fn open_from(source: &impl Source, from: Day) -> Result<Vec<Need>, StorageError> {
    Ok(entity::Entity::find()
        .filter(entity::Column::ClosedAt.is_null())
        .filter(entity::Column::NeedOn.gte(from))
        .order_by_asc(entity::Column::NeedOn)
        .order_by_asc(entity::Column::Id)
        .limit(NEEDS_MAX)
        .all(source.connection())
        .await?)
}

/// Everybody's needs that other calendars call by these names, or that have these ids, whoever owns them.
pub async fn of_calendar(
    source: &impl Source,
    uids: Vec<String>,
    ids: Vec<NeedId>,
) -> Result<Vec<Need>, StorageError> {
    let named = Condition::any()
        .add(entity::Column::CalendarUid.is_in(uids))
        .add(entity::Column::Id.is_in(ids));
    Ok(entity::Entity::find()
        .filter(named)
        .all(source.connection())
        .await?)
}

/// Open needs of people that were not looked at on this day yet, by day, 1,000 at most.
pub async fn unlooked(source: &impl Source, today: Day) -> Result<Vec<Need>, StorageError> {
    Ok(entity::Entity::find()
        .filter(entity::Column::ClosedAt.is_null())
        .filter(entity::Column::OwnerId.is_not_null())
        .filter(is_unlooked(today))
        .order_by_asc(entity::Column::NeedOn)
        .order_by_asc(entity::Column::Id)
        .limit(NEEDS_MAX)
        .all(source.connection())
        .await?)
}

fn is_unlooked(today: Day) -> Condition {
    Condition::any()
        .add(entity::Column::AlarmOn.is_null())
        .add(entity::Column::AlarmOn.lt(today))
}

/// Notes that these were looked at; how many of them nobody else had looked at before. No change of the
/// need, so its version stays.
pub async fn note_looked(tx: &Tx, ids: Vec<NeedId>, today: Day) -> Result<u64, StorageError> {
    let noted = entity::Entity::update_many()
        .col_expr(entity::Column::AlarmOn, Expr::value(today))
        .filter(entity::Column::Id.is_in(ids))
        .filter(is_unlooked(today))
        .exec(tx.inner())
        .await?;
    Ok(noted.rows_affected)
}

/// Notes which alarm the owners of these needs were told of.
pub async fn note_alarm(
    tx: &Tx,
    ids: Vec<NeedId>,
    alarm: Option<NeedAlarm>,
) -> Result<(), StorageError> {
    entity::Entity::update_many()
        .col_expr(entity::Column::Alarm, Expr::value(alarm))
        .filter(entity::Column::Id.is_in(ids))
        .exec(tx.inner())
        .await?;
    Ok(())
}

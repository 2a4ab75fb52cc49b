//! Dated needs of colleagues who are not selling; what they ask for stands in their tags.

use domain::{
    access::Scope,
    activity::Activity,
    id::{AccountId, NeedId, UserId},
    need::NeedKind,
    time::{Day, Timestamp},
};
use sea_orm::{QueryFilter, QueryOrder, QuerySelect, entity::prelude::*};

use crate::{
    error::StorageError,
    record::{Source, scope_condition, versioned_record},
};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    use super::{AccountId, Activity, Day, NeedId, NeedKind, Timestamp, UserId};

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

//! Changes of many records at once: what was asked, by whom, and whether it was taken back.

use domain::{
    access::Scope,
    id::{BulkChangeId, UserId},
    time::Timestamp,
};
use sea_orm::{QueryFilter, QueryOrder, QuerySelect, entity::prelude::*};

use crate::{
    error::StorageError,
    record::{self, Source, versioned_record},
};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    use super::{BulkChangeId, Timestamp, UserId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "bulk_changes")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: BulkChangeId,
        pub version: i64,
        /// The list whose records were changed.
        pub list: String,
        /// What became of them, as it was asked; JSON.
        pub change: String,
        /// How many records it changed.
        pub changed: i64,
        pub made_by: Option<UserId>,
        pub made_at: Timestamp,
        pub undone_at: Option<Timestamp>,
        /// Records that got their former value when it was taken back.
        pub put_back: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as BulkChange;

versioned_record!(BulkChange);

/// A change belongs to who made it.
fn in_scope(scope: &Scope) -> sea_orm::Condition {
    record::scope_condition(scope, entity::Column::MadeBy)
}

pub async fn find(
    source: &impl Source,
    scope: &Scope,
    id: BulkChangeId,
) -> Result<Option<BulkChange>, StorageError> {
    Ok(entity::Entity::find_by_id(id)
        .filter(in_scope(scope))
        .one(source.connection())
        .await?)
}

/// The changes since an instant, the newest first, at most 100.
pub async fn recent(
    source: &impl Source,
    scope: &Scope,
    since: Timestamp,
) -> Result<Vec<BulkChange>, StorageError> {
    Ok(entity::Entity::find()
        .filter(in_scope(scope))
        .filter(entity::Column::MadeAt.gte(since))
        .order_by_desc(entity::Column::MadeAt)
        .order_by_desc(entity::Column::Id)
        .limit(100)
        .all(source.connection())
        .await?)
}

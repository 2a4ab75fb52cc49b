//! Searches that people keep for themselves.

use domain::{
    id::{SavedSearchId, UserId},
    time::Timestamp,
};
use sea_orm::{Condition, QueryFilter, QueryOrder, QuerySelect, entity::prelude::*};

use crate::{
    error::StorageError,
    record::{self, Source, versioned_record},
    tx::Tx,
};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    use super::{SavedSearchId, Timestamp, UserId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "saved_searches")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: SavedSearchId,
        pub version: i64,
        pub user_id: UserId,
        pub name: String,
        /// The search as it is asked.
        pub ask: String,
        pub alerts: bool,
        /// Whom the search found when it was last looked at.
        pub known: String,
        pub created_at: Timestamp,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as SavedSearch;

versioned_record!(SavedSearch);

/// Searches that a person may keep.
pub const SAVED_MAX: u64 = 100;

/// A person's own searches, newest first; all of them.
pub async fn of_user(source: &impl Source, user: UserId) -> Result<Vec<SavedSearch>, StorageError> {
    Ok(entity::Entity::find()
        .filter(entity::Column::UserId.eq(user))
        .order_by_desc(entity::Column::Id)
        .limit(SAVED_MAX)
        .all(source.connection())
        .await?)
}

/// The next searches with an alert behind an id, of one person after the other.
pub async fn alerting(
    source: &impl Source,
    after: Option<(UserId, SavedSearchId)>,
    limit: u64,
) -> Result<Vec<SavedSearch>, StorageError> {
    let mut select = entity::Entity::find().filter(entity::Column::Alerts.eq(true));
    if let Some((user, id)) = after {
        let further = Condition::all()
            .add(entity::Column::UserId.eq(user))
            .add(entity::Column::Id.gt(id));
        let others = Condition::any().add(entity::Column::UserId.gt(user));
        select = select.filter(others.add(further));
    }
    Ok(select
        .order_by_asc(entity::Column::UserId)
        .order_by_asc(entity::Column::Id)
        .limit(limit)
        .all(source.connection())
        .await?)
}

const NOTE_KNOWN: &str = "update saved_searches set known = $1 where id = $2 and known = $3";
const REMOVE: &str = "delete from saved_searches where id = $1 and user_id = $2";

/// Notes whom the search finds now; `false` when somebody else noted it first.
pub async fn note_known(tx: &Tx, row: &SavedSearch, known: &str) -> Result<bool, StorageError> {
    let values = vec![known.into(), row.id.into(), row.known.as_str().into()];
    Ok(record::execute(tx, NOTE_KNOWN, values).await? == 1)
}

/// Removes a person's own search; `false` when there is none.
pub async fn remove(tx: &Tx, user: UserId, id: SavedSearchId) -> Result<bool, StorageError> {
    Ok(record::execute(tx, REMOVE, vec![id.into(), user.into()]).await? == 1)
}

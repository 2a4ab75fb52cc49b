//! Views of lists that people keep for themselves or share, and which of them they pinned.

use std::collections::HashSet;

use domain::{
    id::{ListViewId, UserId},
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

    use super::{ListViewId, Timestamp, UserId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "list_views")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ListViewId,
        pub version: i64,
        pub user_id: UserId,
        /// The list that it is a view of.
        pub list: String,
        pub name: String,
        /// The parameters of the list's address, as JSON.
        pub state: String,
        /// Whether every colleague who reads the list may open it.
        pub is_shared: bool,
        pub created_at: Timestamp,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod pin_entity {
    use sea_orm::entity::prelude::*;

    use super::{ListViewId, UserId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "list_view_pins")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub user_id: UserId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub view_id: ListViewId,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as ListView;

versioned_record!(ListView);

/// Views that a person may keep.
pub const VIEWS_MAX: u64 = 100;
/// Views of others that a person is offered.
const SHARED_MAX: u64 = 400;

/// The person's own views and those that others share, in the order of their names.
pub async fn of_reader(source: &impl Source, user: UserId) -> Result<Vec<ListView>, StorageError> {
    Ok(entity::Entity::find()
        .filter(
            Condition::any()
                .add(entity::Column::UserId.eq(user))
                .add(entity::Column::IsShared.eq(true)),
        )
        .order_by_asc(entity::Column::Name)
        .order_by_asc(entity::Column::Id)
        .limit(VIEWS_MAX + SHARED_MAX)
        .all(source.connection())
        .await?)
}

/// How many views a person keeps.
pub async fn count(source: &impl Source, user: UserId) -> Result<u64, StorageError> {
    Ok(entity::Entity::find()
        .filter(entity::Column::UserId.eq(user))
        .count(source.connection())
        .await?)
}

/// The views that a person pinned.
pub async fn pinned(
    source: &impl Source,
    user: UserId,
) -> Result<HashSet<ListViewId>, StorageError> {
    let rows = pin_entity::Entity::find()
        .filter(pin_entity::Column::UserId.eq(user))
        .all(source.connection())
        .await?;
    Ok(rows.into_iter().map(|row| row.view_id).collect())
}

const PIN: &str =
    "insert into list_view_pins (user_id, view_id) values ($1, $2) on conflict do nothing";
const UNPIN: &str = "delete from list_view_pins where user_id = $1 and view_id = $2";
const UNPIN_ALL: &str = "delete from list_view_pins where view_id = $1";
const UNPIN_OTHERS: &str = "delete from list_view_pins where view_id = $1 and user_id <> $2";
const REMOVE: &str = "delete from list_views where id = $1 and user_id = $2";

/// Pins a view; once is enough.
pub async fn pin(tx: &Tx, user: UserId, view: ListViewId) -> Result<(), StorageError> {
    record::execute(tx, PIN, vec![user.into(), view.into()]).await?;
    Ok(())
}

pub async fn unpin(tx: &Tx, user: UserId, view: ListViewId) -> Result<(), StorageError> {
    record::execute(tx, UNPIN, vec![user.into(), view.into()]).await?;
    Ok(())
}

/// Takes the pins of everybody else away from a view that is private again.
pub async fn unpin_others(tx: &Tx, view: ListViewId, keeper: UserId) -> Result<(), StorageError> {
    record::execute(tx, UNPIN_OTHERS, vec![view.into(), keeper.into()]).await?;
    Ok(())
}

/// Removes a person's own view and every pin of it; `false` when there is none.
pub async fn remove(tx: &Tx, user: UserId, id: ListViewId) -> Result<bool, StorageError> {
    record::execute(tx, UNPIN_ALL, vec![id.into()]).await?;
    Ok(record::execute(tx, REMOVE, vec![id.into(), user.into()]).await? == 1)
}

//! The in-app inbox.

use domain::{
    id::{NoticeId, UserId},
    notice::NoticeClass,
    time::Timestamp,
};
use sea_orm::{QueryFilter, entity::prelude::*};

use crate::{
    error::StorageError,
    page::{self, Listed, Page, Sort},
    record::{self, Source},
    tx::Tx,
};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    use super::{NoticeClass, NoticeId, Timestamp, UserId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "notices")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: NoticeId,
        pub user_id: UserId,
        pub class: NoticeClass,
        pub title: String,
        pub body: String,
        /// The screen it leads to.
        pub path: String,
        pub created_at: Timestamp,
        pub read_at: Option<Timestamp>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Notice;

pub async fn insert_all(tx: &Tx, rows: Vec<Notice>) -> Result<(), StorageError> {
    record::insert_all::<entity::Entity, _>(tx, rows).await
}

/// One entry, for the mail about it and for its own reader; the caller checks whose it is.
pub async fn find(source: &impl Source, id: NoticeId) -> Result<Option<Notice>, StorageError> {
    Ok(entity::Entity::find_by_id(id)
        .one(source.connection())
        .await?)
}

/// A person's own inbox, newest first.
pub async fn list(
    source: &impl Source,
    user: UserId,
    unread_only: bool,
    page: &Page,
) -> Result<Listed<Notice>, StorageError> {
    let mut select = entity::Entity::find().filter(entity::Column::UserId.eq(user));
    if unread_only {
        select = select.filter(entity::Column::ReadAt.is_null());
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

const READ: &str =
    "update notices set read_at = $1 where id = $2 and user_id = $3 and read_at is null";
const READ_ALL: &str = "update notices set read_at = $1 where user_id = $2 and read_at is null";

/// Marks one entry of a person's inbox as read; `false` when there is none or it was read.
pub async fn mark_read(tx: &Tx, user: UserId, id: NoticeId) -> Result<bool, StorageError> {
    Ok(record::execute(tx, READ, vec![tx.now().into(), id.into(), user.into()]).await? == 1)
}

pub async fn mark_all_read(tx: &Tx, user: UserId) -> Result<u64, StorageError> {
    record::execute(tx, READ_ALL, vec![tx.now().into(), user.into()]).await
}

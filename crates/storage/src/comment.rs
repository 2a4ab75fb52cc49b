//! What colleagues write to each other on a record. Refuses to know who may read the record.

use std::collections::HashMap;

use domain::{
    id::{CommentId, UserId},
    record::RecordKind,
    time::Timestamp,
};
use sea_orm::{Condition, ExprTrait, QueryFilter, QueryOrder, entity::prelude::*};

use crate::{
    error::StorageError,
    page::{self, Listed, Page, Sort},
    record::{self, Source},
    tx::Tx,
};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    use super::{CommentId, RecordKind, Timestamp, UserId};

    /// Never changed, so without a version: it stands or is removed.
    #[derive(
        Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize,
    )]
    #[sea_orm(table_name = "comments")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: CommentId,
        pub record_kind: RecordKind,
        pub record_id: Uuid,
        pub author_id: UserId,
        pub body: String,
        pub written_at: Timestamp,
        /// Since when it is gone for everybody; it goes for good after a day.
        pub removed_at: Option<Timestamp>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Comment;

pub async fn insert_all(tx: &Tx, rows: Vec<Comment>) -> Result<(), StorageError> {
    record::insert_all::<entity::Entity, _>(tx, rows).await
}

/// A comment, removed or not; the caller checks who may read its record.
pub async fn find(source: &impl Source, id: CommentId) -> Result<Option<Comment>, StorageError> {
    Ok(entity::Entity::find_by_id(id)
        .one(source.connection())
        .await?)
}

/// The comments on a record that stand, newest first.
pub async fn list(
    source: &impl Source,
    kind: RecordKind,
    id: Uuid,
    page: &Page,
) -> Result<Listed<Comment>, StorageError> {
    let select = entity::Entity::find()
        .filter(entity::Column::RecordKind.eq(kind))
        .filter(entity::Column::RecordId.eq(id))
        .filter(entity::Column::RemovedAt.is_null());
    page::read(
        source.connection(),
        select,
        Sort::by((entity::Entity, entity::Column::WrittenAt)).descending(),
        entity::Column::Id,
        page,
        |row| row.id.0,
    )
    .await
}

/// Every comment on these records, removed or not.
pub async fn of_records(
    source: &impl Source,
    records: &[(RecordKind, Uuid)],
) -> Result<Vec<Comment>, StorageError> {
    let mut by_kind: HashMap<RecordKind, Vec<Uuid>> = HashMap::new();
    for (kind, id) in records {
        by_kind.entry(*kind).or_default().push(*id);
    }
    if by_kind.is_empty() {
        return Ok(Vec::new());
    }
    let of_kind = |(kind, ids): (RecordKind, Vec<Uuid>)| {
        let is_kind = entity::Column::RecordKind.eq(kind);
        is_kind.and(entity::Column::RecordId.is_in(ids))
    };
    let wanted = by_kind.into_iter().map(of_kind);
    Ok(entity::Entity::find()
        .filter(wanted.fold(Condition::any(), Condition::add))
        .order_by_asc(entity::Column::Id)
        .all(source.connection())
        .await?)
}

const REMOVE: &str = "update comments set removed_at = $1 where id = $2 and removed_at is null";
const PUT_BACK: &str =
    "update comments set removed_at = null where id = $1 and removed_at is not null";
const FORGET: &str = "delete from comments where removed_at < $1";

/// Takes a comment away; `false` when it was gone before.
pub async fn remove(tx: &Tx, id: CommentId) -> Result<bool, StorageError> {
    Ok(record::execute(tx, REMOVE, vec![tx.now().into(), id.into()]).await? == 1)
}

/// Puts a removed comment back; `false` when it stands.
pub async fn put_back(tx: &Tx, id: CommentId) -> Result<bool, StorageError> {
    Ok(record::execute(tx, PUT_BACK, vec![id.into()]).await? == 1)
}

/// Deletes for good what was removed before an instant.
pub async fn forget(tx: &Tx, before: Timestamp) -> Result<u64, StorageError> {
    record::execute(tx, FORGET, vec![before.into()]).await
}

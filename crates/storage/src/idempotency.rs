//! Which record a create with a key made, kept for a day, so that a retry creates nothing.

use domain::time::Timestamp;
use sea_orm::entity::prelude::*;

use crate::{
    error::StorageError,
    record::{self, Source},
    tx::Tx,
};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    use super::Timestamp;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "idempotency_keys")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub owner: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub idempotency_key: String,
        pub operation: String,
        pub body_digest: String,
        /// The record that the create made.
        pub record_id: Uuid,
        pub created_at: Timestamp,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as IdempotencyKey;

pub async fn find(
    source: &impl Source,
    owner: &str,
    key: &str,
) -> Result<Option<IdempotencyKey>, StorageError> {
    Ok(
        entity::Entity::find_by_id((owner.to_owned(), key.to_owned()))
            .one(source.connection())
            .await?,
    )
}

/// Notes the key in the transaction that makes the record; [`StorageError::Duplicate`] when another
/// write with the same key came first.
pub async fn insert(tx: &Tx, row: IdempotencyKey) -> Result<(), StorageError> {
    record::insert::<entity::Entity, _>(tx, row).await
}

const PRUNE: &str = "delete from idempotency_keys where created_at < $1";

pub async fn prune(tx: &Tx, before: Timestamp) -> Result<u64, StorageError> {
    record::execute(tx, PRUNE, vec![before.into()]).await
}

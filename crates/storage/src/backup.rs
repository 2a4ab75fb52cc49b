//! What is kept of backups: that they were made.

use domain::{
    backup::BackupPlace,
    id::{BackupId, UserId},
    time::Timestamp,
};
use sea_orm::{QueryOrder, entity::prelude::*};

use crate::{
    error::StorageError,
    record::{self, Source},
    tx::Tx,
};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    use super::{BackupId, BackupPlace, Timestamp, UserId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "backups")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: BackupId,
        pub made_at: Timestamp,
        pub byte_count: i64,
        /// Rows of all tables.
        pub row_count: i64,
        pub place: BackupPlace,
        pub made_by: Option<UserId>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Backup;

pub async fn insert(tx: &Tx, row: Backup) -> Result<(), StorageError> {
    record::insert::<entity::Entity, _>(tx, row).await
}

/// The newest backup; none when none was made.
pub async fn newest(source: &impl Source) -> Result<Option<Backup>, StorageError> {
    Ok(entity::Entity::find()
        .order_by_desc(entity::Column::MadeAt)
        .order_by_desc(entity::Column::Id)
        .one(source.connection())
        .await?)
}

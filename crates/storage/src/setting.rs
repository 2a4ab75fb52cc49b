//! Program settings: one versioned JSON value per name.

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
    #[sea_orm(table_name = "settings")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub name: String,
        pub version: i64,
        pub body: String,
        pub updated_at: Timestamp,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Setting;

pub async fn find(source: &impl Source, name: &str) -> Result<Option<Setting>, StorageError> {
    Ok(entity::Entity::find_by_id(name)
        .one(source.connection())
        .await?)
}

const PUT: &str = "
insert into settings (name, version, body, updated_at)
values ($1, 1, $2, $3)
on conflict (name) do update
set body = excluded.body, version = settings.version + 1, updated_at = excluded.updated_at
where settings.version = $4";

/// Writes a setting whose version was `read` (0 when it was never set).
pub async fn put(
    tx: &Tx,
    name: &str,
    body: &serde_json::Value,
    read: i64,
) -> Result<(), StorageError> {
    let written = record::execute(
        tx,
        PUT,
        vec![
            name.into(),
            body.to_string().into(),
            tx.now().into(),
            read.into(),
        ],
    )
    .await?;
    if written == 1 {
        Ok(())
    } else {
        Err(StorageError::Stale)
    }
}

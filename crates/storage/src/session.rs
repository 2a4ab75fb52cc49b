//! Signed-in browsers. The cookie's secret is kept as a hash only.

use domain::{
    id::{SessionId, UserId},
    time::Timestamp,
};
use sea_orm::{QueryFilter, entity::prelude::*};

use crate::{
    error::StorageError,
    record::{self, Source},
    tx::Tx,
};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    use super::{SessionId, Timestamp, UserId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "sessions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: SessionId,
        pub token_hash: String,
        pub user_id: UserId,
        pub created_at: Timestamp,
        pub seen_at: Timestamp,
        pub expires_at: Timestamp,
        pub revoked_at: Option<Timestamp>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Session;

pub async fn insert(tx: &Tx, row: Session) -> Result<(), StorageError> {
    record::insert::<entity::Entity, _>(tx, row).await
}

/// The live session with this hash: knowing the secret is the permission.
pub async fn find_by_hash(
    source: &impl Source,
    token_hash: &str,
) -> Result<Option<Session>, StorageError> {
    Ok(entity::Entity::find()
        .filter(entity::Column::TokenHash.eq(token_hash))
        .filter(entity::Column::RevokedAt.is_null())
        .one(source.connection())
        .await?)
}

const SEEN: &str = "update sessions set seen_at = $1 where id = $2";
const REVOKE: &str = "update sessions set revoked_at = $1 where id = $2 and revoked_at is null";
const REVOKE_ALL: &str =
    "update sessions set revoked_at = $1 where user_id = $2 and revoked_at is null";

/// Notes that the session was used; the caller does so at most once a minute.
pub async fn touch(tx: &Tx, id: SessionId) -> Result<(), StorageError> {
    record::execute(tx, SEEN, vec![tx.now().into(), id.into()]).await?;
    Ok(())
}

pub async fn revoke(tx: &Tx, id: SessionId) -> Result<(), StorageError> {
    record::execute(tx, REVOKE, vec![tx.now().into(), id.into()]).await?;
    Ok(())
}

/// Ends every session of a person and returns how many there were.
pub async fn revoke_all(tx: &Tx, user: UserId) -> Result<u64, StorageError> {
    record::execute(tx, REVOKE_ALL, vec![tx.now().into(), user.into()]).await
}

const PRUNE: &str = "delete from sessions where expires_at < $1 or revoked_at < $1";

/// Removes sessions that ended before an instant.
pub async fn prune(tx: &Tx, before: Timestamp) -> Result<u64, StorageError> {
    record::execute(tx, PRUNE, vec![before.into()]).await
}

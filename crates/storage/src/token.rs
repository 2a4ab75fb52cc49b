//! Scoped keys for programs, kept as a hash only.

use domain::{
    id::{TokenId, UserId},
    time::{Day, Timestamp},
};
use sea_orm::{QueryFilter, QueryOrder, QuerySelect, entity::prelude::*};

use crate::{
    error::StorageError,
    record::{self, Source},
    tx::Tx,
};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    use super::{Day, Timestamp, TokenId, UserId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "api_tokens")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: TokenId,
        pub user_id: UserId,
        pub name: String,
        pub token_hash: String,
        /// Action names, separated by commas.
        pub scopes: String,
        pub expires_on: Day,
        pub created_at: Timestamp,
        pub seen_at: Option<Timestamp>,
        pub revoked_at: Option<Timestamp>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as ApiToken;

pub async fn insert(tx: &Tx, row: ApiToken) -> Result<(), StorageError> {
    record::insert::<entity::Entity, _>(tx, row).await
}

/// The live token with this hash: knowing the secret is the permission.
pub async fn find_by_hash(
    source: &impl Source,
    token_hash: &str,
) -> Result<Option<ApiToken>, StorageError> {
    Ok(entity::Entity::find()
        .filter(entity::Column::TokenHash.eq(token_hash))
        .filter(entity::Column::RevokedAt.is_null())
        .one(source.connection())
        .await?)
}

/// A person's own live tokens, newest first, at most 200.
pub async fn of_user(source: &impl Source, user: UserId) -> Result<Vec<ApiToken>, StorageError> {
    Ok(entity::Entity::find()
        .filter(entity::Column::UserId.eq(user))
        .filter(entity::Column::RevokedAt.is_null())
        .order_by_desc(entity::Column::Id)
        .limit(200)
        .all(source.connection())
        .await?)
}

const SEEN: &str = "update api_tokens set seen_at = $1 where id = $2";
const REVOKE: &str =
    "update api_tokens set revoked_at = $1 where id = $2 and user_id = $3 and revoked_at is null";

/// Notes that the token was used; the caller does so at most once a minute.
pub async fn touch(tx: &Tx, id: TokenId) -> Result<(), StorageError> {
    record::execute(tx, SEEN, vec![tx.now().into(), id.into()]).await?;
    Ok(())
}

/// Ends a person's own token; `false` when there is none.
pub async fn revoke(tx: &Tx, user: UserId, id: TokenId) -> Result<bool, StorageError> {
    Ok(record::execute(tx, REVOKE, vec![tx.now().into(), id.into(), user.into()]).await? == 1)
}

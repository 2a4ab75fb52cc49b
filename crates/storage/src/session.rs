//! Signed-in browsers. The cookie's secret is kept as a hash only.

use domain::{
    access::Role,
    id::{SessionId, UserId},
    time::Timestamp,
};
use sea_orm::{Condition, QueryFilter, QueryOrder, QuerySelect, entity::prelude::*};

use crate::{
    error::StorageError,
    record::{self, Source, sealed::Connected},
    tx::Tx,
};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    use super::{Role, SessionId, Timestamp, UserId};

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
        pub viewed_user_id: Option<UserId>,
        pub viewed_role: Option<Role>,
        /// Since when the session looks through the eyes of the two above.
        pub viewing_since: Option<Timestamp>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Session;

/// Through whose eyes a session looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Viewed {
    User(UserId),
    /// Somebody with this role and no records of their own.
    Role(Role),
}

impl Session {
    /// Who is looked through, and since when.
    pub fn viewing(&self) -> Option<(Viewed, Timestamp)> {
        let user = self.viewed_user_id.map(Viewed::User);
        let viewed = user.or_else(|| self.viewed_role.map(Viewed::Role))?;
        Some((viewed, self.viewing_since?))
    }
}

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

/// A session by its id, ended or not, for what is noted about it.
pub async fn find(source: &impl Source, id: SessionId) -> Result<Option<Session>, StorageError> {
    Ok(entity::Entity::find_by_id(id)
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

const VIEW: &str = "update sessions set viewed_user_id = $1, viewed_role = $2, viewing_since = $3 where id = $4 and revoked_at is null";

/// Makes a session look through other eyes from now on.
pub async fn begin_viewing(tx: &Tx, id: SessionId, viewed: Viewed) -> Result<(), StorageError> {
    let (user, role) = match viewed {
        Viewed::User(user) => (Some(user), None),
        Viewed::Role(role) => (None, Some(role)),
    };
    let values = vec![user.into(), role.into(), tx.now().into(), id.into()];
    record::execute(tx, VIEW, values).await?;
    Ok(())
}

const END_VIEWING: &str = "update sessions set viewed_user_id = null, viewed_role = null, viewing_since = null where id = $1 and viewing_since is not null";

/// Gives a session its own eyes back; whether it looked through others.
pub async fn end_viewing(tx: &Tx, id: SessionId) -> Result<bool, StorageError> {
    Ok(record::execute(tx, END_VIEWING, vec![id.into()]).await? > 0)
}

/// The most sessions that one tidying takes along.
const VIEWINGS_MAX: u64 = 1_000;

/// Sessions that have looked through others since before an instant, or ended while they did.
pub async fn viewings_over(tx: &Tx, since: Timestamp) -> Result<Vec<Session>, StorageError> {
    let is_over = Condition::any()
        .add(entity::Column::ViewingSince.lt(since))
        .add(entity::Column::RevokedAt.is_not_null())
        .add(entity::Column::ExpiresAt.lt(tx.now()));
    Ok(entity::Entity::find()
        .filter(entity::Column::ViewingSince.is_not_null())
        .filter(is_over)
        .order_by_asc(entity::Column::Id)
        .limit(VIEWINGS_MAX)
        .all(tx.connection())
        .await?)
}

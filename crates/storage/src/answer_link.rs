//! Signed links to people without a login. Only the hash of a link is kept.

use domain::{
    candidate::LinkPurpose,
    id::{CandidateId, LinkId},
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

    use super::{CandidateId, LinkId, LinkPurpose, Timestamp};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "answer_links")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: LinkId,
        pub token_hash: String,
        pub purpose: LinkPurpose,
        pub candidate_id: CandidateId,
        pub created_at: Timestamp,
        pub expires_at: Timestamp,
        pub used_at: Option<Timestamp>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as AnswerLink;

pub async fn insert(tx: &Tx, row: AnswerLink) -> Result<(), StorageError> {
    record::insert::<entity::Entity, _>(tx, row).await
}

/// The link with this hash: knowing the secret is the permission.
pub async fn find_by_hash(
    source: &impl Source,
    token_hash: &str,
) -> Result<Option<AnswerLink>, StorageError> {
    Ok(entity::Entity::find()
        .filter(entity::Column::TokenHash.eq(token_hash))
        .one(source.connection())
        .await?)
}

const USE_LINK: &str = "update answer_links set used_at = $1 where id = $2 and used_at is null";

/// Spends a link; `false` when it was spent before.
pub async fn spend(tx: &Tx, id: LinkId) -> Result<bool, StorageError> {
    Ok(record::execute(tx, USE_LINK, vec![tx.now().into(), id.into()]).await? == 1)
}

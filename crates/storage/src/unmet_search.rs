//! Searches without a match: measured demand, with the value of the deal.

use domain::{
    access::Scope,
    id::{OpportunityId, UnmetSearchId, UserId},
    money::Currency,
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

    use super::{Currency, OpportunityId, Timestamp, UnmetSearchId, UserId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "unmet_searches")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: UnmetSearchId,
        pub user_id: Option<UserId>,
        pub opportunity_id: Option<OpportunityId>,
        pub criteria: String,
        pub amount_minor: Option<i64>,
        pub currency: Option<Currency>,
        pub at: Timestamp,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as UnmetSearch;

pub async fn insert(tx: &Tx, row: UnmetSearch) -> Result<(), StorageError> {
    record::insert::<entity::Entity, _>(tx, row).await
}

/// The searches without a match, newest first.
pub async fn list(
    source: &impl Source,
    scope: &Scope,
    page: &Page,
) -> Result<Listed<UnmetSearch>, StorageError> {
    let sort = Sort::by((entity::Entity, entity::Column::At)).descending();
    page::read(
        source.connection(),
        in_scope(scope),
        sort,
        entity::Column::Id,
        page,
        |row| row.id.0,
    )
    .await
}

/// How many searches found nobody from a moment on.
pub async fn count_since(
    source: &impl Source,
    scope: &Scope,
    since: Timestamp,
) -> Result<u64, StorageError> {
    Ok(in_scope(scope)
        .filter(entity::Column::At.gte(since))
        .count(source.connection())
        .await?)
}

fn in_scope(scope: &Scope) -> Select<entity::Entity> {
    match scope {
        Scope::Everything => entity::Entity::find(),
        Scope::Own(people) => {
            entity::Entity::find().filter(entity::Column::UserId.is_in(people.iter().copied()))
        }
        Scope::Nothing => entity::Entity::find().filter(entity::Column::Id.is_null()),
    }
}

/// Adds many searches at once.
pub async fn insert_all(tx: &Tx, rows: Vec<UnmetSearch>) -> Result<(), StorageError> {
    record::insert_all::<entity::Entity, _>(tx, rows).await
}

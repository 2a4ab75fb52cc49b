//! Searches without a match: measured demand, with the value of the deal.

use domain::{
    id::{OpportunityId, UnmetSearchId, UserId},
    money::Currency,
    time::Timestamp,
};

use crate::{error::StorageError, record, tx::Tx};

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

/// Adds many searches at once.
pub async fn insert_all(tx: &Tx, rows: Vec<UnmetSearch>) -> Result<(), StorageError> {
    record::insert_all::<entity::Entity, _>(tx, rows).await
}

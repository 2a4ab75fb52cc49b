//! What-if scenarios that people keep.

use domain::{
    id::{ScenarioId, UserId},
    time::Timestamp,
};
use sea_orm::{PaginatorTrait, QueryOrder, QuerySelect, entity::prelude::*};

use crate::{
    error::StorageError,
    record::{self, Source, versioned_record},
    tx::Tx,
};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    use super::{ScenarioId, Timestamp, UserId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "scenarios")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ScenarioId,
        pub version: i64,
        pub name: String,
        /// The question, as JSON.
        pub body: String,
        /// Who saved it last; `None` for the person at the machine's command line.
        pub saved_by: Option<UserId>,
        pub saved_at: Timestamp,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Scenario;

/// Scenarios that a program keeps.
pub const SCENARIOS_MAX: u64 = 200;

versioned_record!(Scenario);

/// One of them, if it is kept.
pub async fn find(source: &impl Source, id: ScenarioId) -> Result<Option<Scenario>, StorageError> {
    Ok(entity::Entity::find_by_id(id)
        .one(source.connection())
        .await?)
}

/// All of them, saved last first.
pub async fn list(source: &impl Source) -> Result<Vec<Scenario>, StorageError> {
    Ok(entity::Entity::find()
        .order_by_desc(entity::Column::SavedAt)
        .order_by_desc(entity::Column::Id)
        .limit(SCENARIOS_MAX)
        .all(source.connection())
        .await?)
}

/// How many are kept.
pub async fn count(source: &impl Source) -> Result<u64, StorageError> {
    Ok(entity::Entity::find().count(source.connection()).await?)
}

const REMOVE: &str = "delete from scenarios where id = $1";

/// Removes a scenario.
pub async fn remove(tx: &Tx, id: ScenarioId) -> Result<(), StorageError> {
    record::execute(tx, REMOVE, vec![id.into()]).await?;
    Ok(())
}

//! Growth goals that the program team keeps.

use domain::{
    id::{GrowthGoalId, UserId},
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

    use super::{GrowthGoalId, Timestamp, UserId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "growth_goals")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: GrowthGoalId,
        pub version: i64,
        pub name: String,
        /// Days, change and terms, as JSON.
        pub body: String,
        /// Who saved it last; `None` for the person at the machine's command line.
        pub saved_by: Option<UserId>,
        pub saved_at: Timestamp,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as GrowthGoal;

/// Growth goals that a program keeps at most: every plan reads all of them.
pub const GROWTH_GOALS_MAX: u64 = 20;

versioned_record!(GrowthGoal);

/// One of them, if it is kept.
pub async fn find(
    source: &impl Source,
    id: GrowthGoalId,
) -> Result<Option<GrowthGoal>, StorageError> {
    Ok(entity::Entity::find_by_id(id)
        .one(source.connection())
        .await?)
}

/// All of them, saved last first.
pub async fn list(source: &impl Source) -> Result<Vec<GrowthGoal>, StorageError> {
    Ok(entity::Entity::find()
        .order_by_desc(entity::Column::SavedAt)
        .order_by_desc(entity::Column::Id)
        .limit(GROWTH_GOALS_MAX)
        .all(source.connection())
        .await?)
}

/// How many are kept.
pub async fn count(source: &impl Source) -> Result<u64, StorageError> {
    Ok(entity::Entity::find().count(source.connection()).await?)
}

const REMOVE: &str = "delete from growth_goals where id = $1";

/// Removes a goal.
pub async fn remove(tx: &Tx, id: GrowthGoalId) -> Result<(), StorageError> {
    record::execute(tx, REMOVE, vec![id.into()]).await?;
    Ok(())
}

//! Saved versions of the calculator's inputs, and what was asked in fact beside them.

use domain::{
    id::{PlanVersionId, UserId},
    time::{Day, Timestamp},
};
use sea_orm::{FromQueryResult, QueryFilter, entity::prelude::*};

use crate::{
    error::StorageError,
    page::{self, Listed, Page, Sort},
    record::{self, Source},
    tx::Tx,
};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    use super::{PlanVersionId, Timestamp, UserId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "plan_versions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: PlanVersionId,
        pub why: String,
        /// The inputs, as JSON.
        pub body: String,
        /// `None` for the person at the machine's command line.
        pub saved_by: Option<UserId>,
        pub saved_at: Timestamp,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as PlanVersion;

pub async fn insert(tx: &Tx, row: PlanVersion) -> Result<(), StorageError> {
    record::insert::<entity::Entity, _>(tx, row).await
}

pub async fn find(
    source: &impl Source,
    id: PlanVersionId,
) -> Result<Option<PlanVersion>, StorageError> {
    Ok(entity::Entity::find_by_id(id)
        .one(source.connection())
        .await?)
}

/// Saved versions, newest first.
pub async fn list(source: &impl Source, page: &Page) -> Result<Listed<PlanVersion>, StorageError> {
    let sort = Sort::by((entity::Entity, entity::Column::SavedAt)).descending();
    page::read(
        source.connection(),
        entity::Entity::find(),
        sort,
        entity::Column::Id,
        page,
        |row| row.id.0,
    )
    .await
}

/// The newest versions saved before an instant, newest first, `limit` at most.
pub async fn newest_before(
    source: &impl Source,
    before: Timestamp,
    limit: u64,
) -> Result<Vec<PlanVersion>, StorageError> {
    use sea_orm::{QueryOrder, QuerySelect};
    Ok(entity::Entity::find()
        .filter(entity::Column::SavedAt.lt(before))
        .order_by_desc(entity::Column::SavedAt)
        .order_by_desc(entity::Column::Id)
        .limit(limit)
        .all(source.connection())
        .await?)
}

/// References asked for on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromQueryResult)]
pub struct AskedOnDay {
    /// Days since 1970.
    pub day_number: i64,
    pub wanted: i64,
}

const ASKED: &str = "
select created_at / 86400000000 as day_number, cast(sum(wanted) as bigint) as wanted
from requests
where opportunity_id is not null and status <> 'draft' and created_at >= $1 and created_at < $2
group by created_at / 86400000000
order by day_number";

/// References that deals asked for, by day, from `from` to before `to`; at most one row a day.
pub async fn asked_by_day(
    source: &impl Source,
    from: Day,
    to: Day,
) -> Result<Vec<AskedOnDay>, StorageError> {
    record::all(source, ASKED, vec![from.start().into(), to.start().into()]).await
}

//! Recruiting targets, who was nominated for them, and how nominations ended.

use domain::{
    activity::Activity,
    advocate::AdvocateStatus,
    id::{AdvocateId, RecruitingTargetId, UserId},
    money::Currency,
    time::{Day, Timestamp},
};
use sea_orm::{FromQueryResult, QueryFilter, QueryOrder, QuerySelect, entity::prelude::*};

use crate::{
    error::StorageError,
    record::{self, Source, versioned_record},
    tx::Tx,
};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    use super::{Activity, Currency, Day, RecruitingTargetId, Timestamp, UserId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "recruiting_targets")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RecruitingTargetId,
        pub version: i64,
        /// Keys of the facets that the segment is named by, with commas between.
        pub facets: String,
        /// The segment's key: ids of terms, `+` within a facet, `/` between facets.
        pub segment: String,
        /// The terms are the broadest above those that deals carry.
        pub is_broad: bool,
        pub activity: Activity,
        /// Advocates to recruit.
        pub wanted: i64,
        pub start_by: Option<Day>,
        /// Money that so many advocates would have covered when the target was made.
        pub worth_minor: i64,
        pub currency: Currency,
        pub note: Option<String>,
        /// `None` for the person at the machine's command line.
        pub created_by: Option<UserId>,
        pub created_at: Timestamp,
        pub closed_at: Option<Timestamp>,
        pub close_reason: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod nominee_entity {
    use sea_orm::entity::prelude::*;

    use super::{AdvocateId, RecruitingTargetId, Timestamp};

    #[derive(
        Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize,
    )]
    #[sea_orm(table_name = "recruiting_nominees")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub advocate_id: AdvocateId,
        pub target_id: RecruitingTargetId,
        pub nominated_at: Timestamp,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as RecruitingTarget;
pub use nominee_entity::Model as Nominee;

versioned_record!(RecruitingTarget);

/// Targets that are listed at most.
pub const TARGETS_MAX: u64 = 200;

pub async fn find(
    source: &impl Source,
    id: RecruitingTargetId,
) -> Result<Option<RecruitingTarget>, StorageError> {
    Ok(entity::Entity::find_by_id(id)
        .one(source.connection())
        .await?)
}

/// Open targets first, then those closed last, 200 at most.
pub async fn list(source: &impl Source) -> Result<Vec<RecruitingTarget>, StorageError> {
    Ok(entity::Entity::find()
        .order_by_asc(entity::Column::ClosedAt.is_not_null())
        .order_by_desc(entity::Column::ClosedAt)
        .order_by_desc(entity::Column::Id)
        .limit(TARGETS_MAX)
        .all(source.connection())
        .await?)
}

/// The open target for a profile and an activity; there is never more than one.
pub async fn open_for(
    source: &impl Source,
    facets: &str,
    segment: &str,
    activity: Activity,
) -> Result<Option<RecruitingTarget>, StorageError> {
    Ok(entity::Entity::find()
        .filter(entity::Column::Facets.eq(facets))
        .filter(entity::Column::Segment.eq(segment))
        .filter(entity::Column::Activity.eq(activity))
        .filter(entity::Column::ClosedAt.is_null())
        .one(source.connection())
        .await?)
}

/// Notes for which target somebody was nominated.
pub async fn nominate(tx: &Tx, row: Nominee) -> Result<(), StorageError> {
    record::insert::<nominee_entity::Entity, _>(tx, row).await
}

/// A nominee of a target, and where the nomination stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromQueryResult)]
pub struct NomineeStatus {
    pub target_id: RecruitingTargetId,
    pub advocate_id: AdvocateId,
    pub status: AdvocateStatus,
}

const NOMINEES: &str = "
select recruiting_nominees.target_id, recruiting_nominees.advocate_id, advocates.status
from recruiting_nominees
join advocates on advocates.id = recruiting_nominees.advocate_id
order by recruiting_nominees.nominated_at, recruiting_nominees.advocate_id";

/// Everybody who was nominated for a target, the first first; one row an advocate at most.
pub async fn nominees(source: &impl Source) -> Result<Vec<NomineeStatus>, StorageError> {
    record::all(source, NOMINEES, vec![]).await
}

/// How nominations of the whole program ended. Advocates that nobody nominated here, such as imported
/// ones, say nothing about it; who retired is left out, since erasure retires nominees too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Ended {
    pub decided: i64,
    /// Of these, who speaks for us, paused or not.
    pub became: i64,
}

const ENDED: &str = "
select cast(count(*) as bigint) as decided,
    cast(count(case when status <> 'declined' then 1 end) as bigint) as became
from advocates
where nominated_by is not null and status in ('active', 'paused', 'declined')";

pub async fn ended(source: &impl Source) -> Result<Ended, StorageError> {
    let row = record::one(source, ENDED, vec![]).await?;
    Ok(row.unwrap_or(Ended {
        decided: 0,
        became: 0,
    }))
}

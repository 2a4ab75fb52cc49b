//! What hangs on a membership: what the advocate agreed to do, what came of it, and whom they will
//! not speak to.

use domain::{
    activity::Activity,
    freshness::ProfilePart,
    id::{AccountId, AdvocateId},
    time::Day,
};
use sea_orm::{QueryFilter, QueryOrder, entity::prelude::*};

use crate::{
    error::StorageError,
    packed,
    record::{self, Source},
    tx::Tx,
};

pub(crate) mod activity_entity {
    use sea_orm::entity::prelude::*;

    use super::{Activity, AdvocateId};

    #[derive(
        Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize,
    )]
    #[sea_orm(table_name = "advocate_activities")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub advocate_id: AdvocateId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub activity: Activity,
        pub limit_per_year: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod outcome_entity {
    use sea_orm::entity::prelude::*;

    use super::AdvocateId;

    #[derive(
        Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize,
    )]
    #[sea_orm(table_name = "outcomes")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub advocate_id: AdvocateId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub position: i64,
        pub statement: String,
        pub value: Option<String>,
        pub unit: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod no_go_entity {
    use sea_orm::entity::prelude::*;

    use super::{AccountId, AdvocateId};

    #[derive(
        Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize,
    )]
    #[sea_orm(table_name = "no_go_accounts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub advocate_id: AdvocateId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub account_id: AccountId,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod check_entity {
    use sea_orm::entity::prelude::*;

    use super::{AdvocateId, Day, ProfilePart};

    #[derive(
        Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize,
    )]
    #[sea_orm(table_name = "profile_checks")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub advocate_id: AdvocateId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub part: ProfilePart,
        pub verified_on: Day,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use activity_entity::Model as Willingness;
pub use check_entity::Model as PartCheck;
pub use no_go_entity::Model as NoGo;
pub use outcome_entity::Model as Outcome;

const WILLINGNESS: &str = "
select cast(ROWS(
  ROW(ID(advocate_id), activity, limit_per_year) order by advocate_id, activity
) as text) as packed
from advocate_activities
where advocate_id in (PLACES)";

/// What these advocates agreed to do.
pub async fn willingness(
    source: &impl Source,
    advocates: Vec<AdvocateId>,
) -> Result<Vec<Willingness>, StorageError> {
    if advocates.is_empty() {
        return Ok(Vec::new());
    }
    let sql = WILLINGNESS.replace("PLACES", &record::places(advocates.len()));
    let values = advocates.into_iter().map(Into::into).collect();
    packed::all(source, "advocate_activities", &sql, values).await
}

/// Replaces what an advocate agreed to do.
pub async fn set_willingness(
    tx: &Tx,
    advocate: AdvocateId,
    rows: Vec<Willingness>,
) -> Result<(), StorageError> {
    activity_entity::Entity::delete_many()
        .filter(activity_entity::Column::AdvocateId.eq(advocate))
        .exec(tx.inner())
        .await?;
    record::insert_all::<activity_entity::Entity, _>(tx, rows).await
}

/// Adds willingness of many advocates at once.
pub async fn insert_willingness(tx: &Tx, rows: Vec<Willingness>) -> Result<(), StorageError> {
    record::insert_all::<activity_entity::Entity, _>(tx, rows).await
}

pub async fn outcomes(
    source: &impl Source,
    advocates: Vec<AdvocateId>,
) -> Result<Vec<Outcome>, StorageError> {
    if advocates.is_empty() {
        return Ok(Vec::new());
    }
    Ok(outcome_entity::Entity::find()
        .filter(outcome_entity::Column::AdvocateId.is_in(advocates))
        .order_by_asc(outcome_entity::Column::AdvocateId)
        .order_by_asc(outcome_entity::Column::Position)
        .all(source.connection())
        .await?)
}

/// Replaces the outcomes of an advocate.
pub async fn set_outcomes(
    tx: &Tx,
    advocate: AdvocateId,
    rows: Vec<Outcome>,
) -> Result<(), StorageError> {
    outcome_entity::Entity::delete_many()
        .filter(outcome_entity::Column::AdvocateId.eq(advocate))
        .exec(tx.inner())
        .await?;
    record::insert_all::<outcome_entity::Entity, _>(tx, rows).await
}

/// Adds outcomes of many advocates at once.
pub async fn insert_outcomes(tx: &Tx, rows: Vec<Outcome>) -> Result<(), StorageError> {
    record::insert_all::<outcome_entity::Entity, _>(tx, rows).await
}

pub async fn no_go(
    source: &impl Source,
    advocates: Vec<AdvocateId>,
) -> Result<Vec<NoGo>, StorageError> {
    if advocates.is_empty() {
        return Ok(Vec::new());
    }
    Ok(no_go_entity::Entity::find()
        .filter(no_go_entity::Column::AdvocateId.is_in(advocates))
        .all(source.connection())
        .await?)
}

/// Replaces the accounts an advocate will not speak to.
pub async fn set_no_go(tx: &Tx, advocate: AdvocateId, rows: Vec<NoGo>) -> Result<(), StorageError> {
    no_go_entity::Entity::delete_many()
        .filter(no_go_entity::Column::AdvocateId.eq(advocate))
        .exec(tx.inner())
        .await?;
    record::insert_all::<no_go_entity::Entity, _>(tx, rows).await
}

/// Replaces what many advocates agreed to do.
pub async fn replace_willingness(
    tx: &Tx,
    advocates: Vec<AdvocateId>,
    rows: Vec<Willingness>,
) -> Result<(), StorageError> {
    activity_entity::Entity::delete_many()
        .filter(activity_entity::Column::AdvocateId.is_in(advocates))
        .exec(tx.inner())
        .await?;
    insert_willingness(tx, rows).await
}

/// Replaces the outcomes of many advocates.
pub async fn replace_outcomes(
    tx: &Tx,
    advocates: Vec<AdvocateId>,
    rows: Vec<Outcome>,
) -> Result<(), StorageError> {
    outcome_entity::Entity::delete_many()
        .filter(outcome_entity::Column::AdvocateId.is_in(advocates))
        .exec(tx.inner())
        .await?;
    insert_outcomes(tx, rows).await
}

/// When parts of an advocate's profile were confirmed by themselves.
pub async fn part_checks(
    source: &impl Source,
    advocate: AdvocateId,
) -> Result<Vec<PartCheck>, StorageError> {
    Ok(check_entity::Entity::find()
        .filter(check_entity::Column::AdvocateId.eq(advocate))
        .order_by_asc(check_entity::Column::Part)
        .all(source.connection())
        .await?)
}

const SET_PART_CHECK: &str = "
insert into profile_checks (advocate_id, part, verified_on)
values ($1, $2, $3)
on conflict (advocate_id, part) do update set verified_on = excluded.verified_on";

/// Forgets when a part of a profile was confirmed.
pub async fn remove_part_check(
    tx: &Tx,
    advocate: AdvocateId,
    part: ProfilePart,
) -> Result<(), StorageError> {
    check_entity::Entity::delete_by_id((advocate, part))
        .exec(tx.inner())
        .await?;
    Ok(())
}

/// Notes when a part of a profile was confirmed, in place of the time before.
pub async fn set_part_check(tx: &Tx, check: PartCheck) -> Result<(), StorageError> {
    let values = vec![
        check.advocate_id.into(),
        check.part.into(),
        check.verified_on.into(),
    ];
    record::execute(tx, SET_PART_CHECK, values).await?;
    Ok(())
}

//! Reference uses: the thing happened.

use std::collections::HashMap;

use domain::{
    activity::Activity,
    id::{AccountId, AdvocateId, CandidateId, OpportunityId, UseId, UserId},
    reference_use::{UseChannel, UseOutcome},
    time::{Day, Timestamp},
};
use sea_orm::{
    Condition, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, entity::prelude::*,
    sea_query::SimpleExpr,
};

use crate::{
    error::StorageError,
    page::{self, Listed, Page, Sort},
    record::{self, Source, versioned_record},
    tx::Tx,
};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    use super::{
        AccountId, Activity, AdvocateId, CandidateId, Day, OpportunityId, Timestamp, UseChannel,
        UseId, UseOutcome, UserId,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "uses")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: UseId,
        pub version: i64,
        pub external_id: Option<String>,
        pub candidate_id: Option<CandidateId>,
        pub advocate_id: AdvocateId,
        pub account_id: AccountId,
        pub activity: Activity,
        pub opportunity_id: Option<OpportunityId>,
        pub used_on: Day,
        pub outcome: Option<UseOutcome>,
        /// Grades run from 1 to 5.
        pub grade_seller: Option<i64>,
        pub grade_advocate: Option<i64>,
        pub grade_buyer: Option<i64>,
        pub comment: Option<String>,
        pub recorded_by: Option<UserId>,
        pub created_at: Timestamp,
        pub channel: UseChannel,
        /// How well the customer fitted what the buyer needed, as each side saw it, from 1 to 5.
        pub fit_seller: Option<i64>,
        pub fit_advocate: Option<i64>,
        pub fit_buyer: Option<i64>,
        /// What matching promised before anybody said anything, in tenths of a grade.
        pub expected_fit: Option<i64>,
        /// The seller's word is `comment`.
        pub comment_advocate: Option<String>,
        pub comment_buyer: Option<String>,
        /// When the advocate heard how the deal ended.
        pub thanked_on: Option<Day>,
        /// The candidate that a group call began with: all uses of one call count as one.
        pub call_id: Option<CandidateId>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as ReferenceUse;

/// What counts: caps, load, influence and demand look past what did not take place. A use of which a
/// file says nothing did take place.
pub(crate) fn took_place() -> Condition {
    Condition::any()
        .add(entity::Column::Outcome.is_null())
        .add(entity::Column::Outcome.ne(UseOutcome::NoShow))
}

/// The same for fixed statements over `uses`.
macro_rules! took_place_sql {
    () => {
        "(uses.outcome is null or uses.outcome <> 'no_show')"
    };
}
pub(crate) use took_place_sql;

versioned_record!(ReferenceUse);

/// How many uses these are: a group call is one, whatever the number of deals that it served.
pub fn count<'a>(uses: impl IntoIterator<Item = &'a ReferenceUse>) -> usize {
    let one = |used: &ReferenceUse| used.call_id.map_or(used.id.0, |call| call.0);
    let distinct: std::collections::HashSet<Uuid> = uses.into_iter().map(one).collect();
    distinct.len()
}

pub async fn find(source: &impl Source, id: UseId) -> Result<Option<ReferenceUse>, StorageError> {
    Ok(entity::Entity::find_by_id(id)
        .one(source.connection())
        .await?)
}

/// Deletes a use that should never have been recorded; stale when it was written since it was read.
pub async fn remove(tx: &Tx, row: &ReferenceUse) -> Result<(), StorageError> {
    let removed = entity::Entity::delete_many()
        .filter(entity::Column::Id.eq(row.id))
        .filter(entity::Column::Version.eq(row.version))
        .exec(tx.inner())
        .await?;
    if removed.rows_affected == 1 {
        Ok(())
    } else {
        Err(StorageError::Stale)
    }
}

/// Accounts that gave a use since a day, by id.
pub async fn accounts_since(
    source: &impl Source,
    since: Day,
    limit: u64,
) -> Result<Vec<AccountId>, StorageError> {
    Ok(entity::Entity::find()
        .select_only()
        .column(entity::Column::AccountId)
        .distinct()
        .filter(entity::Column::UsedOn.gte(since))
        .filter(took_place())
        .order_by_asc(entity::Column::AccountId)
        .limit(limit)
        .into_tuple()
        .all(source.connection())
        .await?)
}

/// Uses of these accounts that took place since a day, oldest first.
pub async fn of_accounts_since(
    source: &impl Source,
    accounts: Vec<AccountId>,
    since: Day,
) -> Result<Vec<ReferenceUse>, StorageError> {
    if accounts.is_empty() {
        return Ok(Vec::new());
    }
    Ok(entity::Entity::find()
        .filter(entity::Column::AccountId.is_in(accounts))
        .filter(entity::Column::UsedOn.gte(since))
        .filter(took_place())
        .order_by_asc(entity::Column::UsedOn)
        .order_by_asc(entity::Column::Id)
        .all(source.connection())
        .await?)
}

/// Uses of an advocate, newest first, at most 200.
pub async fn of_advocate(
    source: &impl Source,
    advocate: AdvocateId,
) -> Result<Vec<ReferenceUse>, StorageError> {
    Ok(entity::Entity::find()
        .filter(entity::Column::AdvocateId.eq(advocate))
        .order_by_desc(entity::Column::UsedOn)
        .order_by_desc(entity::Column::Id)
        .limit(200)
        .all(source.connection())
        .await?)
}

/// Uses that took place on a deal, latest first.
pub async fn on_opportunity(
    source: &impl Source,
    opportunity: OpportunityId,
    page: &Page,
) -> Result<Listed<ReferenceUse>, StorageError> {
    latest(source, entity::Column::OpportunityId.eq(opportunity), page).await
}

/// Uses of an account that took place, latest first.
pub async fn of_account(
    source: &impl Source,
    account: AccountId,
    page: &Page,
) -> Result<Listed<ReferenceUse>, StorageError> {
    latest(source, entity::Column::AccountId.eq(account), page).await
}

async fn latest(
    source: &impl Source,
    whose: SimpleExpr,
    page: &Page,
) -> Result<Listed<ReferenceUse>, StorageError> {
    page::read(
        source.connection(),
        entity::Entity::find().filter(whose).filter(took_place()),
        Sort::by((entity::Entity, entity::Column::UsedOn)).descending(),
        entity::Column::Id,
        page,
        |row| row.id.0,
    )
    .await
}

/// Uses that took place on these deals.
pub async fn on_opportunities(
    source: &impl Source,
    opportunities: Vec<OpportunityId>,
) -> Result<Vec<ReferenceUse>, StorageError> {
    if opportunities.is_empty() {
        return Ok(Vec::new());
    }
    Ok(entity::Entity::find()
        .filter(entity::Column::OpportunityId.is_in(opportunities))
        .filter(took_place())
        .order_by_asc(entity::Column::UsedOn)
        .order_by_asc(entity::Column::Id)
        .limit(2_000)
        .all(source.connection())
        .await?)
}

/// The uses that came out of these candidates.
pub async fn of_candidates(
    source: &impl Source,
    candidates: Vec<CandidateId>,
) -> Result<Vec<ReferenceUse>, StorageError> {
    if candidates.is_empty() {
        return Ok(Vec::new());
    }
    Ok(entity::Entity::find()
        .filter(entity::Column::CandidateId.is_in(candidates))
        .order_by_asc(entity::Column::Id)
        .all(source.connection())
        .await?)
}

#[derive(FromQueryResult)]
struct IdOnly {
    id: UseId,
}

const TO_THANK: &str = concat!(
    "select uses.id as id
from uses
join opportunities on opportunities.id = uses.opportunity_id
where uses.thanked_on is null and uses.used_on >= $1 and uses.channel <> 'import'
  and opportunities.status <> 'open' and ",
    took_place_sql!(),
    "
order by uses.used_on, uses.id
limit $2"
);

/// Uses since a day that took place on a deal which is decided, whose advocate has not heard of it.
pub async fn to_thank(
    source: &impl Source,
    since: Day,
    limit: u64,
) -> Result<Vec<UseId>, StorageError> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows: Vec<IdOnly> = record::all(source, TO_THANK, vec![since.into(), limit.into()]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

pub async fn by_ids(
    source: &impl Source,
    ids: Vec<UseId>,
) -> Result<HashMap<UseId, ReferenceUse>, StorageError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = entity::Entity::find()
        .filter(entity::Column::Id.is_in(ids))
        .all(source.connection())
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// A batch of uses for the importer, by external id.
pub async fn known_by(
    source: &impl Source,
    external_ids: Vec<String>,
) -> Result<Vec<ReferenceUse>, StorageError> {
    Ok(entity::Entity::find()
        .filter(entity::Column::ExternalId.is_in(external_ids))
        .order_by_asc(entity::Column::Id)
        .all(source.connection())
        .await?)
}

/// A batch of uses for the importer, by advocate and day.
pub async fn on_days(
    source: &impl Source,
    advocates: Vec<AdvocateId>,
    days: Vec<Day>,
) -> Result<Vec<ReferenceUse>, StorageError> {
    Ok(entity::Entity::find()
        .filter(entity::Column::AdvocateId.is_in(advocates))
        .filter(entity::Column::UsedOn.is_in(days))
        .order_by_asc(entity::Column::Id)
        .all(source.connection())
        .await?)
}

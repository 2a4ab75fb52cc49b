//! Asks for references.

use std::collections::HashMap;

use domain::{
    access::Scope,
    activity::Activity,
    id::{OpportunityId, RequestId, ShareId, UserId},
    request::{RequestStatus, UnfilledReason},
    time::{Day, Timestamp},
};
use sea_orm::{QueryFilter, QueryOrder, QuerySelect, entity::prelude::*, sea_query::ExprTrait};

use crate::{
    error::StorageError,
    page::{self, Listed, Page, Sort},
    record::{self, Source, versioned_record},
};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    use super::{
        Activity, Day, OpportunityId, RequestId, RequestStatus, ShareId, Timestamp, UnfilledReason,
        UserId,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "requests")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RequestId,
        pub version: i64,
        pub opportunity_id: Option<OpportunityId>,
        pub requester_id: UserId,
        pub activity: Activity,
        pub need_by: Day,
        /// Reference accounts asked for, at least 1.
        pub wanted: i64,
        pub note: Option<String>,
        /// The criteria it was made with, as JSON.
        pub criteria: String,
        pub status: RequestStatus,
        pub is_rush: bool,
        pub unfilled_reason: Option<UnfilledReason>,
        pub created_at: Timestamp,
        pub closed_at: Option<Timestamp>,
        /// When the program team should have found somebody to ask; none while somebody is asked.
        pub due_on: Option<Day>,
        /// When the program team was last reminded.
        pub reminded_on: Option<Day>,
        /// Why it was asked although the deal had not passed a gate.
        pub override_reason: Option<String>,
        /// What a draft asks for, as JSON; none once somebody was asked.
        pub draft: Option<String>,
        /// The link to the content that answered it in place of a customer.
        pub share_id: Option<ShareId>,
        /// It finds whom to ask by itself until enough have said yes.
        pub is_quota: bool,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Request;

versioned_record!(Request);

/// What a list of requests is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Open ones, closed ones, or both.
    pub open: Option<bool>,
    pub opportunity: Option<OpportunityId>,
}

fn in_scope(scope: &Scope) -> sea_orm::Condition {
    record::scope_condition(scope, entity::Column::RequesterId)
}

const OPEN: [RequestStatus; 4] = [
    RequestStatus::Draft,
    RequestStatus::Submitted,
    RequestStatus::Matching,
    RequestStatus::InProgress,
];

pub async fn find(
    source: &impl Source,
    scope: &Scope,
    id: RequestId,
) -> Result<Option<Request>, StorageError> {
    Ok(entity::Entity::find_by_id(id)
        .filter(in_scope(scope))
        .one(source.connection())
        .await?)
}

pub async fn by_ids(
    source: &impl Source,
    ids: Vec<RequestId>,
) -> Result<HashMap<RequestId, Request>, StorageError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = entity::Entity::find()
        .filter(entity::Column::Id.is_in(ids))
        .all(source.connection())
        .await?;
    Ok(rows
        .into_iter()
        .map(|request| (request.id, request))
        .collect())
}

/// Lists requests, newest first.
pub async fn list(
    source: &impl Source,
    scope: &Scope,
    filter: &Filter,
    page: &Page,
) -> Result<Listed<Request>, StorageError> {
    page::read(
        source.connection(),
        narrowed(scope, filter),
        newest_first(),
        entity::Column::Id,
        page,
        |row| row.id.0,
    )
    .await
}

/// The ids of every request of a list, in its order.
pub async fn ids(
    source: &impl Source,
    scope: &Scope,
    filter: &Filter,
) -> Result<Vec<RequestId>, StorageError> {
    let select = narrowed(scope, filter);
    let ids = page::ids(
        source.connection(),
        select,
        newest_first(),
        entity::Column::Id,
    );
    Ok(ids.await?.into_iter().map(RequestId).collect())
}

fn narrowed(scope: &Scope, filter: &Filter) -> Select<entity::Entity> {
    let mut select = entity::Entity::find().filter(in_scope(scope));
    match filter.open {
        Some(true) => select = select.filter(entity::Column::Status.is_in(OPEN)),
        Some(false) => select = select.filter(entity::Column::Status.is_not_in(OPEN)),
        None => {}
    }
    if let Some(opportunity) = filter.opportunity {
        select = select.filter(entity::Column::OpportunityId.eq(opportunity));
    }
    select
}

fn newest_first() -> Sort {
    Sort::by((entity::Entity, entity::Column::CreatedAt)).descending()
}

/// Open requests that were sent, in reach, those that are needed first, and how many there are.
pub async fn open_by_need(
    source: &impl Source,
    scope: &Scope,
    limit: u64,
) -> Result<(Vec<Request>, u64), StorageError> {
    let open = entity::Entity::find()
        .filter(in_scope(scope))
        .filter(entity::Column::Status.is_in(OPEN))
        .filter(entity::Column::Status.ne(RequestStatus::Draft));
    let total = open.clone().count(source.connection()).await?;
    let rows = open
        .order_by_asc(entity::Column::NeedBy)
        .order_by_asc(entity::Column::Id)
        .limit(limit)
        .all(source.connection())
        .await?;
    Ok((rows, total))
}

/// Open requests that were sent, in reach, for one of these activities, those that are needed first.
pub async fn open_for(
    source: &impl Source,
    scope: &Scope,
    activities: &[Activity],
    limit: u64,
) -> Result<Vec<Request>, StorageError> {
    Ok(entity::Entity::find()
        .filter(in_scope(scope))
        .filter(entity::Column::Activity.is_in(activities.iter().copied()))
        .filter(entity::Column::Status.is_in(OPEN))
        .filter(entity::Column::Status.ne(RequestStatus::Draft))
        .order_by_asc(entity::Column::NeedBy)
        .order_by_asc(entity::Column::Id)
        .limit(limit)
        .all(source.connection())
        .await?)
}

/// How many requests were made, and how many of them left less than the notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RushCount {
    pub requests: u64,
    pub rushes: u64,
}

/// Counts the requests made since an instant by people in a scope; drafts are not made yet.
pub async fn rushes(
    source: &impl Source,
    scope: &Scope,
    since: Timestamp,
) -> Result<RushCount, StorageError> {
    let made = entity::Entity::find()
        .filter(in_scope(scope))
        .filter(entity::Column::CreatedAt.gte(since))
        .filter(entity::Column::Status.ne(RequestStatus::Draft));
    let rushes = made.clone().filter(entity::Column::IsRush.eq(true));
    Ok(RushCount {
        requests: made.count(source.connection()).await?,
        rushes: rushes.count(source.connection()).await?,
    })
}

/// Open requests on these deals; drafts ask for nothing yet.
pub async fn open_on(
    source: &impl Source,
    opportunities: Vec<OpportunityId>,
) -> Result<Vec<Request>, StorageError> {
    if opportunities.is_empty() {
        return Ok(Vec::new());
    }
    Ok(entity::Entity::find()
        .filter(entity::Column::OpportunityId.is_in(opportunities))
        .filter(entity::Column::Status.is_in(OPEN))
        .filter(entity::Column::Status.ne(RequestStatus::Draft))
        .order_by_asc(entity::Column::Id)
        .limit(1_000)
        .all(source.connection())
        .await?)
}

/// Open requests for which the program team should have proposed somebody by `today` and was not
/// reminded since, the most overdue first.
pub async fn due(
    source: &impl Source,
    today: Day,
    limit: u64,
) -> Result<Vec<Request>, StorageError> {
    Ok(entity::Entity::find()
        .filter(entity::Column::Status.is_in(OPEN))
        .filter(entity::Column::DueOn.lte(today))
        .filter(
            sea_orm::Condition::any()
                .add(entity::Column::RemindedOn.is_null())
                .add(ExprTrait::lt(
                    Expr::col(entity::Column::RemindedOn),
                    Expr::col(entity::Column::DueOn),
                )),
        )
        .order_by_asc(entity::Column::DueOn)
        .order_by_asc(entity::Column::Id)
        .limit(limit)
        .all(source.connection())
        .await?)
}

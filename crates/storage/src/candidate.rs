//! Advocates proposed on requests.

use std::collections::HashMap;

use domain::{
    access::Scope,
    activity::Activity,
    candidate::{CandidateState, DeclinedBy},
    fulfilment::FulfilmentMode,
    id::{AccountId, AdvocateId, CandidateId, RequestId, UserId},
    time::{Day, Timestamp},
};
use sea_orm::{
    Condition, QueryFilter, QueryOrder, QuerySelect, entity::prelude::*, sea_query::ExprTrait,
};

use crate::{
    error::StorageError,
    page::{self, Listed, Page, Sort},
    record::{self, Source, versioned_record},
};

mod past;

pub use past::{PastStep, past_steps};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    use super::{
        AccountId, Activity, AdvocateId, CandidateId, CandidateState, Day, DeclinedBy, RequestId,
        Timestamp, UserId,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "candidates")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: CandidateId,
        pub version: i64,
        pub request_id: RequestId,
        pub advocate_id: AdvocateId,
        pub account_id: AccountId,
        pub position: i64,
        pub state: CandidateState,
        pub activity: Activity,
        /// The need-by day until a date is agreed.
        pub planned_on: Day,
        /// Who approves; none falls to the program role.
        pub owner_id: Option<UserId>,
        /// When the holder of this state should have acted.
        pub due_on: Option<Day>,
        pub declined_by: Option<DeclinedBy>,
        pub reason: Option<String>,
        pub override_reason: Option<String>,
        pub is_self_approval: bool,
        pub owner_asked_at: Option<Timestamp>,
        pub advocate_asked_at: Option<Timestamp>,
        pub accepted_at: Option<Timestamp>,
        pub scheduled_at: Option<Timestamp>,
        pub done_at: Option<Timestamp>,
        pub closed_at: Option<Timestamp>,
        /// When the holder was last reminded.
        pub reminded_on: Option<Day>,
        /// Proposed, and asked once there is room.
        pub is_in_line: bool,
        /// The owner's yes holds from this day on.
        pub not_before: Option<Day>,
        /// What else the owner's yes depends on.
        pub owner_condition: Option<String>,
        /// The candidate that the group call began with, itself among them; none for a use of its own.
        pub call_id: Option<CandidateId>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Candidate;

versioned_record!(Candidate);

impl Candidate {
    /// Whose yes was asked for.
    pub fn mode(&self) -> FulfilmentMode {
        FulfilmentMode::taken(
            self.owner_asked_at,
            self.advocate_asked_at,
            self.accepted_at,
        )
    }

    /// Accepted by what the advocate agreed to ahead.
    pub fn was_agreed_ahead(&self) -> bool {
        self.state == CandidateState::Accepted
            && self.mode() == FulfilmentMode::Instant
            && !self.joined_a_call()
    }

    /// Added to a group call that the advocate had said yes to before.
    pub fn joined_a_call(&self) -> bool {
        self.call_id.is_some_and(|call| call != self.id)
    }

    /// What the one use is known by that all candidates of a group call reserve together.
    pub fn occupies(&self) -> CandidateId {
        self.call_id.unwrap_or(self.id)
    }
}

/// One candidate, for whoever policy lets act on it: the caller checks requester, owner or program.
pub async fn find(
    source: &impl Source,
    id: CandidateId,
) -> Result<Option<Candidate>, StorageError> {
    Ok(entity::Entity::find_by_id(id)
        .one(source.connection())
        .await?)
}

/// Candidates of these group calls, those that came first first.
pub async fn of_calls(
    source: &impl Source,
    calls: Vec<CandidateId>,
) -> Result<Vec<Candidate>, StorageError> {
    if calls.is_empty() {
        return Ok(Vec::new());
    }
    Ok(entity::Entity::find()
        .filter(entity::Column::CallId.is_in(calls))
        .order_by_asc(entity::Column::Id)
        .all(source.connection())
        .await?)
}

/// Candidates of requests, in the order in which they are asked.
pub async fn of_requests(
    source: &impl Source,
    requests: Vec<RequestId>,
) -> Result<HashMap<RequestId, Vec<Candidate>>, StorageError> {
    if requests.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = entity::Entity::find()
        .filter(entity::Column::RequestId.is_in(requests))
        .order_by_asc(entity::Column::Position)
        .order_by_asc(entity::Column::Id)
        .all(source.connection())
        .await?;
    let mut grouped: HashMap<RequestId, Vec<Candidate>> = HashMap::new();
    for row in rows {
        grouped.entry(row.request_id).or_default().push(row);
    }
    Ok(grouped)
}

pub(crate) const RESERVING: [CandidateState; 4] = [
    CandidateState::OwnerAsked,
    CandidateState::AdvocateAsked,
    CandidateState::Accepted,
    CandidateState::Scheduled,
];

/// Those to which the advocate said yes, the latest yes first.
pub async fn accepted(source: &impl Source, limit: u64) -> Result<Vec<Candidate>, StorageError> {
    Ok(entity::Entity::find()
        .filter(entity::Column::AcceptedAt.is_not_null())
        .order_by_desc(entity::Column::AcceptedAt)
        .order_by_desc(entity::Column::Id)
        .limit(limit)
        .all(source.connection())
        .await?)
}

/// Candidates of these accounts that hold a reservation.
pub async fn reserving(
    source: &impl Source,
    accounts: Vec<AccountId>,
) -> Result<Vec<Candidate>, StorageError> {
    if accounts.is_empty() {
        return Ok(Vec::new());
    }
    Ok(entity::Entity::find()
        .filter(entity::Column::AccountId.is_in(accounts))
        .filter(entity::Column::State.is_in(RESERVING))
        .order_by_asc(entity::Column::Id)
        .all(source.connection())
        .await?)
}

/// Candidates of an advocate that are still open.
pub async fn open_of_advocate(
    source: &impl Source,
    advocate: AdvocateId,
) -> Result<Vec<Candidate>, StorageError> {
    let theirs = Condition::all().add(entity::Column::AdvocateId.eq(advocate));
    open(source, theirs).await
}

/// Candidates of these advocates, and of everybody at these accounts, that are still open.
pub async fn open_of_any(
    source: &impl Source,
    advocates: Vec<AdvocateId>,
    accounts: Vec<AccountId>,
) -> Result<Vec<Candidate>, StorageError> {
    if advocates.is_empty() && accounts.is_empty() {
        return Ok(Vec::new());
    }
    let theirs = Condition::any()
        .add(entity::Column::AdvocateId.is_in(advocates))
        .add(entity::Column::AccountId.is_in(accounts));
    open(source, theirs).await
}

/// Candidates of an account that are still open.
pub async fn open_of_account(
    source: &impl Source,
    account: AccountId,
) -> Result<Vec<Candidate>, StorageError> {
    let theirs = Condition::all().add(entity::Column::AccountId.eq(account));
    open(source, theirs).await
}

async fn open(source: &impl Source, whose: Condition) -> Result<Vec<Candidate>, StorageError> {
    let states = RESERVING.into_iter().chain([CandidateState::Proposed]);
    Ok(entity::Entity::find()
        .filter(whose)
        .filter(entity::Column::State.is_in(states))
        .order_by_asc(entity::Column::Id)
        .all(source.connection())
        .await?)
}

/// States that end by themselves when their time is over.
const WAITING: [CandidateState; 3] = [
    CandidateState::Proposed,
    CandidateState::OwnerAsked,
    CandidateState::AdvocateAsked,
];

/// Candidates whose holder should have acted by `today`, the most overdue first: those whose time
/// may run out, and of the others those whose holder was not reminded since.
pub async fn due(
    source: &impl Source,
    today: Day,
    limit: u64,
) -> Result<Vec<Candidate>, StorageError> {
    Ok(entity::Entity::find()
        .filter(entity::Column::DueOn.lte(today))
        .filter(
            sea_orm::Condition::any()
                .add(entity::Column::State.is_in(WAITING))
                .add(entity::Column::RemindedOn.is_null())
                .add(ExprTrait::lte(
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

/// Candidates that wait for an owner's yes: own ones, or with everything also those without an owner.
pub async fn waiting_for_owner(
    source: &impl Source,
    scope: &Scope,
    page: &Page,
) -> Result<Listed<Candidate>, StorageError> {
    let select = entity::Entity::find()
        .filter(entity::Column::State.eq(CandidateState::OwnerAsked))
        .filter(record::scope_condition(scope, entity::Column::OwnerId));
    let sort = Sort::by_expr(
        sea_orm::sea_query::Func::coalesce([
            Expr::col(entity::Column::DueOn),
            Expr::val("9999-12-31"),
        ])
        .into(),
    );
    page::read(
        source.connection(),
        select,
        sort,
        entity::Column::Id,
        page,
        |row| row.id.0,
    )
    .await
}

#[derive(sea_orm::FromQueryResult)]
struct Asked {
    id: CandidateId,
    closed_at: Option<Timestamp>,
}

const ASKED_BY: &str = "
select candidates.id as id, requests.closed_at as closed_at
from candidates
join requests on requests.id = candidates.request_id
where candidates.advocate_id in (ADVOCATES) and requests.requester_id in (PEOPLE)
order by candidates.id";

/// Candidates among these advocates on requests that the scope reaches, with when each request closed.
pub async fn asked_by(
    source: &impl Source,
    scope: &Scope,
    advocates: Vec<AdvocateId>,
) -> Result<Vec<(Candidate, Option<Timestamp>)>, StorageError> {
    let Scope::Own(people) = scope else {
        return Ok(Vec::new());
    };
    if advocates.is_empty() || people.is_empty() {
        return Ok(Vec::new());
    }
    let advocate_places = record::places(advocates.len());
    let people_places: Vec<String> = (1..=people.len())
        .map(|place| format!("${}", advocates.len() + place))
        .collect();
    let sql = ASKED_BY
        .replace("ADVOCATES", &advocate_places)
        .replace("PEOPLE", &people_places.join(", "));
    let values = advocates
        .into_iter()
        .map(Into::into)
        .chain(people.iter().map(|person| (*person).into()))
        .collect();
    let rows: Vec<Asked> = record::all(source, &sql, values).await?;
    let closed: HashMap<CandidateId, Option<Timestamp>> = rows
        .into_iter()
        .map(|row| (row.id, row.closed_at))
        .collect();
    if closed.is_empty() {
        return Ok(Vec::new());
    }
    let found = entity::Entity::find()
        .filter(entity::Column::Id.is_in(closed.keys().copied()))
        .order_by_asc(entity::Column::Id)
        .all(source.connection())
        .await?;
    Ok(found
        .into_iter()
        .map(|row| {
            let at = closed.get(&row.id).copied().flatten();
            (row, at)
        })
        .collect())
}

/// Candidates who were asked for since an instant, the latest first.
pub async fn asked_since(
    source: &impl Source,
    since: Timestamp,
    limit: u64,
) -> Result<Vec<Candidate>, StorageError> {
    use entity::Column::{AcceptedAt, AdvocateAskedAt, CallId, Id, OwnerAskedAt};
    let asked = Condition::any()
        .add(OwnerAskedAt.gte(since))
        .add(AdvocateAskedAt.gte(since))
        .add(AcceptedAt.gte(since));
    // Whoever joined a group call was not asked for anew.
    let is_own = Condition::any()
        .add(CallId.is_null())
        .add(Expr::col(CallId).equals(Id));
    Ok(entity::Entity::find()
        .filter(asked)
        .filter(is_own)
        .order_by_desc(Id)
        .limit(limit)
        .all(source.connection())
        .await?)
}

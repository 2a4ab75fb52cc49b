//! The pipeline in bulk, for planning: every deal in reach, its tags and what it asked for.

use domain::{
    access::Scope,
    id::{AccountId, FacetId, OpportunityId, TermId, UserId},
    money::Currency,
    opportunity::{DealStage, OpportunityKind, OpportunityStatus},
    record::RecordKind,
    time::{Day, Timestamp},
};
use sea_orm::{FromQueryResult, QueryFilter, QueryOrder, QuerySelect, entity::prelude::*};

use crate::{
    error::StorageError,
    opportunity,
    record::{self, Source, scope_condition},
    reference_use::took_place_sql,
    tag,
};

/// A deal as planning reads it.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct PlannedDeal {
    pub id: OpportunityId,
    pub name: String,
    pub account_id: Option<AccountId>,
    pub status: OpportunityStatus,
    pub stage: Option<DealStage>,
    pub amount_minor: Option<i64>,
    pub currency: Option<Currency>,
    pub created_on: Option<Day>,
    pub reference_stage_on: Option<Day>,
    pub close_on: Option<Day>,
}

/// Every deal of these kinds in reach, open and closed, by id.
pub async fn deals(
    source: &impl Source,
    scope: &Scope,
    kinds: &[OpportunityKind],
) -> Result<Vec<PlannedDeal>, StorageError> {
    use opportunity::entity::{Column, Entity};
    Ok(Entity::find()
        .select_only()
        .columns([
            Column::Id,
            Column::Name,
            Column::AccountId,
            Column::Status,
            Column::Stage,
            Column::AmountMinor,
            Column::Currency,
            Column::CreatedOn,
            Column::ReferenceStageOn,
            Column::CloseOn,
        ])
        .filter(scope_condition(scope, Column::OwnerId))
        .filter(Column::Kind.is_in(kinds.iter().copied()))
        .order_by_asc(Column::Id)
        .into_model::<PlannedDeal>()
        .all(source.connection())
        .await?)
}

/// A term that a deal or an account carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromQueryResult)]
pub struct CarriedTerm {
    pub record_id: Uuid,
    pub facet_id: FacetId,
    pub term_id: TermId,
}

/// The mapped tags of all deals and accounts in some facets.
pub async fn carried_terms(
    source: &impl Source,
    facets: &[FacetId],
) -> Result<Vec<CarriedTerm>, StorageError> {
    use tag::entity::{Column, Entity};
    Ok(Entity::find()
        .select_only()
        .columns([Column::RecordId, Column::FacetId, Column::TermId])
        .filter(Column::RecordKind.is_in([RecordKind::Opportunity, RecordKind::Account]))
        .filter(Column::FacetId.is_in(facets.iter().copied()))
        .filter(Column::TermId.is_not_null())
        .order_by_asc(Column::RecordId)
        .into_model::<CarriedTerm>()
        .all(source.connection())
        .await?)
}

/// What a deal asked for or used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Asked {
    pub opportunity_id: OpportunityId,
    pub references_asked: i64,
    /// Its first request and the latest day that one of them needs; none where it made no request.
    pub first_at: Option<Timestamp>,
    pub need_on: Option<Day>,
    /// References of its requests that nobody is asked for, has promised or has given.
    pub waiting: i64,
}

const ASKED: &str = concat!(
    "
select opportunity_id, max(references_asked) as references_asked, max(first_at) as first_at,
  max(need_on) as need_on, max(waiting) as waiting
from (
  select requests.opportunity_id, cast(sum(requests.wanted) as bigint) as references_asked,
    min(requests.created_at) as first_at, max(requests.need_by) as need_on,
    cast(sum(case
      when requests.status = 'fulfilled' or coalesce(found.candidates, 0) >= requests.wanted then 0
      else requests.wanted - coalesce(found.candidates, 0)
    end) as bigint) as waiting
  from requests
  left join (
    select request_id, count(*) as candidates
    from candidates
    where state in ('owner_asked', 'advocate_asked', 'accepted', 'scheduled', 'done', 'debriefed')
    group by request_id
  ) found on found.request_id = requests.id
  where requests.opportunity_id is not null and requests.status not in ('withdrawn', 'draft')
  group by requests.opportunity_id
  union all
  select opportunity_id, cast(count(*) as bigint) as references_asked, null as first_at,
    null as need_on, 0 as waiting
  from uses
  where opportunity_id is not null and ",
    took_place_sql!(),
    "
  group by opportunity_id
) asked
group by opportunity_id
order by opportunity_id"
);

/// By deal, the references that it asked for or used, whichever are more, and what of it is open.
pub async fn asked(source: &impl Source) -> Result<Vec<Asked>, StorageError> {
    record::all(source, ASKED, vec![]).await
}

/// When somebody last looked for a reference for a deal and found nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Searched {
    pub opportunity_id: OpportunityId,
    pub last_at: Timestamp,
}

const SEARCHED: &str = "
select opportunity_id, max(at) as last_at
from unmet_searches
where opportunity_id is not null
group by opportunity_id
order by opportunity_id";

/// By deal, its last search without a match.
pub async fn searched(source: &impl Source) -> Result<Vec<Searched>, StorageError> {
    record::all(source, SEARCHED, vec![]).await
}

/// A company that buys from us: somebody said since when, or a deal was won.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Customer {
    pub id: AccountId,
    pub name: String,
    /// Who owns the relationship.
    pub owner_id: Option<UserId>,
    pub owner_name: Option<String>,
    pub health: Option<i64>,
    pub nps: Option<i64>,
    pub customer_since: Option<Day>,
    /// People known at the account.
    pub contacts: i64,
}

const CUSTOMERS: &str = "
select accounts.id, accounts.name, accounts.owner_id, users.name as owner_name, accounts.health, accounts.nps,
  accounts.customer_since,
  (select count(*) from contacts where contacts.account_id = accounts.id) as contacts
from accounts
left join users on users.id = accounts.owner_id
where accounts.customer_since is not null
  or exists (
    select 1
    from opportunities
    where opportunities.account_id = accounts.id and opportunities.status = 'won'
  )
order by accounts.id";

/// Every customer, by id; for planning, which looks at all of them.
pub async fn customers(source: &impl Source) -> Result<Vec<Customer>, StorageError> {
    record::all(source, CUSTOMERS, vec![]).await
}

/// How advocates answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Answers {
    /// Asks that came to an end or were accepted.
    pub asked: i64,
    pub accepted: i64,
}

const ANSWERS: &str = "
select cast(count(*) as bigint) as asked, cast(count(accepted_at) as bigint) as accepted
from candidates
where advocate_asked_at is not null and (accepted_at is not null or closed_at is not null)";

/// How many asks advocates accepted, of those that are decided.
pub async fn answers(source: &impl Source) -> Result<Answers, StorageError> {
    let row = record::one(source, ANSWERS, vec![]).await?;
    Ok(row.unwrap_or(Answers {
        asked: 0,
        accepted: 0,
    }))
}

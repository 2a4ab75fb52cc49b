//! The pipeline in bulk, for planning: every deal, its tags and what it asked for. Who may see a deal is
//! asked of what is kept in memory, not here.

use domain::{
    id::{AccountId, FacetId, OpportunityId, TermId, UserId},
    money::Currency,
    opportunity::{DealStage, OpportunityKind, OpportunityStatus},
    record::RecordKind,
    time::{Day, Timestamp},
};
use sea_orm::{FromQueryResult, QueryFilter, QueryOrder, QuerySelect, Value, entity::prelude::*};

use crate::{
    connection::Store,
    error::StorageError,
    log, opportunity,
    record::{self, Source},
    reference_use::took_place_sql,
    tag,
};

/// A deal as planning reads it.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct PlannedDeal {
    pub id: OpportunityId,
    pub owner_id: Option<UserId>,
    pub account_id: Option<AccountId>,
    pub kind: OpportunityKind,
    pub status: OpportunityStatus,
    pub stage: Option<DealStage>,
    pub amount_minor: Option<i64>,
    pub currency: Option<Currency>,
    pub created_on: Option<Day>,
    pub reference_stage_on: Option<Day>,
    pub close_on: Option<Day>,
}

/// A term that a deal or an account carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromQueryResult)]
pub struct CarriedTerm {
    pub record_id: Uuid,
    pub facet_id: FacetId,
    pub term_id: TermId,
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

/// When somebody last looked for a reference for a deal and found nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Searched {
    pub opportunity_id: OpportunityId,
    pub last_at: Timestamp,
}

/// Deals, open and closed, with what planning reads of them. Those of a list are by rising id.
#[derive(Clone, Debug, Default)]
pub struct Deals {
    pub deals: Vec<PlannedDeal>,
    /// Their mapped tags, and those of accounts.
    pub carried: Vec<CarriedTerm>,
    pub carried_by_accounts: Vec<CarriedTerm>,
    /// By deal, the references that it asked for or used, whichever are more, and what of it is open.
    pub asked: Vec<Asked>,
    /// By deal, its last search without a match.
    pub searched: Vec<Searched>,
}

/// Every deal and the terms of every account, with the position of the log at which they stand so.
pub async fn load(store: &Store) -> Result<(i64, Deals), StorageError> {
    let one = store.snapshot().await?;
    let head = log::head(&one).await?;
    let deals = read(&one, None).await?;
    one.close().await?;
    Ok((head.position, deals))
}

/// Some deals, with the terms of some accounts beside theirs.
pub async fn load_some(
    store: &Store,
    deals: &[OpportunityId],
    accounts: &[AccountId],
) -> Result<Deals, StorageError> {
    let one = store.snapshot().await?;
    let mut found = Deals::default();
    for some in deals.chunks(record::IDS_AT_ONCE) {
        let more = read(&one, Some(some)).await?;
        found.deals.extend(more.deals);
        found.carried.extend(more.carried);
        found.asked.extend(more.asked);
        found.searched.extend(more.searched);
    }
    for some in accounts.chunks(record::IDS_AT_ONCE) {
        let ids = some.iter().map(|id| id.0);
        let carried = carried_terms(&one, RecordKind::Account, Some(ids.collect())).await?;
        found.carried_by_accounts.extend(carried);
    }
    one.close().await?;
    Ok(found)
}

async fn read(source: &impl Source, of: Option<&[OpportunityId]>) -> Result<Deals, StorageError> {
    let ids = || of.map(|some| some.iter().map(|id| id.0).collect());
    let carried_by_accounts = match of {
        Some(_) => Vec::new(),
        None => carried_terms(source, RecordKind::Account, None).await?,
    };
    Ok(Deals {
        deals: deals(source, of).await?,
        carried: carried_terms(source, RecordKind::Opportunity, ids()).await?,
        carried_by_accounts,
        asked: asked(source, of).await?,
        searched: searched(source, of).await?,
    })
}

async fn deals(
    source: &impl Source,
    of: Option<&[OpportunityId]>,
) -> Result<Vec<PlannedDeal>, StorageError> {
    use opportunity::entity::{Column, Entity};
    let mut select = Entity::find().select_only().columns([
        Column::Id,
        Column::OwnerId,
        Column::AccountId,
        Column::Kind,
        Column::Status,
        Column::Stage,
        Column::AmountMinor,
        Column::Currency,
        Column::CreatedOn,
        Column::ReferenceStageOn,
        Column::CloseOn,
    ]);
    if let Some(some) = of {
        select = select.filter(Column::Id.is_in(some.iter().copied()));
    }
    let select = select.order_by_asc(Column::Id).into_model::<PlannedDeal>();
    Ok(select.all(source.connection()).await?)
}

async fn carried_terms(
    source: &impl Source,
    kind: RecordKind,
    of: Option<Vec<Uuid>>,
) -> Result<Vec<CarriedTerm>, StorageError> {
    use tag::entity::{Column, Entity};
    let mut select = Entity::find()
        .select_only()
        .columns([Column::RecordId, Column::FacetId, Column::TermId])
        .filter(Column::RecordKind.eq(kind))
        .filter(Column::TermId.is_not_null());
    if let Some(some) = of {
        select = select.filter(Column::RecordId.is_in(some));
    }
    let select = select.into_model::<CarriedTerm>();
    Ok(select.all(source.connection()).await?)
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
    where state in ('owner_asked', 'advocate_asked', 'accepted', 'scheduled', 'done', 'debriefed') and OF_CANDIDATES
    group by request_id
  ) found on found.request_id = requests.id
  where OF_DEALS and requests.status not in ('withdrawn', 'draft')
  group by requests.opportunity_id
  union all
  select opportunity_id, cast(count(*) as bigint) as references_asked, null as first_at,
    null as need_on, 0 as waiting
  from uses
  where OF_DEALS and ",
    took_place_sql!(),
    "
  group by opportunity_id
) asked
group by opportunity_id
order by opportunity_id"
);

const SEARCHED: &str = "
select opportunity_id, max(at) as last_at
from unmet_searches
where OF_DEALS
group by opportunity_id
order by opportunity_id";

/// A statement about all deals or about some, with the values that it takes.
fn about(sql: &str, of: Option<&[OpportunityId]>) -> (String, Vec<Value>) {
    let Some(some) = of else {
        let sql = sql.replace("OF_DEALS", "opportunity_id is not null");
        return (sql.replace("OF_CANDIDATES", "true"), Vec::new());
    };
    let is_one = format!("opportunity_id in ({})", record::places(some.len()));
    let theirs = format!("request_id in (select id from requests where {is_one})");
    let sql = sql.replace("OF_DEALS", &is_one);
    let values = some.iter().map(|id| (*id).into());
    (sql.replace("OF_CANDIDATES", &theirs), values.collect())
}

async fn asked(
    source: &impl Source,
    of: Option<&[OpportunityId]>,
) -> Result<Vec<Asked>, StorageError> {
    let (sql, values) = about(ASKED, of);
    record::all(source, &sql, values).await
}

async fn searched(
    source: &impl Source,
    of: Option<&[OpportunityId]>,
) -> Result<Vec<Searched>, StorageError> {
    let (sql, values) = about(SEARCHED, of);
    record::all(source, &sql, values).await
}

/// A request, a candidate or a use, and the deal that it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromQueryResult)]
pub struct ForDeal {
    pub id: Uuid,
    pub opportunity_id: Option<OpportunityId>,
}

const FOR_DEALS: &str = "
select id, opportunity_id from requests where id in (PLACES)
union all
select id, opportunity_id from uses where id in (PLACES)
union all
select candidates.id, requests.opportunity_id
from candidates
join requests on requests.id = candidates.request_id
where candidates.id in (PLACES)";

/// The deals behind requests, candidates and uses that are there.
pub async fn for_deals(source: &impl Source, ids: &[Uuid]) -> Result<Vec<ForDeal>, StorageError> {
    let mut found = Vec::new();
    for some in ids.chunks(record::IDS_AT_ONCE) {
        let sql = FOR_DEALS.replace("PLACES", &record::places(some.len()));
        let values = some.iter().map(|id| (*id).into()).collect();
        let rows: Vec<ForDeal> = record::all(source, &sql, values).await?;
        found.extend(rows);
    }
    Ok(found)
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
    /// Approved quotes, reviews, stories and the like that the account is named in.
    pub praised: i64,
}

const CUSTOMERS: &str = "
select accounts.id, accounts.name, accounts.owner_id, users.name as owner_name, accounts.health, accounts.nps,
  accounts.customer_since,
  (select count(*) from contacts where contacts.account_id = accounts.id) as contacts,
  (select count(*) from content where content.account_id = accounts.id and content.status = 'approved') as praised
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

//! Program membership of a contact; what hangs on it is in `profile`.

mod profile;

use std::collections::HashMap;

use domain::{
    access::Scope,
    advocate::AdvocateStatus,
    id::{AccountId, AdvocateId, ContactId, UserId},
    time::{Day, Timestamp},
};
use sea_orm::{
    JoinType, QueryFilter, QueryOrder, QuerySelect, entity::prelude::*, sea_query::Query,
};

use crate::{
    account, contact,
    error::StorageError,
    filter::{self, Narrowing, Sorting},
    page::{self, Listed, Page, Sort},
    record::{self, Source, versioned_record},
};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    use super::{AdvocateId, AdvocateStatus, ContactId, Day, Timestamp, UserId};

    #[derive(
        Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize,
    )]
    #[sea_orm(table_name = "advocates")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: AdvocateId,
        pub version: i64,
        pub contact_id: ContactId,
        pub status: AdvocateStatus,
        pub status_reason: Option<String>,
        pub headline: Option<String>,
        pub story: Option<String>,
        /// Topics by line.
        pub topics_can: String,
        pub topics_cannot: String,
        /// The advocate's own limits, stricter than the program's.
        pub limit_per_year: Option<i64>,
        pub limit_per_quarter: Option<i64>,
        /// A private or blackout profile: hidden from sellers and stakeholders.
        pub is_restricted: bool,
        pub notes: Option<String>,
        pub source: Option<String>,
        pub nominated_by: Option<UserId>,
        pub verified_on: Option<Day>,
        pub created_at: Timestamp,
        pub updated_at: Timestamp,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Advocate;
pub use profile::{
    NoGo, Outcome, PartCheck, Willingness, insert_outcomes, insert_willingness, no_go, outcomes,
    part_checks, remove_part_check, replace_outcomes, replace_willingness, set_no_go, set_outcomes,
    set_part_check, set_willingness, willingness,
};
pub(crate) use profile::{activity_entity, check_entity, no_go_entity, outcome_entity};

versioned_record!(Advocate);

impl Advocate {
    /// A nominated contact with an empty profile.
    pub fn nominated(id: AdvocateId, contact_id: ContactId, now: Timestamp) -> Self {
        Self {
            id,
            version: 1,
            contact_id,
            status: AdvocateStatus::Nominated,
            status_reason: None,
            headline: None,
            story: None,
            topics_can: String::new(),
            topics_cannot: String::new(),
            limit_per_year: None,
            limit_per_quarter: None,
            is_restricted: false,
            notes: None,
            source: None,
            nominated_by: None,
            verified_on: None,
            created_at: now,
            updated_at: now,
        }
    }
}

/// What a list of advocates is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Part of an account's name; of a person's name only where `names_visible`.
    pub text: Option<String>,
    /// Whether the reader may know names, and so may look for them.
    pub names_visible: bool,
    pub status: Option<AdvocateStatus>,
    /// Only profiles that nobody verified on this day or later.
    pub stale_since: Option<Day>,
    pub narrowing: Option<Narrowing>,
    /// The newest first when absent.
    pub sorting: Option<Sorting>,
    /// Whether private and blackout profiles are listed.
    pub restricted_visible: bool,
}

/// Advocates hang on a contact, and the contact's account decides the reach.
pub(crate) fn in_scope(scope: &Scope, restricted_visible: bool) -> sea_orm::Condition {
    let reach = match scope {
        Scope::Everything => sea_orm::Condition::all(),
        Scope::Own(_) | Scope::Nothing => {
            let contacts = Query::select()
                .column(contact::entity::Column::Id)
                .from(contact::entity::Entity)
                .and_where(
                    contact::entity::Column::AccountId.in_subquery(account::ids_in_scope(scope)),
                )
                .to_owned();
            sea_orm::Condition::all().add(entity::Column::ContactId.in_subquery(contacts))
        }
    };
    if restricted_visible {
        reach
    } else {
        reach.add(entity::Column::IsRestricted.eq(false))
    }
}

pub async fn find(
    source: &impl Source,
    scope: &Scope,
    restricted_visible: bool,
    id: AdvocateId,
) -> Result<Option<Advocate>, StorageError> {
    Ok(entity::Entity::find_by_id(id)
        .filter(in_scope(scope, restricted_visible))
        .one(source.connection())
        .await?)
}

pub async fn by_ids(
    source: &impl Source,
    ids: Vec<AdvocateId>,
) -> Result<HashMap<AdvocateId, Advocate>, StorageError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = entity::Entity::find()
        .filter(entity::Column::Id.is_in(ids))
        .all(source.connection())
        .await?;
    Ok(rows
        .into_iter()
        .map(|advocate| (advocate.id, advocate))
        .collect())
}

/// The membership of each of these contacts, where there is one.
pub async fn of_contacts(
    source: &impl Source,
    contacts: Vec<ContactId>,
) -> Result<Vec<Advocate>, StorageError> {
    if contacts.is_empty() {
        return Ok(Vec::new());
    }
    Ok(entity::Entity::find()
        .filter(entity::Column::ContactId.is_in(contacts))
        .order_by_asc(entity::Column::Id)
        .all(source.connection())
        .await?)
}

fn select(scope: &Scope, filter: &Filter) -> Select<entity::Entity> {
    let mut select = entity::Entity::find().filter(in_scope(scope, filter.restricted_visible));
    // Counting would look up the contact and the account of every advocate, so they are joined only where
    // something may ask for them.
    if filter.text.is_some() || filter.narrowing.is_some() || filter.sorting.is_some() {
        select = with_contact_and_account(select);
    }
    if let Some(text) = &filter.text {
        let mut found = sea_orm::Condition::any().add(page::contains(
            (account::entity::Entity, account::entity::Column::NameFolded),
            text,
        ));
        if filter.names_visible {
            found = found.add(page::contains(
                (contact::entity::Entity, contact::entity::Column::NameFolded),
                text,
            ));
        }
        select = select.filter(found);
    }
    if let Some(status) = filter.status {
        select = select.filter(entity::Column::Status.eq(status));
    }
    if let Some(day) = filter.stale_since {
        let stale = sea_orm::Condition::any()
            .add(entity::Column::VerifiedOn.is_null())
            .add(entity::Column::VerifiedOn.lt(day));
        select = select.filter(stale);
    }
    filter::narrowed(select, filter.narrowing.as_ref())
}

fn with_contact_and_account(select: Select<entity::Entity>) -> Select<entity::Entity> {
    let contact = entity::Entity::belongs_to(contact::entity::Entity)
        .from(entity::Column::ContactId)
        .to(contact::entity::Column::Id);
    let account = contact::entity::Entity::belongs_to(account::entity::Entity)
        .from(contact::entity::Column::AccountId)
        .to(account::entity::Column::Id);
    select
        .join(JoinType::LeftJoin, contact.into())
        .join(JoinType::LeftJoin, account.into())
}

fn sort(filter: &Filter) -> Sort {
    filter.sorting.as_ref().map_or_else(
        || Sort::by((entity::Entity, entity::Column::CreatedAt)).descending(),
        Sorting::sort,
    )
}

/// Lists advocates in the order that is asked for.
pub async fn list(
    source: &impl Source,
    scope: &Scope,
    filter: &Filter,
    page: &Page,
) -> Result<Listed<Advocate>, StorageError> {
    page::read(
        source.connection(),
        select(scope, filter),
        sort(filter),
        entity::Column::Id,
        page,
        |row| row.id.0,
    )
    .await
}

/// The ids of everything that [`list`] pages through, in its order.
pub async fn ids(
    source: &impl Source,
    scope: &Scope,
    filter: &Filter,
) -> Result<Vec<Uuid>, StorageError> {
    let select = select(scope, filter);
    page::ids(
        source.connection(),
        select,
        sort(filter),
        entity::Column::Id,
    )
    .await
}

#[derive(sea_orm::FromQueryResult)]
struct AccountOf {
    account_id: AccountId,
}

const ACCOUNT_OF: &str = "
select contacts.account_id as account_id
from advocates
join contacts on contacts.id = advocates.contact_id
where advocates.id = $1 and contacts.account_id is not null";

/// The account an advocate speaks for, if the contact has one.
pub async fn account_of(
    source: &impl Source,
    advocate: AdvocateId,
) -> Result<Option<AccountId>, StorageError> {
    Ok(
        record::one::<AccountOf, _>(source, ACCOUNT_OF, vec![advocate.into()])
            .await?
            .map(|row| row.account_id),
    )
}

#[derive(sea_orm::FromQueryResult)]
struct IdOnly {
    id: AdvocateId,
}

const AT_ACCOUNT: &str = "
select advocates.id as id
from advocates
join contacts on contacts.id = advocates.contact_id
where contacts.account_id = $1
order by advocates.id";

/// Every advocate of an account.
pub async fn at_account(
    source: &impl Source,
    account: AccountId,
) -> Result<Vec<AdvocateId>, StorageError> {
    Ok(
        record::all::<IdOnly, _>(source, AT_ACCOUNT, vec![account.into()])
            .await?
            .into_iter()
            .map(|row| row.id)
            .collect(),
    )
}

#[derive(sea_orm::FromQueryResult)]
struct CountedAccount {
    account_id: AccountId,
    advocates: i64,
}

const COUNT_BY_ACCOUNT: &str = "
select contacts.account_id as account_id, cast(count(*) as bigint) as advocates
from advocates
join contacts on contacts.id = advocates.contact_id
where contacts.account_id in (PLACES)
group by contacts.account_id
order by contacts.account_id";

/// How many advocates each of these accounts has, whatever their status.
pub async fn count_by_account(
    source: &impl Source,
    accounts: Vec<AccountId>,
) -> Result<HashMap<AccountId, u64>, StorageError> {
    if accounts.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = COUNT_BY_ACCOUNT.replace("PLACES", &record::places(accounts.len()));
    let rows: Vec<CountedAccount> =
        record::all(source, &sql, accounts.into_iter().map(Into::into).collect()).await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.account_id, u64::try_from(row.advocates).unwrap_or(0)))
        .collect())
}

/// An advocate with the contact and the account behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sea_orm::FromQueryResult)]
pub struct Placed {
    pub id: AdvocateId,
    pub contact_id: ContactId,
    pub account_id: AccountId,
}

const PLACED: &str = "
select advocates.id as id, advocates.contact_id as contact_id, contacts.account_id as account_id
from advocates
join contacts on contacts.id = advocates.contact_id
where contacts.account_id in (PLACES)
order by advocates.id";

/// The advocates of these accounts.
pub async fn of_accounts(
    source: &impl Source,
    accounts: Vec<AccountId>,
) -> Result<Vec<Placed>, StorageError> {
    if accounts.is_empty() {
        return Ok(Vec::new());
    }
    let sql = PLACED.replace("PLACES", &record::places(accounts.len()));
    record::all(source, &sql, accounts.into_iter().map(Into::into).collect()).await
}

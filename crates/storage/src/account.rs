//! Customer and prospect companies, their locks and their relations.

use std::collections::HashMap;

use domain::{
    access::Scope,
    id::{AccountId, LockId, UserId},
    money::Currency,
    protection::{LockReason, Relation as Kinship},
    text::fold,
    time::{Day, Timestamp},
};
use sea_orm::{QueryFilter, QueryOrder, QuerySelect, entity::prelude::*, sea_query::Query};

use crate::{
    error::StorageError,
    filter::{self, Narrowing, Sorting},
    page::{self, Listed, Page, Sort},
    record::{self, Source, versioned_record},
    tx::Tx,
};

pub(crate) mod relation_entity;

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    use super::{AccountId, Currency, Day, Timestamp, UserId};

    #[derive(
        Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize,
    )]
    #[sea_orm(table_name = "accounts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: AccountId,
        pub version: i64,
        /// Raised by every write that checks protection: the lock of the account on both engines.
        pub guard: i64,
        pub external_id: Option<String>,
        pub name: String,
        pub name_folded: String,
        pub domain: Option<String>,
        pub owner_id: Option<UserId>,
        /// The owner as a file named them, kept while nobody is known by it.
        pub owner_written: Option<String>,
        pub parent_id: Option<AccountId>,
        pub parent_written: Option<String>,
        pub employees: Option<i64>,
        pub revenue_minor: Option<i64>,
        pub revenue_currency: Option<Currency>,
        pub health: Option<i64>,
        pub nps: Option<i64>,
        pub customer_since: Option<Day>,
        pub created_at: Timestamp,
        pub updated_at: Timestamp,
        #[serde(default)]
        pub has_open_escalation: bool,
        #[serde(default)]
        pub has_payment_dispute: bool,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod lock_entity {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    use super::{AccountId, Day, LockId, LockReason, Timestamp, UserId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "account_locks")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: LockId,
        pub account_id: AccountId,
        pub reason: LockReason,
        pub note: Option<String>,
        pub from_on: Day,
        pub until_on: Option<Day>,
        pub locked_by: Option<UserId>,
        pub lifted_at: Option<Timestamp>,
        #[serde(default)]
        pub is_by_rule: bool,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Account;
pub use lock_entity::Model as AccountLock;
pub use relation_entity::Model as AccountRelation;

versioned_record!(Account);

impl Account {
    /// An account with a name and nothing else yet.
    pub fn named(id: AccountId, name: &str, now: Timestamp) -> Self {
        Self {
            id,
            version: 1,
            guard: 0,
            external_id: None,
            name: name.to_owned(),
            name_folded: fold(name),
            domain: None,
            owner_id: None,
            owner_written: None,
            parent_id: None,
            parent_written: None,
            employees: None,
            revenue_minor: None,
            revenue_currency: None,
            has_open_escalation: false,
            has_payment_dispute: false,
            health: None,
            nps: None,
            customer_since: None,
            created_at: now,
            updated_at: now,
        }
    }
}

/// What a list of accounts is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Part of a name, as typed.
    pub text: Option<String>,
    pub owner: Option<UserId>,
    /// Only accounts that nobody owns.
    pub unowned: bool,
    /// Only accounts that may not be used on this day.
    pub locked_on: Option<Day>,
    pub narrowing: Option<Narrowing>,
    /// By name when absent.
    pub sorting: Option<Sorting>,
}

pub(crate) fn in_scope(scope: &Scope) -> sea_orm::Condition {
    record::scope_condition(scope, entity::Column::OwnerId)
}

pub async fn find(
    source: &impl Source,
    scope: &Scope,
    id: AccountId,
) -> Result<Option<Account>, StorageError> {
    Ok(entity::Entity::find_by_id(id)
        .filter(in_scope(scope))
        .one(source.connection())
        .await?)
}

/// Ids of all accounts in reach.
pub async fn ids_in(source: &impl Source, scope: &Scope) -> Result<Vec<AccountId>, StorageError> {
    Ok(entity::Entity::find()
        .select_only()
        .column(entity::Column::Id)
        .filter(in_scope(scope))
        .into_tuple()
        .all(source.connection())
        .await?)
}

/// Accounts by id, for names beside records that the reader may see.
pub async fn by_ids(
    source: &impl Source,
    ids: Vec<AccountId>,
) -> Result<HashMap<AccountId, Account>, StorageError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = entity::Entity::find()
        .filter(entity::Column::Id.is_in(ids))
        .all(source.connection())
        .await?;
    Ok(rows
        .into_iter()
        .map(|account| (account.id, account))
        .collect())
}

fn select(scope: &Scope, filter: &Filter) -> Select<entity::Entity> {
    let mut select = entity::Entity::find().filter(in_scope(scope));
    if let Some(text) = &filter.text {
        select = select.filter(page::contains(
            (entity::Entity, entity::Column::NameFolded),
            text,
        ));
    }
    if let Some(owner) = filter.owner {
        select = select.filter(entity::Column::OwnerId.eq(owner));
    }
    if filter.unowned {
        select = select.filter(entity::Column::OwnerId.is_null());
    }
    if let Some(day) = filter.locked_on {
        select = select.filter(entity::Column::Id.in_subquery(locked_on(day)));
    }
    filter::narrowed(select, filter.narrowing.as_ref())
}

fn sort(filter: &Filter) -> Sort {
    filter.sorting.as_ref().map_or_else(
        || Sort::by((entity::Entity, entity::Column::NameFolded)),
        Sorting::sort,
    )
}

pub async fn list(
    source: &impl Source,
    scope: &Scope,
    filter: &Filter,
    page: &Page,
) -> Result<Listed<Account>, StorageError> {
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

/// The accounts with a lock that holds on a day.
fn locked_on(day: Day) -> sea_orm::sea_query::SelectStatement {
    Query::select()
        .column(lock_entity::Column::AccountId)
        .from(lock_entity::Entity)
        .and_where(lock_entity::Column::LiftedAt.is_null())
        .and_where(lock_entity::Column::FromOn.lte(day))
        .cond_where(
            sea_orm::Condition::any()
                .add(lock_entity::Column::UntilOn.is_null())
                .add(lock_entity::Column::UntilOn.gte(day)),
        )
        .to_owned()
}

/// An account whose folded name is exactly that of `name`; the oldest where there are several.
pub async fn find_by_name(
    source: &impl Source,
    scope: &Scope,
    name: &str,
) -> Result<Option<Account>, StorageError> {
    Ok(entity::Entity::find()
        .filter(in_scope(scope))
        .filter(entity::Column::NameFolded.eq(fold(name)))
        .order_by_asc(entity::Column::CreatedAt)
        .order_by_asc(entity::Column::Id)
        .one(source.connection())
        .await?)
}

/// Everything about accounts that the importer looks names up in; ordered by creation.
pub async fn everyone(source: &impl Source) -> Result<Vec<Account>, StorageError> {
    Ok(entity::Entity::find()
        .order_by_asc(entity::Column::CreatedAt)
        .order_by_asc(entity::Column::Id)
        .all(source.connection())
        .await?)
}

const RAISE_GUARD: &str = "update accounts set guard = guard + 1 where id = $1";

/// Takes the account's lock for the rest of the write; `false` when there is no such account.
///
/// Every write that checks protection and then reserves does this first: it is what makes
/// check-and-reserve safe on an engine with weaker isolation than one writer.
pub async fn guard(tx: &Tx, id: AccountId) -> Result<bool, StorageError> {
    Ok(record::execute(tx, RAISE_GUARD, vec![id.into()]).await? == 1)
}

/// Locks of an account, the newest first; lifted ones are kept as history.
pub async fn locks(
    source: &impl Source,
    accounts: Vec<AccountId>,
) -> Result<Vec<AccountLock>, StorageError> {
    if accounts.is_empty() {
        return Ok(Vec::new());
    }
    Ok(lock_entity::Entity::find()
        .filter(lock_entity::Column::AccountId.is_in(accounts))
        .filter(lock_entity::Column::LiftedAt.is_null())
        .order_by_desc(lock_entity::Column::Id)
        .all(source.connection())
        .await?)
}

pub async fn insert_lock(tx: &Tx, row: AccountLock) -> Result<(), StorageError> {
    record::insert::<lock_entity::Entity, _>(tx, row).await
}

/// Adds locks of many accounts at once.
pub async fn insert_locks(tx: &Tx, rows: Vec<AccountLock>) -> Result<(), StorageError> {
    record::insert_all::<lock_entity::Entity, _>(tx, rows).await
}

const LIFT_LOCK: &str = "update account_locks set lifted_at = $1 where id = $2 and account_id = $3 and lifted_at is null";

/// Lifts a lock; `false` when the account has no such open lock.
pub async fn lift_lock(tx: &Tx, account: AccountId, lock: LockId) -> Result<bool, StorageError> {
    let values = vec![tx.now().into(), lock.into(), account.into()];
    Ok(record::execute(tx, LIFT_LOCK, values).await? == 1)
}

/// Relations of accounts to others, for the conflict rule.
pub async fn relations(
    source: &impl Source,
    accounts: Vec<AccountId>,
) -> Result<Vec<AccountRelation>, StorageError> {
    if accounts.is_empty() {
        return Ok(Vec::new());
    }
    Ok(relation_entity::Entity::find()
        .filter(relation_entity::Column::AccountId.is_in(accounts))
        .all(source.connection())
        .await?)
}

pub async fn insert_relations(tx: &Tx, rows: Vec<AccountRelation>) -> Result<(), StorageError> {
    record::insert_all::<relation_entity::Entity, _>(tx, rows).await
}

/// The accounts in reach, as a sub-query for rows that hang on an account.
pub(crate) fn ids_in_scope(scope: &Scope) -> sea_orm::sea_query::SelectStatement {
    Query::select()
        .column(entity::Column::Id)
        .from(entity::Entity)
        .cond_where(in_scope(scope))
        .to_owned()
}

/// A batch of accounts for the importer, by any of the three ways they are known; the oldest first.
pub async fn known_by(
    source: &impl Source,
    external_ids: Vec<String>,
    names: Vec<String>,
    domains: Vec<String>,
) -> Result<Vec<Account>, StorageError> {
    let known = sea_orm::Condition::any()
        .add(entity::Column::ExternalId.is_in(external_ids))
        .add(entity::Column::NameFolded.is_in(names))
        .add(entity::Column::Domain.is_in(domains));
    Ok(entity::Entity::find()
        .filter(known)
        .order_by_asc(entity::Column::CreatedAt)
        .order_by_asc(entity::Column::Id)
        .all(source.connection())
        .await?)
}

/// Accounts after `after` whose owner or parent is only written, in the order of ids.
pub async fn unlinked(
    source: &impl Source,
    after: AccountId,
    limit: u64,
) -> Result<Vec<Account>, StorageError> {
    let waiting = sea_orm::Condition::any()
        .add(entity::Column::OwnerWritten.is_not_null())
        .add(entity::Column::ParentWritten.is_not_null());
    Ok(entity::Entity::find()
        .filter(entity::Column::Id.gt(after))
        .filter(waiting)
        .order_by_asc(entity::Column::Id)
        .limit(limit)
        .all(source.connection())
        .await?)
}

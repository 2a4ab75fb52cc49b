//! People at accounts.

use std::collections::HashMap;

use domain::{
    access::Scope,
    id::{AccountId, ContactId},
    text::{EmailAddress, fold},
    time::{Day, Timestamp},
};
use sea_orm::{QueryFilter, QueryOrder, QuerySelect, entity::prelude::*};

use crate::{
    account,
    error::StorageError,
    filter::{self, Narrowing, Sorting},
    page::{self, Listed, Page, Sort},
    record::{Source, versioned_record},
};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    use super::{AccountId, ContactId, Day, EmailAddress, Timestamp};

    #[derive(
        Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize,
    )]
    #[sea_orm(table_name = "contacts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ContactId,
        pub version: i64,
        pub external_id: Option<String>,
        pub account_id: Option<AccountId>,
        /// The account as a file named it, kept while none is known by it.
        pub account_written: Option<String>,
        pub name: String,
        pub name_folded: String,
        pub email: Option<EmailAddress>,
        pub phone: Option<String>,
        pub title: Option<String>,
        pub time_zone: Option<String>,
        pub created_at: Timestamp,
        pub updated_at: Timestamp,
        /// When the person was forgotten; what is left is a pseudonym.
        pub erased_at: Option<Timestamp>,
        /// The first day on which they do not work for the account any more.
        pub left_on: Option<Day>,
        /// The address that a mail server refused for good, and when; it says nothing about another one.
        pub refused_email: Option<EmailAddress>,
        pub refused_on: Option<Day>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Contact;

versioned_record!(Contact);

impl Contact {
    /// A contact with a name and nothing else yet.
    pub fn named(id: ContactId, name: &str, now: Timestamp) -> Self {
        Self {
            id,
            version: 1,
            external_id: None,
            account_id: None,
            account_written: None,
            name: name.to_owned(),
            name_folded: fold(name),
            email: None,
            phone: None,
            title: None,
            time_zone: None,
            created_at: now,
            updated_at: now,
            erased_at: None,
            left_on: None,
            refused_email: None,
            refused_on: None,
        }
    }

    /// The day on which a mail server refused the address that they have now.
    pub fn email_refused_on(&self) -> Option<Day> {
        let is_current = self.email.is_some() && self.email == self.refused_email;
        self.refused_on.filter(|_| is_current)
    }

    /// The address that letters go to: none while a mail server refuses it.
    pub fn reached_by(&self) -> Option<&EmailAddress> {
        let is_refused = self.email_refused_on().is_some();
        self.email.as_ref().filter(|_| !is_refused)
    }
}

/// What a list of contacts is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Part of a name, as typed.
    pub text: Option<String>,
    pub account: Option<AccountId>,
    pub narrowing: Option<Narrowing>,
    /// By name when absent.
    pub sorting: Option<Sorting>,
}

/// A contact is in reach when its account is; one without an account only with everything.
pub(crate) fn in_scope(scope: &Scope) -> sea_orm::Condition {
    match scope {
        Scope::Everything => sea_orm::Condition::all(),
        Scope::Own(_) | Scope::Nothing => sea_orm::Condition::all()
            .add(entity::Column::AccountId.in_subquery(account::ids_in_scope(scope))),
    }
}

pub async fn find(
    source: &impl Source,
    scope: &Scope,
    id: ContactId,
) -> Result<Option<Contact>, StorageError> {
    Ok(entity::Entity::find_by_id(id)
        .filter(in_scope(scope))
        .one(source.connection())
        .await?)
}

pub async fn by_ids(
    source: &impl Source,
    ids: Vec<ContactId>,
) -> Result<HashMap<ContactId, Contact>, StorageError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = entity::Entity::find()
        .filter(entity::Column::Id.is_in(ids))
        .all(source.connection())
        .await?;
    Ok(rows
        .into_iter()
        .map(|contact| (contact.id, contact))
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
    if let Some(account) = filter.account {
        select = select.filter(entity::Column::AccountId.eq(account));
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
) -> Result<Listed<Contact>, StorageError> {
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

/// The contact with this address, wherever it is.
pub async fn find_by_email(
    source: &impl Source,
    email: &EmailAddress,
) -> Result<Option<Contact>, StorageError> {
    Ok(entity::Entity::find()
        .filter(entity::Column::Email.eq(email.clone()))
        .one(source.connection())
        .await?)
}

/// A contact of the account whose folded name is exactly that of `name`.
pub async fn find_at_account(
    source: &impl Source,
    account: AccountId,
    name: &str,
) -> Result<Option<Contact>, StorageError> {
    Ok(entity::Entity::find()
        .filter(entity::Column::AccountId.eq(account))
        .filter(entity::Column::NameFolded.eq(fold(name)))
        .order_by_asc(entity::Column::Id)
        .one(source.connection())
        .await?)
}

/// A batch of contacts for the importer, by any of the three ways they are known.
pub async fn known_by(
    source: &impl Source,
    external_ids: Vec<String>,
    emails: Vec<EmailAddress>,
    names: Vec<String>,
) -> Result<Vec<Contact>, StorageError> {
    let known = sea_orm::Condition::any()
        .add(entity::Column::ExternalId.is_in(external_ids))
        .add(entity::Column::Email.is_in(emails))
        .add(entity::Column::NameFolded.is_in(names));
    Ok(entity::Entity::find()
        .filter(known)
        .order_by_asc(entity::Column::Id)
        .all(source.connection())
        .await?)
}

/// Contacts after `after` whose account is only written, in the order of ids.
pub async fn unlinked(
    source: &impl Source,
    after: ContactId,
    limit: u64,
) -> Result<Vec<Contact>, StorageError> {
    Ok(entity::Entity::find()
        .filter(entity::Column::Id.gt(after))
        .filter(entity::Column::AccountWritten.is_not_null())
        .order_by_asc(entity::Column::Id)
        .limit(limit)
        .all(source.connection())
        .await?)
}

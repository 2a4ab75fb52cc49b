//! Contacts: people at accounts, for those who may know them.

use std::collections::HashMap;

use domain::{
    access::Scope,
    id::{AccountId, AdvocateId, ContactId, UserId},
    record::RecordKind,
    time::Day,
};
use serde::Serialize;
use storage::{
    contact::{self, Contact},
    page::Direction,
};

use crate::{
    App,
    account::AccountRef,
    actor::Actor,
    duplicate,
    error::Error,
    listing::{self, Choice, List},
    policy::{self, Permission},
    tagging::{self, TagView},
};

pub mod edit;

/// A person at an account. Only those who own the account or run the program read contacts at all.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Contact)]
pub struct ContactView {
    pub id: ContactId,
    pub version: i64,
    pub external_id: Option<String>,
    pub account: Option<AccountRef>,
    /// The account as a file named it, while none is known by that name.
    pub account_raw: Option<String>,
    pub name: String,
    pub title: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub time_zone: Option<String>,
    pub terms: Vec<TagView>,
    /// The membership in the program, where there is one.
    pub advocate_id: Option<AdvocateId>,
    /// The first day on which they do not work for the account any more.
    pub left_on: Option<Day>,
    /// The day on which a mail server refused the address that stands here for good.
    pub email_refused_on: Option<Day>,
    pub can_edit: bool,
}

/// What a list of contacts is asked for.
#[derive(Clone, Debug, Default)]
pub struct ListContacts {
    pub text: Option<String>,
    pub account: Option<AccountId>,
    /// Conditions in groups, as JSON.
    pub filter: Option<String>,
    /// The key of a field of the list.
    pub sort: Option<String>,
    pub direction: Option<Direction>,
    pub limit: Option<u64>,
    pub cursor: Option<String>,
}

pub async fn list(app: &App, actor: &Actor, ask: ListContacts) -> Result<List<ContactView>, Error> {
    let scope = policy::require(actor, Permission::ContactRead)?;
    let page = listing::page(ask.limit, ask.cursor.as_deref())?;
    let choice = Choice {
        text: None,
        filter: ask.filter,
        sort: ask.sort,
        direction: ask.direction,
    };
    let chosen = listing::chosen(app, actor, RecordKind::Contact, &choice).await?;
    let filter = contact::Filter {
        text: ask.text,
        account: ask.account,
        narrowing: chosen.narrowing,
        sorting: chosen.sorting,
    };
    let listed = contact::list(&app.store, &scope, &filter, &page).await?;
    let items = views(app, actor, &listed.items).await?;
    Ok(List::from_listed(listed.with_items(items)))
}

pub async fn get(app: &App, actor: &Actor, id: ContactId) -> Result<ContactView, Error> {
    let scope: Scope = policy::require(actor, Permission::ContactRead)?;
    let row = match contact::find(&app.store, &scope, id).await? {
        Some(row) => Some(row),
        // The id of a merged contact leads to the one that they are.
        None => match duplicate::merge::end(app, RecordKind::Contact, id.0).await? {
            Some(end) => contact::find(&app.store, &scope, end.into()).await?,
            None => None,
        },
    };
    views(app, actor, &[row.ok_or(Error::NotFound)?])
        .await?
        .pop()
        .ok_or(Error::NotFound)
}

/// Builds the views of a page of contacts in a fixed number of queries.
async fn views(app: &App, actor: &Actor, rows: &[Contact]) -> Result<Vec<ContactView>, Error> {
    let account_ids = rows.iter().filter_map(|row| row.account_id).collect();
    let accounts = storage::account::by_ids(&app.store, account_ids).await?;
    let ids = rows.iter().map(|row| row.id.0).collect();
    let mut tags = tagging::of(app, RecordKind::Contact, ids).await?;
    let members = members(app, actor, rows).await?;
    let edit = policy::scope(actor, Permission::ContactEdit);
    let owner = |row: &Contact| -> Option<UserId> {
        row.account_id
            .and_then(|id| accounts.get(&id))
            .and_then(|account| account.owner_id)
    };
    Ok(rows
        .iter()
        .map(|row| ContactView {
            advocate_id: members.get(&row.id).copied(),
            can_edit: row.erased_at.is_none() && edit.reaches(owner(row)),
            id: row.id,
            version: row.version,
            external_id: row.external_id.clone(),
            account: row
                .account_id
                .and_then(|id| accounts.get(&id))
                .map(AccountRef::from),
            account_raw: row.account_written.clone(),
            name: row.name.clone(),
            title: row.title.clone(),
            email: row.email.as_ref().map(ToString::to_string),
            phone: row.phone.clone(),
            time_zone: row.time_zone.clone(),
            left_on: row.left_on,
            email_refused_on: row.email_refused_on(),
            terms: tags.remove(&row.id.0).unwrap_or_default(),
        })
        .collect())
}

/// Which of these people are in the program, as far as the reader may know of advocates.
async fn members(
    app: &App,
    actor: &Actor,
    rows: &[Contact],
) -> Result<HashMap<ContactId, AdvocateId>, Error> {
    if !policy::may(actor, Permission::AdvocateRead) {
        return Ok(HashMap::new());
    }
    let ids = rows.iter().map(|row| row.id).collect();
    let members = storage::advocate::of_contacts(&app.store, ids).await?;
    Ok(members
        .into_iter()
        .filter(|row| policy::sees_restricted(actor) || !row.is_restricted)
        .map(|row| (row.contact_id, row.id))
        .collect())
}

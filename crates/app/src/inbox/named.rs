//! The names of the records that entries of an inbox are about, as their reader may see them now.

use std::collections::HashMap;

use domain::{
    content::ContentState,
    id::{AccountId, AdvocateId, ContactId, ContentId, OpportunityId, RequestId},
    record::RecordKind,
};
use serde::Serialize;
use storage::{content::Content, notice::Notice, reach, request::Request};
use uuid::Uuid;

use crate::{
    App,
    actor::Actor,
    error::Error,
    people::{self, Person},
    policy::{self, Permission},
};

/// The record that an entry is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct NoticeRecord {
    pub kind: RecordKind,
    pub id: Uuid,
    /// The name that tells it from others like it; of an advocate the role where the name is hidden.
    pub name: String,
}

/// Records by what they are.
pub(crate) type Names = HashMap<(RecordKind, Uuid), NoticeRecord>;

/// The records of a page of entries that the reader may see now, in a fixed number of queries.
pub(crate) async fn of(app: &App, actor: &Actor, rows: &[Notice]) -> Result<Names, Error> {
    let mut names = requests(app, actor, ids(rows, RecordKind::Request)).await?;
    names.extend(deals(app, actor, ids(rows, RecordKind::Opportunity)).await?);
    names.extend(advocates(app, actor, ids(rows, RecordKind::Advocate)).await?);
    names.extend(accounts(app, actor, ids(rows, RecordKind::Account)).await?);
    names.extend(contacts(app, actor, ids(rows, RecordKind::Contact)).await?);
    names.extend(content(app, actor, ids(rows, RecordKind::Content)).await?);
    Ok(names)
}

fn ids(rows: &[Notice], kind: RecordKind) -> Vec<Uuid> {
    let rows = rows.iter().filter(|row| row.record_kind == Some(kind));
    let mut ids: Vec<Uuid> = rows.filter_map(|row| row.record_id).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn record(kind: RecordKind, id: Uuid, name: String) -> ((RecordKind, Uuid), NoticeRecord) {
    ((kind, id), NoticeRecord { kind, id, name })
}

async fn requests(app: &App, actor: &Actor, ids: Vec<Uuid>) -> Result<Names, Error> {
    let scope = policy::scope(actor, Permission::RequestRead);
    let ids: Vec<RequestId> = ids.into_iter().map(RequestId).collect();
    let mut rows = storage::request::by_ids(&app.store, ids.clone()).await?;
    // The owner who is asked reads it as well.
    let candidates = storage::candidate::of_requests(&app.store, ids).await?;
    let approves = policy::scope(actor, Permission::CandidateApprove);
    let asked = |id: &RequestId| {
        let mut rows = candidates.get(id).into_iter().flatten();
        rows.any(|candidate| approves.reaches(candidate.owner_id))
    };
    rows.retain(|id, row| scope.reaches(Some(row.requester_id)) || asked(id));
    // Whoever reads a request reads which deal it is for.
    let deals = rows.values().filter_map(|row| row.opportunity_id).collect();
    let deals = storage::opportunity::by_ids(&app.store, deals).await?;
    let name = |row: &Request| match row.opportunity_id.and_then(|id| deals.get(&id)) {
        Some(deal) => deal.name.clone(),
        None => format!("{}, needed by {}", row.activity.label(), row.need_by),
    };
    let named = rows
        .values()
        .map(|row| record(RecordKind::Request, row.id.0, name(row)));
    Ok(named.collect())
}

async fn deals(app: &App, actor: &Actor, ids: Vec<Uuid>) -> Result<Names, Error> {
    let kind = RecordKind::Opportunity;
    let scope = policy::scope(actor, Permission::OpportunityRead);
    let seen = reach::among(&app.store, kind, &scope, false, &ids).await?;
    let seen = seen.into_iter().map(OpportunityId).collect();
    let rows = storage::opportunity::by_ids(&app.store, seen).await?;
    Ok(rows
        .into_values()
        .map(|row| record(kind, row.id.0, row.name))
        .collect())
}

async fn advocates(app: &App, actor: &Actor, ids: Vec<Uuid>) -> Result<Names, Error> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let kind = RecordKind::Advocate;
    let scope = policy::scope(actor, Permission::AdvocateRead);
    let private = policy::sees_restricted(actor);
    let seen = reach::among(&app.store, kind, &scope, private, &ids).await?;
    let seen = seen.into_iter().map(AdvocateId).collect();
    let people = people::load(app, actor, seen).await?;
    Ok(people
        .values()
        .map(|person| record(kind, person.advocate.id.0, name_of(person)))
        .collect())
}

async fn accounts(app: &App, actor: &Actor, ids: Vec<Uuid>) -> Result<Names, Error> {
    let kind = RecordKind::Account;
    let scope = policy::scope(actor, Permission::AccountRead);
    let seen = reach::among(&app.store, kind, &scope, false, &ids).await?;
    let seen = seen.into_iter().map(AccountId).collect();
    let rows = storage::account::by_ids(&app.store, seen).await?;
    Ok(rows
        .into_values()
        .map(|row| record(kind, row.id.0, row.name))
        .collect())
}

async fn contacts(app: &App, actor: &Actor, ids: Vec<Uuid>) -> Result<Names, Error> {
    let kind = RecordKind::Contact;
    let scope = policy::scope(actor, Permission::ContactRead);
    let seen = reach::among(&app.store, kind, &scope, false, &ids).await?;
    let seen = seen.into_iter().map(ContactId).collect();
    let rows = storage::contact::by_ids(&app.store, seen).await?;
    Ok(rows
        .into_values()
        .map(|row| record(kind, row.id.0, row.name))
        .collect())
}

async fn content(app: &App, actor: &Actor, ids: Vec<Uuid>) -> Result<Names, Error> {
    if ids.is_empty() || !policy::may(actor, Permission::ContentRead) {
        return Ok(HashMap::new());
    }
    let ids = ids.into_iter().map(ContentId).collect();
    let mut rows = storage::content::by_ids(&app.store, ids).await?;
    let today = app.clock.today();
    let is_usable = |row: &Content| row.state(today) == ContentState::Approved;
    rows.retain(|_, row| policy::may(actor, Permission::ContentEdit) || is_usable(row));
    Ok(rows
        .into_values()
        .map(|row| record(RecordKind::Content, row.id.0, row.title))
        .collect())
}

fn name_of(person: &Person) -> String {
    match &person.account {
        Some(account) if person.sees_name => format!("{}, {}", person.contact.name, account.name),
        _ => person.display_name(),
    }
}

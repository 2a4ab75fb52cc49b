//! What colleagues write to each other on a record. Whoever may read the record reads it and may write;
//! whoever is named with an `@` and may read it is told.
//!
//! Notes on a profile are another thing: one text that is kept true, for the owner and the program team
//! alone. A comment is said once, to all who read the record, and stands until its author or the program
//! team removes it. Its text is in no event, so removing it removes it.

use std::collections::HashMap;

use domain::{
    id::{CommentId, RequestId, UserId},
    record::{Action, RecordKind},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use storage::{
    NewEvent, Source, Tx,
    comment::{self, Comment},
    reach,
    user::{self, User},
};
use uuid::Uuid;

use crate::{
    App,
    account::PersonRef,
    actor::Actor,
    change,
    clock::new_id,
    content,
    error::Error,
    idempotency::{self, CreateKey},
    listing::{self, List},
    mention::{self, Place},
    policy::{self, Permission},
    request,
};

/// Characters of a comment at most.
const LONGEST: usize = 5_000;

/// What a colleague wrote on a record.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Comment)]
pub struct CommentView {
    pub id: CommentId,
    pub record_kind: RecordKind,
    pub record_id: Uuid,
    pub author: Option<PersonRef>,
    pub body: String,
    pub written_at: Timestamp,
    pub can_remove: bool,
}

/// A record whose comments are asked for.
#[derive(Clone, Debug)]
pub struct ListComments {
    pub record_kind: RecordKind,
    pub record_id: Uuid,
    pub limit: Option<u64>,
    pub cursor: Option<String>,
}

/// A comment to write.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WriteComment {
    /// `account`, `contact`, `advocate`, `opportunity`, `request` or `content`.
    pub record_kind: RecordKind,
    pub record_id: Uuid,
    /// 1 to 5,000 characters. `@` before a colleague's whole name tells them.
    pub body: String,
}

/// The comments on a record, newest first.
pub async fn list(app: &App, actor: &Actor, ask: ListComments) -> Result<List<CommentView>, Error> {
    policy::require(actor, Permission::Comment)?;
    let page = listing::page(ask.limit, ask.cursor.as_deref())?;
    let record = (ask.record_kind, ask.record_id);
    found(&app.store, app, actor, record).await?;
    let listed = comment::list(&app.store, record.0, record.1, &page).await?;
    let views = views(app, actor, &listed.items).await?;
    Ok(List::from_listed(listed.with_items(views)))
}

/// A comment that stands, on a record that the actor may read.
pub async fn get(app: &App, actor: &Actor, id: CommentId) -> Result<CommentView, Error> {
    policy::require(actor, Permission::Comment)?;
    let row = comment::find(&app.store, id).await?;
    let row = row.filter(|row| row.removed_at.is_none());
    let row = row.ok_or(Error::NotFound)?;
    found(&app.store, app, actor, (row.record_kind, row.record_id)).await?;
    views(app, actor, &[row])
        .await?
        .pop()
        .ok_or(Error::NotFound)
}

/// Writes a comment and tells who is named in it.
pub async fn write(
    app: &App,
    actor: &Actor,
    ask: WriteComment,
    key: Option<&CreateKey>,
) -> Result<CommentId, Error> {
    policy::require(actor, Permission::Comment)?;
    let author_id = actor.user_id().ok_or(Error::Forbidden)?;
    let record = (ask.record_kind, ask.record_id);
    let body = change::text("body", &ask.body, 1, LONGEST)?;
    let mut tx = app.begin(actor).await?;
    found(&tx, app, actor, record).await?;
    let row = Comment {
        id: new_id(),
        record_kind: record.0,
        record_id: record.1,
        author_id,
        body,
        written_at: tx.now(),
        removed_at: None,
    };
    idempotency::claim(&tx, key, row.id).await?;
    let id = row.id;
    tell(app, &tx, actor, &row).await?;
    tx.record(event(Action::Created, &row));
    comment::insert_all(&tx, vec![row]).await?;
    tx.commit().await?;
    Ok(id)
}

async fn tell(app: &App, tx: &Tx, actor: &Actor, row: &Comment) -> Result<(), Error> {
    let record = (row.record_kind, row.record_id);
    let mut readers = Vec::new();
    for named in mention::named_anew(app, tx, actor, None, Some(&row.body)).await? {
        if policy::may(&named, Permission::Comment) && reads(tx, app, &named, record).await? {
            readers.push(named);
        }
    }
    let place = Place {
        words: "In a comment.",
        record,
        path: path(record),
    };
    mention::tell(app, tx, actor, &readers, place).await
}

/// Takes a comment away: one's own, or anybody's for the program team. It can be put back until the next
/// day. Without a version, because nobody changes a comment.
pub async fn remove(app: &App, actor: &Actor, id: CommentId) -> Result<(), Error> {
    let mut tx = app.begin(actor).await?;
    let row = own(&tx, app, actor, id).await?;
    if !comment::remove(&tx, id).await? {
        return Err(Error::NotFound);
    }
    tx.record(event(Action::Removed, &row));
    Ok(tx.commit().await?)
}

/// Puts a removed comment back; nobody is told anew.
pub async fn put_back(app: &App, actor: &Actor, id: CommentId) -> Result<(), Error> {
    let mut tx = app.begin(actor).await?;
    let row = own(&tx, app, actor, id).await?;
    if !comment::put_back(&tx, id).await? {
        return Err(Error::NotFound);
    }
    tx.record(event(Action::Restored, &row));
    Ok(tx.commit().await?)
}

/// A comment that the actor may remove, on a record that they still may read.
async fn own(tx: &Tx, app: &App, actor: &Actor, id: CommentId) -> Result<Comment, Error> {
    let scope = policy::require(actor, Permission::Comment)?;
    let row = comment::find(tx, id).await?.ok_or(Error::NotFound)?;
    found(tx, app, actor, (row.record_kind, row.record_id)).await?;
    if scope.reaches(Some(row.author_id)) {
        Ok(row)
    } else {
        Err(Error::Forbidden)
    }
}

/// On the timeline of the record; without the text.
fn event(action: Action, row: &Comment) -> NewEvent {
    NewEvent::new(action, RecordKind::Comment, row.id).link(row.record_kind, row.record_id)
}

/// The record, where the actor may read it.
async fn found(
    source: &impl Source,
    app: &App,
    actor: &Actor,
    record: (RecordKind, Uuid),
) -> Result<(), Error> {
    if permission(record.0).is_none() {
        return Err(Error::field(
            "record_kind",
            "Choose account, contact, advocate, opportunity, request or content.",
        ));
    }
    if reads(source, app, actor, record).await? {
        Ok(())
    } else {
        Err(Error::NotFound)
    }
}

/// What reads a kind of record; none for a kind that takes no comments.
fn permission(kind: RecordKind) -> Option<Permission> {
    match kind {
        RecordKind::Account => Some(Permission::AccountRead),
        RecordKind::Contact => Some(Permission::ContactRead),
        RecordKind::Advocate => Some(Permission::AdvocateRead),
        RecordKind::Opportunity => Some(Permission::OpportunityRead),
        RecordKind::Request => Some(Permission::RequestRead),
        RecordKind::Content => Some(Permission::ContentRead),
        _ => None,
    }
}

async fn reads(
    source: &impl Source,
    app: &App,
    actor: &Actor,
    (kind, id): (RecordKind, Uuid),
) -> Result<bool, Error> {
    let Some(permission) = permission(kind) else {
        return Ok(false);
    };
    let scope = policy::scope(actor, permission);
    if scope.is_empty() {
        return Ok(false);
    }
    if kind == RecordKind::Request {
        // The owner who is asked reads it as well.
        return match request::readable(source, actor, RequestId(id)).await {
            Ok(_) => Ok(true),
            Err(Error::NotFound) => Ok(false),
            Err(error) => Err(error),
        };
    }
    if kind == RecordKind::Content {
        let sight = content::sight(app, actor);
        let row = storage::content::find(source, sight, id.into()).await?;
        return Ok(row.is_some());
    }
    let private = policy::sees_restricted(actor);
    let reached = reach::among(source, kind, &scope, private, &[id]).await?;
    Ok(reached.contains(&id))
}

/// The screen that shows the comments of a record.
fn path((kind, id): (RecordKind, Uuid)) -> String {
    match kind {
        RecordKind::Account => format!("/accounts/{id}?tab=activity"),
        RecordKind::Contact => format!("/accounts/contacts/{id}?tab=activity"),
        RecordKind::Advocate => format!("/advocates/{id}?tab=activity"),
        RecordKind::Request => format!("/requests/{id}#comments"),
        RecordKind::Content => format!("/content/{id}#comments"),
        _ => format!("/opportunities/{id}?part=comments#comments"),
    }
}

/// Builds the views of a page of comments in one query.
async fn views(app: &App, actor: &Actor, rows: &[Comment]) -> Result<Vec<CommentView>, Error> {
    let scope = policy::scope(actor, Permission::Comment);
    let authors = rows.iter().map(|row| row.author_id).collect();
    let authors: HashMap<UserId, User> = user::by_ids(&app.store, authors).await?;
    let view = |row: &Comment| CommentView {
        id: row.id,
        record_kind: row.record_kind,
        record_id: row.record_id,
        author: authors.get(&row.author_id).map(PersonRef::from),
        body: row.body.clone(),
        written_at: row.written_at,
        can_remove: scope.reaches(Some(row.author_id)),
    };
    Ok(rows.iter().map(view).collect())
}

//! Deleting by hand, and the way back for thirty days.
//!
//! Decides what may be deleted: a record with what belongs to it alone. Whatever was asked, used,
//! agreed to or sold stays, because promises and figures rest on it; the refusal says what that is.
//! A deleted record is gone from its table at once, and so from lists, searches and figures.

use std::collections::BTreeMap;

use domain::{
    access::Scope,
    id::{AccountId, AdvocateId, ContactId, ContentId, TrashId},
    record::{Action, RecordKind},
    time::{Day, Timestamp},
};
use serde::Serialize;
use serde_json::json;
use storage::{
    NewEvent, StorageError, Tx,
    account::AccountLock,
    content::Sight,
    schema,
    trash::{self, Rows, Trashed},
    user,
};
use uuid::Uuid;

use crate::{
    App,
    account::PersonRef,
    actor::Actor,
    clock::new_id,
    error::{Error, same_version},
    import::shelf::Shelved,
    listing::List,
    policy::{self, Permission},
};

mod hang;

use hang::hang;

/// Days in which a record can be restored.
pub const KEPT_DAYS: i64 = 30;

/// A record in the trash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = Trashed)]
pub struct TrashedView {
    pub id: TrashId,
    /// `account`, `contact`, `advocate` or `content`.
    pub kind: RecordKind,
    pub record_id: Uuid,
    pub name: String,
    /// Contacts that went with an account.
    pub contacts: u64,
    /// Reference profiles that went with it.
    pub profiles: u64,
    pub trashed_by: Option<String>,
    pub trashed_at: Timestamp,
    /// The last instant at which it can be restored.
    pub until: Timestamp,
}

/// Deletes a record with everything that belongs to it alone.
///
/// # Errors
/// [`Error::Conflict`] when something else rests on it, with what that is.
pub async fn delete(
    app: &App,
    actor: &Actor,
    kind: RecordKind,
    id: Uuid,
    version: i64,
) -> Result<TrashedView, Error> {
    let scope = policy::require(actor, Permission::RecordDelete)?;
    if kind == RecordKind::Content {
        policy::require(actor, Permission::ContentEdit)?;
    }
    let keys = schema::foreign_keys(&app.store).await?;
    let mut tx = app.begin(actor).await?;
    let found = find(&tx, actor, &scope, kind, id).await?;
    let (name, current) = found.ok_or(Error::NotFound)?;
    same_version(current, version)?;
    let rows = trash::gather(&tx, kind, id).await?;
    let kept_by = trash::kept_by(&tx, &keys, &rows).await?;
    if !kept_by.is_empty() {
        return Err(Error::Conflict(refusal(kind, &name, &kept_by)));
    }
    if rows.locks.iter().any(|lock| binds(lock, app.clock.today())) {
        return Err(Error::Conflict(format!(
            "{name} cannot be deleted while it has a lock that the customer or an open dispute asks \
             for. Lift the lock first."
        )));
    }
    for (kind, id) in rows.places() {
        storage::duplicate::forget(&tx, kind, id).await?;
    }
    let row = Trashed {
        id: new_id(),
        record_kind: kind,
        record_id: id,
        name,
        body: serde_json::to_string(&rows).map_err(|_| unreadable())?,
        trashed_by: actor.user_id(),
        trashed_at: tx.now(),
    };
    note(&mut tx, &rows, Action::Deleted);
    trash::insert(&tx, row.clone(), &rows.files).await?;
    trash::remove(&tx, &rows).await?;
    tx.commit().await?;
    one(app, row).await
}

/// Takes the locks that asking somebody of the record takes, and reads its name and version.
async fn find(
    tx: &Tx,
    actor: &Actor,
    scope: &Scope,
    kind: RecordKind,
    id: Uuid,
) -> Result<Option<(String, i64)>, Error> {
    let account = match kind {
        RecordKind::Account => Some(AccountId(id)),
        RecordKind::Contact => storage::contact::find(tx, scope, ContactId(id))
            .await?
            .and_then(|row| row.account_id),
        // Nothing is reserved for content.
        RecordKind::Content => None,
        _ => storage::advocate::account_of(tx, AdvocateId(id)).await?,
    };
    if let Some(account) = account {
        storage::account::guard(tx, account).await?;
    }
    Ok(match kind {
        RecordKind::Account => storage::account::find(tx, scope, AccountId(id))
            .await?
            .map(|row| (row.name, row.version)),
        RecordKind::Contact => storage::contact::find(tx, scope, ContactId(id))
            .await?
            .filter(|row| row.erased_at.is_none())
            .map(|row| (row.name, row.version)),
        RecordKind::Content => storage::content::find(tx, Sight::Everything, ContentId(id))
            .await?
            .map(|row| (row.title, row.version)),
        _ => {
            let restricted = policy::sees_restricted(actor);
            let row = storage::advocate::find(tx, scope, restricted, AdvocateId(id)).await?;
            let Some(row) = row else { return Ok(None) };
            let people = storage::contact::by_ids(tx, vec![row.contact_id]).await?;
            let name = people
                .get(&row.contact_id)
                .map(|person| person.name.clone());
            name.map(|name| (name, row.version))
        }
    })
}

/// Whether a lock must not be forgotten by deleting the account: an escalation, a dispute, or the
/// customer's own word.
fn binds(lock: &AccountLock, today: Day) -> bool {
    let is_over = lock.until_on.is_some_and(|until| until < today);
    !lock.reason.owner_may_lift() && lock.lifted_at.is_none() && !is_over
}

/// Why a record stays, and what to do instead.
fn refusal(kind: RecordKind, name: &str, kept_by: &BTreeMap<String, u64>) -> String {
    let rests: Vec<String> = kept_by
        .iter()
        .map(|(table, count)| {
            let word = match table.as_str() {
                "accounts" => "accounts below it",
                "opportunities" => "deals",
                "uses" => "reference uses",
                "candidates" => "places on requests",
                "consents" => "entries of the consent record",
                "content" => "pieces of content",
                "shares" => "links that were sent",
                other => other,
            };
            format!("{count} {word}")
        })
        .collect();
    let instead = match kind {
        RecordKind::Account => "Lock the account instead, or merge it into another one.",
        RecordKind::Contact => "Retire the profile instead, or merge the contact into another one.",
        RecordKind::Content => "Retire it instead, which ends every link.",
        _ => "Retire the profile instead.",
    };
    let rests = rests.join(", ");
    format!("{name} cannot be deleted, because other records rest on it: {rests}. {instead}")
}

/// An event on the timeline of each record; the match index follows them.
fn note(tx: &mut Tx, rows: &Rows, action: Action) {
    fn event<T: Shelved>(action: Action, row: &T) -> NewEvent {
        let mut event = NewEvent::new(action, T::KIND, row.id());
        event.links.extend(row.links());
        event
    }
    for row in &rows.accounts {
        tx.record(event(action, row));
    }
    for row in &rows.contacts {
        tx.record(event(action, row));
    }
    for row in &rows.advocates {
        tx.record(event(action, row));
    }
    for row in &rows.content {
        tx.record(event(action, row));
    }
}

/// What is in the trash, the newest first: all of it, or what you put there.
pub async fn list(app: &App, actor: &Actor) -> Result<List<TrashedView>, Error> {
    let scope = policy::require(actor, Permission::RecordDelete)?;
    let rows = trash::list(&app.store, &scope).await?;
    Ok(List::whole(views(app, rows).await?))
}

/// Puts a record back with everything that went with it.
///
/// # Errors
/// [`Error::MoveNotAllowed`] when its account, its person or who tells it is not there, [`Error::Conflict`] when
/// another record has its address or its id by now.
pub async fn restore(app: &App, actor: &Actor, id: TrashId) -> Result<(), Error> {
    let scope = policy::require(actor, Permission::RecordDelete)?;
    let mut tx = app.begin(actor).await?;
    let row = trash::find(&tx, &scope, id).await?.ok_or(Error::NotFound)?;
    let mut rows = read(&row)?;
    hang(&tx, &mut rows).await?;
    note(&mut tx, &rows, Action::Restored);
    trash::put_back(&tx, id, rows).await.map_err(taken)?;
    if !trash::take_out(&tx, id).await? {
        return Err(Error::NotFound);
    }
    Ok(tx.commit().await?)
}

/// Deletes a record for good before its time in the trash is over, with what the log noted about
/// people; that it was done stays in the log.
pub async fn remove(app: &App, actor: &Actor, id: TrashId) -> Result<(), Error> {
    let scope = policy::require(actor, Permission::RecordForget)?;
    let mut tx = app.begin(actor).await?;
    let row = trash::find(&tx, &scope, id).await?.ok_or(Error::NotFound)?;
    forget(&mut tx, &row).await?;
    Ok(tx.commit().await?)
}

fn taken(error: StorageError) -> Error {
    match error {
        StorageError::Duplicate(_) => Error::Conflict(
            "Another record has its id or its e-mail address by now. Change it there first, or keep \
             that one."
                .to_owned(),
        ),
        other => other.into(),
    }
}

/// Deletes for good what has been in the trash for its time; at most 200 records a run.
pub(crate) async fn purge_due(tx: &mut Tx) -> Result<(), Error> {
    for row in trash::due(tx, tx.now().plus_days(-KEPT_DAYS)).await? {
        forget(tx, &row).await?;
    }
    Ok(())
}

async fn forget(tx: &mut Tx, row: &Trashed) -> Result<(), Error> {
    let rows: Rows = serde_json::from_str(&row.body).unwrap_or_default();
    let mut places = rows.places();
    places.retain(|(kind, _)| *kind != RecordKind::Account);
    for (kind, id) in places {
        storage::log::erase(tx, kind, id).await?;
    }
    tx.record(
        NewEvent::new(Action::Removed, row.record_kind, row.record_id)
            .detail(json!({ "from": "trash" })),
    );
    trash::take_out(tx, row.id).await?;
    Ok(())
}

fn unreadable() -> Error {
    Error::Broken("a record in the trash cannot be read or written")
}

fn read(row: &Trashed) -> Result<Rows, Error> {
    serde_json::from_str(&row.body).map_err(|_| unreadable())
}

async fn one(app: &App, row: Trashed) -> Result<TrashedView, Error> {
    views(app, vec![row]).await?.pop().ok_or(Error::NotFound)
}

async fn views(app: &App, rows: Vec<Trashed>) -> Result<Vec<TrashedView>, Error> {
    let people = rows.iter().filter_map(|row| row.trashed_by).collect();
    let people = user::by_ids(&app.store, people).await?;
    let view = |row: Trashed| {
        // A body that an erasure cut into is shown by its name alone.
        let held: Rows = serde_json::from_str(&row.body).unwrap_or_default();
        let of = |kind: RecordKind, count: usize| {
            let count = count as u64;
            if row.record_kind == kind {
                count.saturating_sub(1)
            } else {
                count
            }
        };
        TrashedView {
            id: row.id,
            kind: row.record_kind,
            record_id: row.record_id,
            contacts: of(RecordKind::Contact, held.contacts.len()),
            profiles: of(RecordKind::Advocate, held.advocates.len()),
            trashed_by: row
                .trashed_by
                .and_then(|id| people.get(&id))
                .map(|user| PersonRef::from(user).name),
            name: row.name,
            trashed_at: row.trashed_at,
            until: row.trashed_at.plus_days(KEPT_DAYS),
        }
    };
    Ok(rows.into_iter().map(view).collect())
}

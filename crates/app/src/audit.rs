//! Readings of the event log: the timeline of a record, the audit list, and its proof.

use domain::{
    access::{ActorKind, Role},
    id::{AccountId, AdvocateId, ContactId, OpportunityId, RequestId, UserId},
    record::{Action, RecordKind},
    time::Timestamp,
};
use serde::Serialize;
use serde_json::Value;
use storage::timeline::{self, Entry, Filter};
use uuid::Uuid;

use crate::{
    App,
    actor::Actor,
    error::Error,
    listing::{self, List},
    policy::{self, FieldClass, Permission, Standing},
};

mod pinned;
mod proof;
mod words;

pub(crate) use pinned::Pinned;
pub use proof::{FaultKind, LogFault, Verification, verify};
use words::summary;

/// A field that an event changed.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct FieldChange {
    pub field: String,
    pub before: Value,
    pub after: Value,
}

/// Something that happened.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct TimelineEntry {
    /// The place in the log; dense, in the order of commits.
    pub position: i64,
    pub at: Timestamp,
    pub actor_kind: ActorKind,
    /// The colleague who acted; null when it was nobody who signs in.
    pub actor_name: Option<String>,
    pub action: Action,
    pub record_kind: RecordKind,
    pub record_id: Uuid,
    /// What happened, in words.
    pub summary: String,
    /// Before and after by field; null when the reader may not see values, or they were erased.
    pub changes: Option<Vec<FieldChange>>,
}

/// A page of a reading of the log.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    pub limit: Option<u64>,
    pub cursor: Option<String>,
}

/// Whether a reader sees what was written beside an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Values {
    Shown,
    /// Only of events about records of these kinds: a deal's own fields, not what was noted about
    /// the customers who were asked.
    ShownOf(&'static [RecordKind]),
    Hidden,
}

impl Values {
    fn of(self, kind: RecordKind) -> bool {
        match self {
            Self::Shown => true,
            Self::ShownOf(kinds) => kinds.contains(&kind),
            Self::Hidden => false,
        }
    }
}

/// The timeline of a record that the caller has found in the actor's scope.
pub(crate) async fn timeline(
    app: &App,
    record: (RecordKind, Uuid),
    values: Values,
    reading: &Reading,
) -> Result<List<TimelineEntry>, Error> {
    let filter = Filter {
        record: Some(record),
        ..Filter::default()
    };
    read(app, &filter, values, reading).await
}

/// The timeline of an account. Values are for its owner, the program and privacy: they may name
/// customers and hold what is internal.
pub async fn of_account(
    app: &App,
    actor: &Actor,
    id: AccountId,
    reading: &Reading,
) -> Result<List<TimelineEntry>, Error> {
    let scope = policy::require(actor, Permission::AccountRead)?;
    let row = storage::account::find(&app.store, &scope, id)
        .await?
        .ok_or(Error::NotFound)?;
    let standing = Standing {
        owns_account: row
            .owner_id
            .is_some_and(|owner| policy::is_self(actor, owner)),
        ..Standing::default()
    };
    let values = if policy::sees(actor, FieldClass::Internal, standing) {
        Values::Shown
    } else {
        Values::Hidden
    };
    timeline(app, (RecordKind::Account, id.0), values, reading).await
}

/// The timeline of a contact. Whoever reads contacts reads all that was noted about them.
pub async fn of_contact(
    app: &App,
    actor: &Actor,
    id: ContactId,
    reading: &Reading,
) -> Result<List<TimelineEntry>, Error> {
    let row = crate::contact::get(app, actor, id).await?;
    timeline(app, (RecordKind::Contact, row.id.0), Values::Shown, reading).await
}

/// The timeline of a deal in the actor's scope.
pub async fn of_opportunity(
    app: &App,
    actor: &Actor,
    id: OpportunityId,
    reading: &Reading,
) -> Result<List<TimelineEntry>, Error> {
    let row = crate::opportunity::get(app, actor, id).await?;
    let values = Values::ShownOf(&[
        RecordKind::Opportunity,
        RecordKind::Request,
        RecordKind::Share,
    ]);
    timeline(app, (RecordKind::Opportunity, row.id.0), values, reading).await
}

/// The timeline of a request, for everybody who may read it.
pub async fn of_request(
    app: &App,
    actor: &Actor,
    id: RequestId,
    reading: &Reading,
) -> Result<List<TimelineEntry>, Error> {
    let row = crate::request::get(app, actor, id).await?;
    let values = Values::ShownOf(&[RecordKind::Request]);
    timeline(app, (RecordKind::Request, row.id.0), values, reading).await
}

/// The timeline of an advocate. Values are for the owner, the program and privacy.
pub async fn of_advocate(
    app: &App,
    actor: &Actor,
    id: AdvocateId,
    reading: &Reading,
) -> Result<List<TimelineEntry>, Error> {
    let row = crate::advocate::get(app, actor, id).await?;
    // The profile shows limits to exactly those who may know what was noted about the person.
    let values = if row.limits.is_some() {
        Values::Shown
    } else {
        Values::Hidden
    };
    timeline(app, (RecordKind::Advocate, row.id.0), values, reading).await
}

/// Who signs in, with what keys, and how the program runs: what an admin answers for.
const OF_THE_SYSTEM: &[RecordKind] = &[
    RecordKind::User,
    RecordKind::Session,
    RecordKind::Token,
    RecordKind::Job,
    RecordKind::Setting,
];

/// The kinds of record whose events the actor's roles cover; privacy covers all.
fn covered(actor: &Actor) -> Option<Vec<RecordKind>> {
    if actor.has(Role::Privacy) {
        return None;
    }
    let kinds = RecordKind::ALL.iter().copied().filter(|kind| {
        let is_system = OF_THE_SYSTEM.contains(kind);
        (is_system && actor.has(Role::Admin))
            || (actor.has(Role::Program) && (!is_system || *kind == RecordKind::Setting))
    });
    Some(kinds.collect())
}

/// What the audit list is asked for.
#[derive(Clone, Debug, Default)]
pub struct ListEvents {
    pub kind: Option<RecordKind>,
    /// Only what this colleague did.
    pub actor: Option<UserId>,
    /// Only what touched the record with this id; its kind is needed with it.
    pub record: Option<Uuid>,
    /// From this instant on.
    pub since: Option<Timestamp>,
    /// Before this instant.
    pub before: Option<Timestamp>,
    pub reading: Reading,
}

/// The audit list: every event that the actor's roles cover, newest first.
pub async fn list(app: &App, actor: &Actor, ask: ListEvents) -> Result<List<TimelineEntry>, Error> {
    let filter = narrowed(actor, &ask)?;
    read(app, &filter, Values::Shown, &ask.reading).await
}

/// What an ask holds of the events that the actor's roles cover.
fn narrowed(actor: &Actor, ask: &ListEvents) -> Result<Filter, Error> {
    policy::require(actor, Permission::AuditRead)?;
    let covered = covered(actor);
    let record = match (ask.kind, ask.record) {
        (Some(kind), Some(id)) => Some((kind, id)),
        (None, Some(_)) => {
            return Err(Error::field("kind", "Name the kind of the record too."));
        }
        (_, None) => None,
    };
    // What touched a record is often an event about another one: a use is on the advocate's timeline.
    let kinds = match (ask.kind.filter(|_| record.is_none()), covered) {
        (None, covered) => covered,
        (Some(kind), None) => Some(vec![kind]),
        (Some(kind), Some(covered)) if covered.contains(&kind) => Some(vec![kind]),
        (Some(_), Some(_)) => Some(Vec::new()),
    };
    Ok(Filter {
        record,
        kinds,
        actor: ask.actor.map(|user| user.0),
        since: ask.since,
        before: ask.before,
        up_to: None,
    })
}

async fn read(
    app: &App,
    filter: &Filter,
    values: Values,
    reading: &Reading,
) -> Result<List<TimelineEntry>, Error> {
    let page = listing::page(reading.limit, reading.cursor.as_deref())?;
    let mut listed = timeline::list(&app.store, filter, &page).await?;
    let items = views(app, std::mem::take(&mut listed.items), values).await?;
    Ok(List::from_listed(listed.with_items(items)))
}

/// Names who acted and words what happened.
async fn views(
    app: &App,
    entries: Vec<Entry>,
    values: Values,
) -> Result<Vec<TimelineEntry>, Error> {
    let people = entries
        .iter()
        .filter(|entry| entry.event.actor_kind == ActorKind::User)
        .filter_map(|entry| entry.event.actor_id.map(UserId))
        .collect();
    let people = storage::user::by_ids(&app.store, people).await?;
    let named = entries.into_iter().map(|entry| {
        let author = entry.event.actor_id.and_then(|id| people.get(&UserId(id)));
        view(entry, author.map(|author| author.name.clone()), values)
    });
    Ok(named.collect())
}

fn view(entry: Entry, actor_name: Option<String>, values: Values) -> TimelineEntry {
    let event = entry.event;
    let shown = entry.detail.filter(|_| values.of(event.record_kind));
    let mut changes = shown.as_ref().map(changes);
    let summary = summary(event.action, event.record_kind, changes.as_deref());
    if let (Some(changes), Some(detail)) = (&mut changes, &shown) {
        changes.extend(noted_beside(detail));
    }
    TimelineEntry {
        position: event.position,
        at: event.at,
        actor_kind: event.actor_kind,
        actor_name,
        action: event.action,
        record_kind: event.record_kind,
        record_id: event.record_id,
        summary,
        changes,
    }
}

/// Before and after of an update; for other events, what was noted, as it became.
fn changes(detail: &Value) -> Vec<FieldChange> {
    let Some(fields) = detail.get("changes").unwrap_or(detail).as_object() else {
        return Vec::new();
    };
    let is_update = detail.get("changes").is_some();
    fields
        .iter()
        .map(|(field, value)| FieldChange {
            field: field.clone(),
            before: part(value, "before")
                .filter(|_| is_update)
                .unwrap_or_default(),
            after: if is_update {
                part(value, "after").unwrap_or_default()
            } else {
                value.clone()
            },
        })
        .collect()
}

/// What was noted beside the changes: the reason of a move.
fn noted_beside(detail: &Value) -> impl Iterator<Item = FieldChange> {
    let fields = detail
        .as_object()
        .filter(|fields| fields.contains_key("changes"));
    fields
        .into_iter()
        .flatten()
        .filter(|(field, value)| *field != "changes" && !value.is_null())
        .map(|(field, value)| FieldChange {
            field: field.clone(),
            before: Value::Null,
            after: value.clone(),
        })
}

fn part(value: &Value, name: &str) -> Option<Value> {
    value.get(name).cloned()
}

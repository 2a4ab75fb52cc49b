//! Writing what a batch decided: new rows, changed rows, their terms, and one event for each.

use std::collections::{HashMap, HashSet};

use domain::{
    id::AdvocateId,
    record::{Action, RecordKind},
};
use serde_json::{Map, Value, json};
use storage::{NewEvent, Tx};
use uuid::Uuid;

use super::{
    desk::Desk,
    endings::Endings,
    report::Tally,
    shelf::{Shelf, Shelved, Written},
    tags::{Beside, BesideChanges},
};
use crate::{App, error::Error};

/// What the batch wrote of one kind, ready for the database.
struct Parts<T> {
    new: Vec<T>,
    changed: Vec<T>,
}

/// Where a change came from, for its event.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    /// The import or the bulk change; an undo finds its events by the link.
    pub(crate) record: (RecordKind, Uuid),
    /// The file of an import.
    pub(crate) file: Option<String>,
    /// Whether what it wrote is being taken back.
    pub(crate) undoes: bool,
}

impl Origin {
    /// What the detail of an event says about where it came from.
    pub(super) fn words(&self) -> Value {
        let (kind, id) = self.record;
        let what = if self.undoes { "undo" } else { kind.as_str() };
        let mut words = json!({ what: id });
        if let Some(file) = &self.file {
            words["file"] = json!(file);
        }
        words
    }

    /// An event of it, which an undo finds by the link.
    pub(super) fn event(&self, action: Action, kind: RecordKind, id: impl Into<Uuid>) -> NewEvent {
        let (of, origin) = self.record;
        NewEvent::new(action, kind, id).link(of, origin)
    }
}

/// Takes the changes off a shelf, counts them and words their events.
fn parts<T: Shelved>(
    shelf: &mut Shelf<T>,
    tags: &mut HashMap<RecordKind, BesideChanges>,
    now: domain::time::Timestamp,
    origin: &Origin,
    out: (&mut Tally, &mut Vec<NewEvent>),
) -> Parts<T> {
    let mut of_kind = tags.remove(&T::KIND).unwrap_or_default();
    let also: HashSet<Uuid> = of_kind.keys().copied().collect();
    let mut parts = Parts {
        new: Vec::new(),
        changed: Vec::new(),
    };
    for Written { mut row, before } in shelf.take(&also) {
        let beside = of_kind.remove(&row.id()).unwrap_or_default();
        out.0.record(T::KIND.as_str(), before.is_none());
        out.1.push(event(&row, before.as_ref(), beside, origin));
        match before {
            None => parts.new.push(row),
            Some(_) => {
                row.touch(now);
                parts.changed.push(row);
            }
        }
    }
    parts
}

fn event<T: Shelved>(
    row: &T,
    before: Option<&T>,
    beside: Vec<Beside>,
    origin: &Origin,
) -> NewEvent {
    let source = origin.words();
    let mut event = match before {
        None => origin
            .event(Action::Created, T::KIND, row.id())
            .detail(json!({ "source": source })),
        Some(before) => {
            let (mut changes, mut kept) = (Map::new(), Map::new());
            for ((field, was), (_, is)) in before.facts().into_iter().zip(row.facts()) {
                if was != is {
                    changes.insert(field.to_owned(), json!({ "before": was, "after": is }));
                }
            }
            for Beside {
                field,
                before,
                after,
                rows,
            } in beside
            {
                kept.extend(rows.map(|rows| (field.clone(), rows)));
                changes.insert(field, json!({ "before": before, "after": after }));
            }
            let mut detail = json!({ "changes": changes, "source": source });
            if !kept.is_empty() {
                detail["rows"] = kept.into();
            }
            let action = if origin.undoes {
                Action::Restored
            } else {
                Action::Updated
            };
            origin.event(action, T::KIND, row.id()).detail(detail)
        }
    };
    event.links.extend(row.links());
    if let Some(before) = before {
        event.links.extend(before.links());
    }
    event
}

/// Counts what the batch would write and keeps it on the shelves, for a dry run.
pub(super) fn pretend(desk: &mut Desk) {
    let (_, mut changes) = desk.tags.take();
    note_profiles(desk, &mut changes);
    let origin = Origin {
        record: (RecordKind::Import, Uuid::nil()),
        file: None,
        undoes: false,
    };
    let (now, mut events) = (desk.run.now, Vec::new());
    macro_rules! count {
        ($($shelf:ident),+) => {$(
            parts(&mut desk.$shelf, &mut changes, now, &origin, (&mut desk.tally, &mut events));
        )+};
    }
    count!(
        users,
        accounts,
        contacts,
        opportunities,
        advocates,
        content,
        uses
    );
    desk.sides.changed_willingness.clear();
    desk.sides.changed_outcomes.clear();
    desk.sides.new_consents.clear();
    desk.sides.new_locks.clear();
}

/// Writes the batch into an open write, in an order that foreign keys allow, and ends what should not go
/// on after it.
pub(crate) async fn write(
    app: &App,
    tx: &mut Tx,
    desk: &mut Desk,
    origin: &Origin,
) -> Result<(), Error> {
    let endings = Endings::find(tx, desk).await?;
    let (replacements, mut changes) = desk.tags.take();
    note_profiles(desk, &mut changes);
    let mut events = Vec::new();
    let now = tx.now();
    macro_rules! save {
        ($($shelf:ident => $storage:ident),+ $(,)?) => {$(
            let of_kind = parts(
                &mut desk.$shelf,
                &mut changes,
                now,
                origin,
                (&mut desk.tally, &mut events),
            );
            storage::$storage::insert_all(tx, of_kind.new).await?;
            storage::$storage::save_all(tx, of_kind.changed).await?;
        )+};
    }
    save!(
        users => user,
        accounts => account,
        contacts => contact,
        opportunities => opportunity,
        advocates => advocate,
        content => content,
        uses => reference_use,
    );
    for replacement in replacements {
        let (kind, facet) = (replacement.kind, replacement.facet);
        storage::tag::replace_all(tx, kind, facet, replacement.ids, replacement.rows).await?;
    }
    profiles(tx, desk).await?;
    append_only(tx, desk, &mut events, origin).await?;
    for event in events {
        tx.record(event);
    }
    endings.let_go(app, tx).await
}

/// Adds what changed about activities and outcomes to the events of their advocates.
fn note_profiles(desk: &Desk, changes: &mut HashMap<RecordKind, BesideChanges>) {
    let of_kind = changes.entry(RecordKind::Advocate).or_default();
    let sides = &desk.sides;
    for (id, before) in &sides.changed_willingness {
        let now = sides.willingness.get(id).into_iter().flatten();
        let after: Vec<_> = now.map(|row| row.activity).collect();
        let was: Vec<_> = before.iter().map(|row| row.activity).collect();
        let rows = before
            .iter()
            .map(|row| json!([row.activity, row.limit_per_year]));
        let change = Beside {
            field: "activities".to_owned(),
            before: json!(was),
            after: json!(after),
            rows: Some(rows.collect()),
        };
        of_kind.entry(*id).or_default().push(change);
    }
    for (id, before) in &sides.changed_outcomes {
        let now = sides.outcomes.get(id).into_iter().flatten();
        let after: Vec<_> = now.map(|row| row.statement.as_str()).collect();
        let was: Vec<_> = before.iter().map(|row| row.statement.as_str()).collect();
        let rows = before
            .iter()
            .map(|row| json!([row.statement, row.value, row.unit]));
        let change = Beside {
            field: "outcomes".to_owned(),
            before: json!(was),
            after: json!(after),
            rows: Some(rows.collect()),
        };
        of_kind.entry(*id).or_default().push(change);
    }
}

async fn profiles(tx: &Tx, desk: &mut Desk) -> Result<(), Error> {
    let sides = &mut desk.sides;
    let willing: Vec<Uuid> = sides
        .changed_willingness
        .drain()
        .map(|(id, _)| id)
        .collect();
    let rows = willing
        .iter()
        .flat_map(|id| sides.willingness.get(id).into_iter().flatten().cloned())
        .collect();
    let telling: Vec<Uuid> = sides.changed_outcomes.drain().map(|(id, _)| id).collect();
    let statements = telling
        .iter()
        .flat_map(|id| sides.outcomes.get(id).into_iter().flatten().cloned())
        .collect();
    let ids = |list: Vec<Uuid>| list.into_iter().map(AdvocateId).collect();
    storage::advocate::replace_willingness(tx, ids(willing), rows).await?;
    storage::advocate::replace_outcomes(tx, ids(telling), statements).await?;
    Ok(())
}

/// Consents and locks: the record of them only grows.
async fn append_only(
    tx: &Tx,
    desk: &mut Desk,
    events: &mut Vec<NewEvent>,
    origin: &Origin,
) -> Result<(), Error> {
    let source = origin.words();
    let sides = &mut desk.sides;
    let consents = std::mem::take(&mut sides.new_consents);
    for consent in &consents {
        events.push(
            origin
                .event(
                    Action::ConsentRecorded,
                    RecordKind::Advocate,
                    consent.advocate_id,
                )
                .detail(json!({
                    "activity": consent.activity,
                    "valid_from": consent.valid_from,
                    "valid_until": consent.valid_until,
                    "source": source,
                })),
        );
    }
    storage::consent::insert_all(tx, consents).await?;
    let locks = std::mem::take(&mut sides.new_locks);
    for lock in &locks {
        events.push(
            origin.event(Action::Locked, RecordKind::Account, lock.account_id).detail(json!({
                "lock": lock.id, "reason": lock.reason, "until": lock.until_on, "source": source,
            })),
        );
    }
    storage::account::insert_locks(tx, locks).await?;
    Ok(())
}

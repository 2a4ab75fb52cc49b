//! What an import wrote, read back from the event log, and removing what it created.
//!
//! Every event of an import is linked to it, and so is every event that takes one of them back.

use std::collections::HashSet;

use domain::{
    id::ImportId,
    record::{Action, RecordKind},
};
use sea_orm::{FromQueryResult, entity::prelude::*};

use crate::{
    connection::Store,
    error::StorageError,
    record::{self, Source},
    schema::{self, ForeignKey},
    tx::Tx,
};

/// A record by kind and id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, FromQueryResult)]
pub struct Place {
    pub record_kind: RecordKind,
    pub record_id: Uuid,
}

const CREATED: &str = "
select events.record_kind, events.record_id
from event_links mine
join events on events.position = mine.position
where mine.record_kind = 'import' and mine.record_id = $1
  and events.action = 'created' and events.record_kind <> 'import'
  and not exists (
    select 1
    from event_links later
    join events removal on removal.position = later.position
    where later.record_kind = events.record_kind and later.record_id = events.record_id
      and removal.action = 'removed' and removal.record_id = events.record_id
  )
order by events.position";

/// The records that an import created and that are still there, oldest first.
pub async fn created(source: &impl Source, import: ImportId) -> Result<Vec<Place>, StorageError> {
    record::all(source, CREATED, vec![import.into()]).await
}

const TOUCHED_SINCE: &str = "
select distinct events.record_kind, events.record_id
from event_links mine
join events on events.position = mine.position
join event_links others on others.record_kind = events.record_kind
  and others.record_id = events.record_id and others.position > mine.position
where mine.record_kind = 'import' and mine.record_id = $1
  and events.action = 'created' and events.record_kind <> 'import'
  and not exists (
    select 1
    from event_links origin
    where origin.position = others.position and origin.record_kind = 'import'
      and (origin.record_id = $1 or origin.record_id in (select id from imports where status = 'undone'))
  )
order by events.record_kind, events.record_id";

/// Those of the created records on whose timeline something else happened since; what an undone
/// import did and took back does not count.
pub async fn touched_since(
    source: &impl Source,
    import: ImportId,
) -> Result<Vec<Place>, StorageError> {
    record::all(source, TOUCHED_SINCE, vec![import.into()]).await
}

/// A change that an import made to a record, with what stood in the log about it.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Change {
    pub position: i64,
    pub record_kind: RecordKind,
    pub record_id: Uuid,
    /// None when an erasure deleted it.
    pub body: Option<String>,
}

const CHANGES: &str = "
select events.position, events.record_kind, events.record_id, event_details.body
from event_links mine
join events on events.position = mine.position
left join event_details on event_details.position = events.position
where mine.record_kind = $4 and mine.record_id = $1 and mine.position < $2
  and events.action = 'updated' and events.record_kind <> $4
order by events.position desc
limit $3";

/// The changes that an import or a bulk change made to records, newest first, those before a position
/// of the log.
pub async fn changes(
    source: &impl Source,
    origin: Place,
    before: i64,
    limit: i64,
) -> Result<Vec<Change>, StorageError> {
    let values = vec![
        origin.record_id.into(),
        before.into(),
        limit.into(),
        origin.record_kind.into(),
    ];
    record::all(source, CHANGES, values).await
}

#[derive(FromQueryResult)]
struct Counted {
    record_kind: RecordKind,
    record_id: Uuid,
    action: Action,
}

const ADDED_FOR_GOOD: &str = "
select events.record_kind, events.record_id, events.action
from event_links mine
join events on events.position = mine.position
where mine.record_kind = 'import' and mine.record_id = $1
  and events.action in ('consent_recorded', 'locked')
order by events.position";

/// The consents and locks that an import recorded: the record of them only grows.
pub async fn added_for_good(
    source: &impl Source,
    import: ImportId,
) -> Result<Vec<(Place, Action)>, StorageError> {
    let rows: Vec<Counted> = record::all(source, ADDED_FOR_GOOD, vec![import.into()]).await?;
    let place = |row: &Counted| Place {
        record_kind: row.record_kind,
        record_id: row.record_id,
    };
    Ok(rows.iter().map(|row| (place(row), row.action)).collect())
}

/// The tables of the kinds of record that an import creates and an undo may remove.
pub const TABLES: [(RecordKind, &str); 7] = [
    (RecordKind::Use, "uses"),
    (RecordKind::Content, "content"),
    (RecordKind::Advocate, "advocates"),
    (RecordKind::Opportunity, "opportunities"),
    (RecordKind::Contact, "contacts"),
    (RecordKind::Account, "accounts"),
    (RecordKind::User, "users"),
];

/// What belongs to one record alone and goes with it.
const BELONGING: [(RecordKind, &str, &str); 4] = [
    (RecordKind::Account, "account_locks", "account_id"),
    (RecordKind::Advocate, "advocate_activities", "advocate_id"),
    (RecordKind::Advocate, "outcomes", "advocate_id"),
    (RecordKind::Advocate, "consents", "advocate_id"),
];

fn kind_of(table: &str) -> Option<RecordKind> {
    TABLES
        .iter()
        .find(|(_, name)| *name == table)
        .map(|(kind, _)| *kind)
}

/// Something that points at a record which an import created.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Pointer {
    /// None for what is no record that an undo could remove.
    pub from: Option<Place>,
    pub to: Place,
}

#[derive(FromQueryResult)]
struct Pointing {
    child_id: Option<Uuid>,
    parent_id: Uuid,
}

/// Everything that points at records which an import created, over every foreign key that the
/// catalog holds, so that a table which comes later is not forgotten.
pub async fn pointers(store: &Store, import: ImportId) -> Result<Vec<Pointer>, StorageError> {
    let mut found = Vec::new();
    for key in schema::foreign_keys(store).await? {
        let ForeignKey {
            table_name: table,
            column_name: column,
            target,
        } = &key;
        let Some(parent) = kind_of(target) else {
            continue;
        };
        if BELONGING
            .iter()
            .any(|(_, name, of)| name == table && of == column)
        {
            continue;
        }
        let child = kind_of(table);
        let id = child.map_or("cast(null as uuid)", |_| "child.id");
        let sql = format!(
            "select distinct {id} as child_id, child.{column} as parent_id
from {table} child
where child.{column} in (
  select events.record_id
  from event_links mine
  join events on events.position = mine.position
  where mine.record_kind = 'import' and mine.record_id = $1
    and events.action = 'created' and events.record_kind = $2
)"
        );
        let rows: Vec<Pointing> =
            record::all(store, &sql, vec![import.into(), parent.into()]).await?;
        found.extend(rows.into_iter().map(|row| Pointer {
            from: child.zip(row.child_id).map(place),
            to: place((parent, row.parent_id)),
        }));
    }
    Ok(found)
}

fn place((record_kind, record_id): (RecordKind, Uuid)) -> Place {
    Place {
        record_kind,
        record_id,
    }
}

/// Deletes records of a kind with their tags, their comments and what belongs to them alone, and says how many
/// there were. A record that something else points at makes the whole write fail.
pub async fn remove(tx: &Tx, kind: RecordKind, ids: &[Uuid]) -> Result<u64, StorageError> {
    let Some((_, table)) = TABLES.iter().find(|(of, _)| *of == kind) else {
        return Ok(0);
    };
    let mut removed = 0;
    for batch in ids.chunks(record::IDS_AT_ONCE) {
        let values: Vec<sea_orm::Value> = batch.iter().map(|id| (*id).into()).collect();
        let places = record::places(batch.len());
        for (of, beside, column) in BELONGING {
            if of == kind {
                let sql = format!("delete from {beside} where {column} in ({places})");
                record::execute(tx, &sql, values.clone()).await?;
            }
        }
        for beside in ["tags", "comments"] {
            let sql = format!(
                "delete from {beside} where record_kind = '{}' and record_id in ({places})",
                kind.as_str()
            );
            record::execute(tx, &sql, values.clone()).await?;
        }
        let sql = format!("delete from {table} where id in ({places})");
        removed += record::execute(tx, &sql, values).await?;
    }
    Ok(removed)
}

const STEPS: &str = "
select cast(count(*) as bigint) as total
from event_links mine
join events on events.position = mine.position
where mine.record_kind = 'import' and mine.record_id = $1
  and events.record_kind <> 'import' and events.action in ('created', 'updated')";

#[derive(FromQueryResult)]
struct Total {
    total: i64,
}

/// How many records and changes of records an undo has to look at.
pub async fn steps(source: &impl Source, import: ImportId) -> Result<i64, StorageError> {
    let row: Option<Total> = record::one(source, STEPS, vec![import.into()]).await?;
    Ok(row.map_or(0, |row| row.total))
}

const OTHERS_SINCE: &str = "
select distinct others.record_kind, others.record_id
from event_links others
where others.position > $2
  and not exists (
    select 1
    from event_links origin
    where origin.position = others.position and origin.record_kind = 'import' and origin.record_id = $1
  )
order by others.record_kind, others.record_id";

/// The records that anything but the import and its undo touched after a position of the log.
pub async fn others_since(
    source: &impl Source,
    import: ImportId,
    position: i64,
) -> Result<HashSet<Place>, StorageError> {
    let values = vec![import.into(), position.into()];
    let rows: Vec<Place> = record::all(source, OTHERS_SINCE, values).await?;
    Ok(rows.into_iter().collect())
}

//! The event log: one chain of what happened, written with every change and verified by `doctor`.
//!
//! The chained row commits to its detail by a salted digest only, so deleting the detail (which
//! erasure does) leaves the chain whole, and the digest cannot be turned back into a value.

use std::collections::{HashMap, HashSet};

use domain::{
    access::ActorKind,
    record::{Action, RecordKind},
    time::Timestamp,
};
use rand::RngExt;
use sea_orm::{FromQueryResult, QueryOrder, QuerySelect, entity::prelude::*};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{
    connection::Store,
    error::StorageError,
    record::{self, Source, sealed::Connected as _},
    tx::{NewEvent, Tx},
};

pub(crate) mod event_entity {
    use sea_orm::entity::prelude::*;

    use super::{Action, ActorKind, RecordKind, Timestamp};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "events")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub position: i64,
        pub at: Timestamp,
        pub actor_kind: ActorKind,
        pub actor_id: Option<Uuid>,
        pub action: Action,
        pub record_kind: RecordKind,
        pub record_id: Uuid,
        pub detail_digest: String,
        pub digest: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod detail_entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "event_details")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub position: i64,
        pub salt: String,
        pub body: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod link_entity {
    use sea_orm::entity::prelude::*;

    use super::RecordKind;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "event_links")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub record_kind: RecordKind,
        #[sea_orm(primary_key, auto_increment = false)]
        pub record_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub position: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use event_entity::Model as Event;

/// Where the chain stands.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Head {
    pub position: i64,
    pub digest: String,
}

const START: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Locks the head, appends, and writes the head back.
pub(crate) async fn append(tx: &Tx, events: Vec<NewEvent>) -> Result<(), StorageError> {
    record::execute(tx, LOCK_HEAD, vec![]).await?;
    let mut head = head(tx).await?;
    let mut rows = Vec::with_capacity(events.len());
    let mut details = Vec::new();
    let mut links = Vec::with_capacity(events.len() * 2);
    for event in events {
        head.position += 1;
        let (detail_digest, detail) = seal(head.position, &event.detail);
        let mut row = Event {
            position: head.position,
            at: event.at.unwrap_or(tx.now()),
            actor_kind: tx.actor().kind,
            actor_id: tx.actor().id,
            action: event.action,
            record_kind: event.record_kind,
            record_id: event.record_id,
            detail_digest,
            digest: String::new(),
        };
        row.digest = chained(&head.digest, &row);
        head.digest.clone_from(&row.digest);
        links.extend(linked(&row, event.links));
        details.extend(detail);
        rows.push(row);
    }
    record::insert_all::<event_entity::Entity, _>(tx, rows).await?;
    record::insert_all::<detail_entity::Entity, _>(tx, details).await?;
    record::insert_all::<link_entity::Entity, _>(tx, links).await?;
    record::execute(
        tx,
        MOVE_HEAD,
        vec![head.position.into(), head.digest.into()],
    )
    .await?;
    Ok(())
}

const LOCK_HEAD: &str = "update log_head set position = position where id = 1";
const MOVE_HEAD: &str = "update log_head set position = $1, digest = $2 where id = 1";
const READ_HEAD: &str = "select position, digest from log_head where id = 1";

/// The position and digest of the newest event.
pub async fn head(source: &impl Source) -> Result<Head, StorageError> {
    record::one(source, READ_HEAD, vec![])
        .await?
        .ok_or(StorageError::BadRow {
            table: "log_head",
            problem: "its one row is missing".into(),
        })
}

/// A detail of nothing is not stored: its digest is empty and there is nothing to erase.
#[expect(
    clippy::disallowed_methods,
    reason = "a salt that anybody could repeat would protect nothing"
)]
fn seal(position: i64, detail: &serde_json::Value) -> (String, Option<detail_entity::Model>) {
    if detail.is_null() {
        return (String::new(), None);
    }
    let salt = hex(&rand::rng().random::<[u8; 16]>());
    let body = detail.to_string();
    (
        detail_digest(&salt, &body),
        Some(detail_entity::Model {
            position,
            salt,
            body,
        }),
    )
}

fn linked(row: &Event, others: Vec<(RecordKind, Uuid)>) -> Vec<link_entity::Model> {
    let mut targets = vec![(row.record_kind, row.record_id)];
    for other in others {
        if !targets.contains(&other) {
            targets.push(other);
        }
    }
    targets
        .into_iter()
        .map(|(record_kind, record_id)| link_entity::Model {
            record_kind,
            record_id,
            position: row.position,
        })
        .collect()
}

fn detail_digest(salt: &str, body: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(salt.as_bytes());
    hash.update([0]);
    hash.update(body.as_bytes());
    hex(&hash.finalize())
}

/// The digest of a row: of the digest before it and every field of its own, separated by a byte
/// that no field holds.
fn chained(previous: &str, row: &Event) -> String {
    let mut hash = Sha256::new();
    let actor = row.actor_id.map(|id| id.to_string()).unwrap_or_default();
    let fields = [
        previous,
        &row.position.to_string(),
        &row.at.0.to_string(),
        row.actor_kind.as_str(),
        &actor,
        row.action.as_str(),
        row.record_kind.as_str(),
        &row.record_id.to_string(),
        &row.detail_digest,
    ];
    for field in fields {
        hash.update(field.as_bytes());
        hash.update([0]);
    }
    hex(&hash.finalize())
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|byte| {
            [
                DIGITS[usize::from(byte >> 4)],
                DIGITS[usize::from(byte & 15)],
            ]
        })
        .map(char::from)
        .collect()
}

/// A place where the log is not what was written.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case", tag = "fault")]
pub enum Fault {
    /// A position is missing or out of order.
    Gap { position: i64 },
    /// A row does not follow from the one before it.
    Changed { position: i64 },
    /// A detail is not the one that was written.
    DetailChanged { position: i64 },
    /// A detail is gone and no erasure accounts for it.
    DetailMissing { position: i64 },
    /// An event does not stand on the timeline of its own record.
    LinkMissing { position: i64 },
    /// The head does not stand at the last row.
    HeadMoved { position: i64 },
}

impl Fault {
    /// A changed row at the same position.
    fn as_changed(&self) -> Self {
        let (Self::Gap { position }
        | Self::Changed { position }
        | Self::DetailChanged { position }
        | Self::DetailMissing { position }
        | Self::LinkMissing { position }
        | Self::HeadMoved { position }) = *self;
        Self::Changed { position }
    }
}

const VERIFY_BATCH: u64 = 5_000;
const FAULTS_MAX: usize = 100;

/// Walks the whole chain and names every fault, up to 100.
///
/// Reads one moment of the database, so that a program which goes on writing is no fault.
pub async fn verify(store: &Store) -> Result<Vec<Fault>, StorageError> {
    let snapshot = store.snapshot().await?;
    let erased = erased_positions(&snapshot).await?;
    let mut faults = Vec::new();
    let mut last = Head {
        position: 0,
        digest: START.to_owned(),
    };
    while faults.len() < FAULTS_MAX {
        let rows = event_entity::Entity::find()
            .filter(event_entity::Column::Position.gt(last.position))
            .order_by_asc(event_entity::Column::Position)
            .limit(VERIFY_BATCH)
            .into_model::<Written>()
            .all(snapshot.connection())
            .await?;
        let (Some(first), Some(end)) = (rows.first(), rows.last()) else {
            break;
        };
        let details = details_between(&snapshot, first.head.position, end.head.position).await?;
        for Written { head, event } in rows {
            check_row((&head, event), &last, &details, &erased, &mut faults);
            last = head;
        }
    }
    let unlinked: Vec<Position> = record::all(&snapshot, UNLINKED, vec![]).await?;
    let unlinked = unlinked.into_iter().map(|row| row.position);
    let unlinked = unlinked.map(|position| Fault::LinkMissing { position });
    // A row that changed is named already, and may have named another record before.
    let unlinked = unlinked.filter(|fault| !faults.contains(&fault.as_changed()));
    let unlinked: Vec<Fault> = unlinked.collect();
    faults.extend(unlinked);
    if faults.len() < FAULTS_MAX {
        let head = head(&snapshot).await?;
        if head != last {
            faults.push(Fault::HeadMoved {
                position: head.position,
            });
        }
    }
    faults.truncate(FAULTS_MAX);
    snapshot.close().await?;
    Ok(faults)
}

/// A row of the chain as it stands, whether or not it still says what an event can say.
struct Written {
    head: Head,
    event: Option<Event>,
}

impl FromQueryResult for Written {
    fn from_query_result(row: &sea_orm::QueryResult, prefix: &str) -> Result<Self, DbErr> {
        let digest = row.try_get(prefix, "digest").unwrap_or_default();
        let position = row.try_get(prefix, "position")?;
        Ok(Self {
            head: Head { position, digest },
            event: Event::from_query_result(row, prefix).ok(),
        })
    }
}

fn check_row(
    (head, event): (&Head, Option<Event>),
    last: &Head,
    details: &HashMap<i64, detail_entity::Model>,
    erased: &HashSet<i64>,
    faults: &mut Vec<Fault>,
) {
    if head.position != last.position + 1 {
        faults.push(Fault::Gap {
            position: last.position + 1,
        });
    }
    // Nothing that the program writes cannot be read again.
    let Some(row) = &event else {
        faults.push(Fault::Changed {
            position: head.position,
        });
        return;
    };
    if row.digest != chained(&last.digest, row) {
        faults.push(Fault::Changed {
            position: row.position,
        });
    }
    match details.get(&row.position) {
        Some(detail) if detail_digest(&detail.salt, &detail.body) != row.detail_digest => {
            faults.push(Fault::DetailChanged {
                position: row.position,
            });
        }
        None if !row.detail_digest.is_empty() && !erased.contains(&row.position) => {
            faults.push(Fault::DetailMissing {
                position: row.position,
            });
        }
        Some(_) | None => {}
    }
}

async fn details_between(
    source: &impl Source,
    first: i64,
    last: i64,
) -> Result<HashMap<i64, detail_entity::Model>, StorageError> {
    let rows = detail_entity::Entity::find()
        .filter(detail_entity::Column::Position.between(first, last))
        .order_by_asc(detail_entity::Column::Position)
        .all(source.connection())
        .await?;
    Ok(rows.into_iter().map(|row| (row.position, row)).collect())
}

/// Bounded as the faults are, [`FAULTS_MAX`].
const UNLINKED: &str = "
select position
from events
where not exists (
  select 1
  from event_links
  where event_links.position = events.position
    and event_links.record_kind = events.record_kind
    and event_links.record_id = events.record_id
)
order by position
limit 100";

#[derive(FromQueryResult)]
struct Position {
    position: i64,
}

/// Events that share a record with a later erasure of that record.
const ERASED: &str = "
select distinct older.position as position
from events erasure
join event_links older on older.record_kind = erasure.record_kind and older.record_id = erasure.record_id
where erasure.action = 'erased' and older.position < erasure.position
order by 1";

async fn erased_positions(source: &impl Source) -> Result<HashSet<i64>, StorageError> {
    let rows: Vec<Position> = record::all(source, ERASED, vec![]).await?;
    Ok(rows.into_iter().map(|row| row.position).collect())
}

const ERASE_DETAILS: &str = "
delete from event_details
where position in (select position from event_links where record_kind = $1 and record_id = $2)";

/// Deletes the details of every event on a record's timeline and records the erasure.
pub async fn erase(tx: &mut Tx, kind: RecordKind, id: Uuid) -> Result<u64, StorageError> {
    let removed = record::execute(tx, ERASE_DETAILS, vec![kind.into(), id.into()]).await?;
    tx.record(NewEvent::new(Action::Erased, kind, id));
    Ok(removed)
}

/// A record that changed, as the index follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Touched {
    pub position: i64,
    pub record_kind: RecordKind,
    pub record_id: Uuid,
}

const TOUCHED: &str = "
select position, record_kind, record_id
from event_links
where position > $1 and position <= $2
order by position, record_kind, record_id";

/// The records touched by the events after `position` up to and including `until`, oldest first.
pub async fn touched_between(
    source: &impl Source,
    position: i64,
    until: i64,
) -> Result<Vec<Touched>, StorageError> {
    record::all(source, TOUCHED, vec![position.into(), until.into()]).await
}

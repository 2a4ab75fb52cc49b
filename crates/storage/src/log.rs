//! The event log: one chain of what happened, written with every change and verified by `doctor`.
//!
//! The chained row commits to its detail by a salted digest only, so deleting the detail (which
//! erasure does) leaves the chain whole, and the digest cannot be turned back into a value.

use domain::{
    access::ActorKind,
    record::{Action, RecordKind},
    time::Timestamp,
};
use rand::RngExt;
use sea_orm::FromQueryResult;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{
    error::StorageError,
    record::{self, Source},
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
        /// Of the records on whose timelines it stands; empty for events from before it was kept.
        pub links_digest: String,
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

mod verify;

pub use event_entity::Model as Event;
pub use verify::{Fault, verify};

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
            links_digest: String::new(),
        };
        let targets = targets(&row, event.links);
        row.links_digest = links_digest(targets.clone());
        row.digest = chained(&head.digest, &row);
        head.digest.clone_from(&row.digest);
        links.extend(
            targets
                .into_iter()
                .map(|(record_kind, record_id)| link_entity::Model {
                    record_kind,
                    record_id,
                    position: row.position,
                }),
        );
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

/// Makes every other write wait for the end of this one, which is all that it does.
pub(crate) const LOCK_HEAD: &str = "update log_head set position = position where id = 1";
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

/// The records on whose timelines an event stands, its own first.
fn targets(row: &Event, others: Vec<(RecordKind, Uuid)>) -> Vec<(RecordKind, Uuid)> {
    let mut targets = vec![(row.record_kind, row.record_id)];
    for other in others {
        if !targets.contains(&other) {
            targets.push(other);
        }
    }
    targets
}

/// The digest of the records that an event is linked to, in whatever order they come.
fn links_digest(targets: Vec<(RecordKind, Uuid)>) -> String {
    let mut written: Vec<String> = targets
        .into_iter()
        .map(|(kind, id)| format!("{}:{id}", kind.as_str()))
        .collect();
    written.sort_unstable();
    hex(&Sha256::digest(written.join("\n").as_bytes()))
}

fn detail_digest(salt: &str, body: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(salt.as_bytes());
    hash.update([0]);
    hash.update(body.as_bytes());
    hex(&hash.finalize())
}

/// The digest of a row: of the digest before it, every field of its own and its links, separated by a
/// byte that no field holds.
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
    // Events from before links were chained were digested without this field.
    if !row.links_digest.is_empty() {
        hash.update(row.links_digest.as_bytes());
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

const KINDS: &str = "
select distinct record_kind
from events
where position > $1 and position <= $2
union
select record_kind
from event_links
where position > $1 and position <= $2 and record_kind = 'use'";

#[derive(FromQueryResult)]
struct KindRow {
    record_kind: RecordKind,
}

/// What the events after `position` up to and including `until` are about: the kinds of their records, and
/// uses where one stands on the timeline of a use, since a candidate tells of those.
pub async fn kinds_between(
    source: &impl Source,
    position: i64,
    until: i64,
) -> Result<Vec<RecordKind>, StorageError> {
    let rows: Vec<KindRow> =
        record::all(source, KINDS, vec![position.into(), until.into()]).await?;
    Ok(rows.into_iter().map(|row| row.record_kind).collect())
}

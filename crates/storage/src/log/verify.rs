//! Walks the chain of the log and names every place where it is not what was written.

use std::collections::{HashMap, HashSet};

use sea_orm::{DbErr, FromQueryResult, QueryOrder, QuerySelect, entity::prelude::*};

use super::{Event, Head, START, chained, detail_digest, detail_entity, event_entity, head};
use crate::{
    connection::Store,
    error::StorageError,
    record::{self, Source, sealed::Connected as _},
};

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

//! Walks the chain of the log and names every place where it is not what was written.

use std::collections::{HashMap, HashSet};

use domain::record::RecordKind;
use sea_orm::{DbErr, FromQueryResult, QueryOrder, QuerySelect, entity::prelude::*};

use super::{
    Event, Head, START, chained, detail_digest, detail_entity, event_entity, head, link_entity,
    links_digest,
};
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
    /// An event does not stand on the timelines that it was written to.
    LinksChanged { position: i64 },
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
        | Self::LinksChanged { position }
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
        let mut positions = rows.iter().filter_map(|row| row.position);
        let Some(first) = positions.next() else {
            // A row without a position in numbers comes last and follows from none.
            faults.extend(rows.first().map(|_| Fault::Changed {
                position: last.position + 1,
            }));
            break;
        };
        let end = positions.next_back().unwrap_or(first);
        let beside = Beside::between(&snapshot, first, end).await?;
        for row in rows {
            let Some(position) = row.position else {
                continue;
            };
            check_row(position, row.event.as_ref(), &last, &mut faults);
            if let Some(event) = &row.event {
                beside.check(event, &erased, &mut faults);
            }
            last = Head {
                position,
                digest: row.digest,
            };
        }
    }
    let unlinked: Vec<Position> = record::all(&snapshot, UNLINKED, vec![]).await?;
    let unlinked = unlinked.into_iter().map(|row| row.position);
    let unlinked = unlinked.map(|position| Fault::LinksChanged { position });
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
    position: Option<i64>,
    digest: String,
    event: Option<Event>,
}

impl FromQueryResult for Written {
    fn from_query_result(row: &sea_orm::QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self {
            position: row.try_get(prefix, "position").ok(),
            digest: row.try_get(prefix, "digest").unwrap_or_default(),
            event: Event::from_query_result(row, prefix).ok(),
        })
    }
}

fn check_row(position: i64, event: Option<&Event>, last: &Head, faults: &mut Vec<Fault>) {
    if position != last.position + 1 {
        faults.push(Fault::Gap {
            position: last.position + 1,
        });
    }
    // Nothing that the program writes cannot be read again.
    if event.is_none_or(|row| row.digest != chained(&last.digest, row)) {
        faults.push(Fault::Changed { position });
    }
}

/// What stands beside the rows of a batch, by position: the digest of the detail and of the links.
struct Beside {
    details: HashMap<i64, String>,
    links: HashMap<i64, String>,
}

impl Beside {
    async fn between(source: &impl Source, first: i64, last: i64) -> Result<Self, StorageError> {
        let details = detail_entity::Entity::find()
            .filter(detail_entity::Column::Position.between(first, last))
            .order_by_asc(detail_entity::Column::Position)
            .into_model::<Detail>()
            .all(source.connection())
            .await?;
        let links = link_entity::Entity::find()
            .filter(link_entity::Column::Position.between(first, last))
            .order_by_asc(link_entity::Column::Position)
            .into_model::<Link>()
            .all(source.connection())
            .await?;
        let mut targets: HashMap<i64, Vec<Option<(RecordKind, Uuid)>>> = HashMap::new();
        for link in links {
            targets.entry(link.position).or_default().push(link.target);
        }
        // A link that cannot be read is not one that was written.
        let digest = |targets: Vec<Option<(RecordKind, Uuid)>>| {
            let read: Option<Vec<(RecordKind, Uuid)>> = targets.into_iter().collect();
            read.map(links_digest).unwrap_or_default()
        };
        Ok(Self {
            details: details
                .into_iter()
                .map(|detail| (detail.position, detail.digest))
                .collect(),
            links: targets
                .into_iter()
                .map(|(position, targets)| (position, digest(targets)))
                .collect(),
        })
    }

    fn check(&self, row: &Event, erased: &HashSet<i64>, faults: &mut Vec<Fault>) {
        let position = row.position;
        match self.details.get(&position) {
            Some(digest) if *digest != row.detail_digest => {
                faults.push(Fault::DetailChanged { position });
            }
            None if !row.detail_digest.is_empty() && !erased.contains(&position) => {
                faults.push(Fault::DetailMissing { position });
            }
            Some(_) | None => {}
        }
        let links = self.links.get(&position).map_or("", String::as_str);
        if !row.links_digest.is_empty() && links != row.links_digest {
            faults.push(Fault::LinksChanged { position });
        }
    }
}

/// A detail as its digest; of one that cannot be read, the digest of nothing.
struct Detail {
    position: i64,
    digest: String,
}

impl FromQueryResult for Detail {
    fn from_query_result(row: &sea_orm::QueryResult, prefix: &str) -> Result<Self, DbErr> {
        let position = row.try_get(prefix, "position")?;
        let digest = detail_entity::Model::from_query_result(row, prefix)
            .map(|detail| detail_digest(&detail.salt, &detail.body))
            .unwrap_or_default();
        Ok(Self { position, digest })
    }
}

/// A link, and to what where that can still be read.
struct Link {
    position: i64,
    target: Option<(RecordKind, Uuid)>,
}

impl FromQueryResult for Link {
    fn from_query_result(row: &sea_orm::QueryResult, prefix: &str) -> Result<Self, DbErr> {
        let position = row.try_get(prefix, "position")?;
        let link = link_entity::Model::from_query_result(row, prefix).ok();
        Ok(Self {
            position,
            target: link.map(|link| (link.record_kind, link.record_id)),
        })
    }
}

/// Events from before links were chained that do not stand on the timeline of their own record; as
/// many as faults are named at most.
const UNLINKED: &str = "
select position
from events
where links_digest = '' and not exists (
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

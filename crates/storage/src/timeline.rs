//! The timeline of a record and the audit list: both are readings of the one event log.

use std::collections::HashMap;

use domain::{record::RecordKind, time::Timestamp};
use sea_orm::{
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select, entity::prelude::*,
    sea_query::Query,
};

use crate::{
    error::StorageError,
    log::{Event, detail_entity, event_entity, link_entity},
    page::{Cursor, Key, Listed, Page},
    record::{self, Source},
};

/// What a reading of the log is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Events on this record's timeline.
    pub record: Option<(RecordKind, Uuid)>,
    /// Events about records of these kinds only.
    pub kinds: Option<Vec<RecordKind>>,
    /// Events by this actor only.
    pub actor: Option<Uuid>,
    /// From this instant on.
    pub since: Option<Timestamp>,
    /// Before this instant.
    pub before: Option<Timestamp>,
    /// Up to this position of the log and no further, whatever is written meanwhile.
    pub up_to: Option<i64>,
}

/// An event with its detail, where that was not erased.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub event: Event,
    pub detail: Option<serde_json::Value>,
}

fn select(filter: &Filter) -> Select<event_entity::Entity> {
    let mut select = event_entity::Entity::find();
    if let Some((kind, id)) = filter.record {
        let positions = Query::select()
            .column(link_entity::Column::Position)
            .from(link_entity::Entity)
            .and_where(link_entity::Column::RecordKind.eq(kind))
            .and_where(link_entity::Column::RecordId.eq(id))
            .to_owned();
        select = select.filter(event_entity::Column::Position.in_subquery(positions));
    }
    if let Some(kinds) = &filter.kinds {
        select = select.filter(event_entity::Column::RecordKind.is_in(kinds.iter().copied()));
    }
    if let Some(actor) = filter.actor {
        select = select.filter(event_entity::Column::ActorId.eq(actor));
    }
    if let Some(since) = filter.since {
        select = select.filter(event_entity::Column::At.gte(since));
    }
    if let Some(before) = filter.before {
        select = select.filter(event_entity::Column::At.lt(before));
    }
    if let Some(up_to) = filter.up_to {
        select = select.filter(event_entity::Column::Position.lte(up_to));
    }
    select
}

/// How many events a reading of the log holds.
pub async fn count(source: &impl Source, filter: &Filter) -> Result<u64, StorageError> {
    Ok(select(filter).count(source.connection()).await?)
}

/// Reads the log newest first, from below a position on.
pub async fn part(
    source: &impl Source,
    filter: &Filter,
    below: Option<i64>,
    limit: u64,
) -> Result<Vec<Entry>, StorageError> {
    let mut select = select(filter);
    if let Some(below) = below {
        select = select.filter(event_entity::Column::Position.lt(below));
    }
    let events = select
        .order_by_desc(event_entity::Column::Position)
        .limit(limit)
        .all(source.connection())
        .await?;
    let mut details = details(source, events.iter().map(|event| event.position).collect()).await?;
    let entry = |event: Event| Entry {
        detail: details.remove(&event.position),
        event,
    };
    Ok(events.into_iter().map(entry).collect())
}

/// Reads a page of the log newest first.
pub async fn list(
    source: &impl Source,
    filter: &Filter,
    page: &Page,
) -> Result<Listed<Entry>, StorageError> {
    let below = match page.after {
        Some(Cursor {
            key: Key::Number(position),
            ..
        }) => Some(position),
        Some(_) | None => None,
    };
    let mut items = part(source, filter, below, page.limit + 1).await?;
    let more = items.len() as u64 > page.limit;
    items.truncate(usize::try_from(page.limit).unwrap_or(usize::MAX));
    let next = items.last().filter(|_| more).map(|entry| Cursor {
        key: Key::Number(entry.event.position),
        id: entry.event.record_id,
    });
    let total = count(source, filter).await?;
    Ok(Listed { items, total, next })
}

const NEWEST: &str = "
select events.*
from events
where events.position in (
  select position
  from event_links
  where record_kind = $1
  order by position desc
  limit $2
)
order by events.position desc";

/// The newest events on the timelines of a kind of record, newest first, with their details.
pub async fn newest(
    source: &impl Source,
    kind: RecordKind,
    limit: i64,
) -> Result<Vec<Entry>, StorageError> {
    let events: Vec<Event> = record::all(source, NEWEST, vec![kind.into(), limit.into()]).await?;
    let mut details = details(source, events.iter().map(|event| event.position).collect()).await?;
    let entry = |event: Event| Entry {
        detail: details.remove(&event.position),
        event,
    };
    Ok(events.into_iter().map(entry).collect())
}

async fn details(
    source: &impl Source,
    positions: Vec<i64>,
) -> Result<HashMap<i64, serde_json::Value>, StorageError> {
    let rows = detail_entity::Entity::find()
        .filter(detail_entity::Column::Position.is_in(positions))
        .all(source.connection())
        .await?;
    rows.into_iter()
        .map(|row| {
            let body = serde_json::from_str(&row.body).map_err(|error| StorageError::BadRow {
                table: "event_details",
                problem: error.to_string(),
            })?;
            Ok((row.position, body))
        })
        .collect()
}

//! Values as they came, and the terms they stand for. A value without a term is unmapped and kept.

use std::collections::HashMap;

use domain::{
    id::{FacetId, TermId},
    record::RecordKind,
};
use sea_orm::{FromQueryResult, QueryFilter, entity::prelude::*, sea_query::Value};

use crate::{
    error::StorageError,
    packed,
    page::{Cursor, Key, Listed, Page},
    record::{self, Source},
    tx::Tx,
};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    use super::{FacetId, RecordKind, TermId};

    #[derive(
        Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize,
    )]
    #[sea_orm(table_name = "tags")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub record_kind: RecordKind,
        #[sea_orm(primary_key, auto_increment = false)]
        pub record_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub facet_id: FacetId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub folded: String,
        pub written: String,
        pub term_id: Option<TermId>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Tag;

pub async fn insert_all(tx: &Tx, rows: Vec<Tag>) -> Result<(), StorageError> {
    record::insert_all::<entity::Entity, _>(tx, rows).await
}

/// Tags of records of one kind.
pub async fn of(
    source: &impl Source,
    kind: RecordKind,
    ids: Vec<Uuid>,
) -> Result<Vec<Tag>, StorageError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    of_records(source, ids.into_iter().map(|id| (kind, id))).await
}

const OF_RECORDS: &str = "
select cast(ROWS(ROW(
  record_kind, ID(record_id), ID(facet_id), folded, written,
  case when term_id is null then null else ID(term_id) end
) order by record_id, facet_id, folded) as text) as packed
from tags
where ";

/// Tags of records of any kinds, those of a record together.
pub async fn of_records(
    source: &impl Source,
    records: impl IntoIterator<Item = (RecordKind, Uuid)>,
) -> Result<Vec<Tag>, StorageError> {
    let mut by_kind: HashMap<RecordKind, Vec<Uuid>> = HashMap::new();
    for (kind, id) in records {
        by_kind.entry(kind).or_default().push(id);
    }
    if by_kind.is_empty() {
        return Ok(Vec::new());
    }
    let mut values: Vec<Value> = Vec::new();
    let mut of_kind = Vec::new();
    for (kind, ids) in by_kind {
        let ids_from = values.len() + 2;
        let places = record::places_from(ids_from, ids.len());
        of_kind.push(format!(
            "(record_kind = ${} and record_id in ({places}))",
            ids_from - 1
        ));
        values.push(kind.into());
        values.extend(ids.into_iter().map(Value::from));
    }
    let sql = format!("{OF_RECORDS}{}", of_kind.join(" or "));
    packed::all(source, "tags", &sql, values).await
}

/// Replaces a record's tags in one facet.
pub async fn replace(
    tx: &Tx,
    kind: RecordKind,
    id: Uuid,
    facet: FacetId,
    rows: Vec<Tag>,
) -> Result<(), StorageError> {
    entity::Entity::delete_many()
        .filter(entity::Column::RecordKind.eq(kind))
        .filter(entity::Column::RecordId.eq(id))
        .filter(entity::Column::FacetId.eq(facet))
        .exec(tx.inner())
        .await?;
    record::insert_all::<entity::Entity, _>(tx, rows).await
}

/// Replaces the tags that many records of one kind have in one facet.
pub async fn replace_all(
    tx: &Tx,
    kind: RecordKind,
    facet: FacetId,
    ids: Vec<Uuid>,
    rows: Vec<Tag>,
) -> Result<(), StorageError> {
    for batch in ids.chunks(10_000) {
        entity::Entity::delete_many()
            .filter(entity::Column::RecordKind.eq(kind))
            .filter(entity::Column::RecordId.is_in(batch.to_vec()))
            .filter(entity::Column::FacetId.eq(facet))
            .exec(tx.inner())
            .await?;
    }
    record::insert_all::<entity::Entity, _>(tx, rows).await
}

/// A value that nobody has mapped yet.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Unmapped {
    pub facet_id: FacetId,
    pub folded: String,
    pub written: String,
    pub records: i64,
}

const UNMAPPED: &str = "
select facet_id, folded, min(written) as written, cast(count(*) as bigint) as records
from tags
where term_id is null
group by facet_id, folded
having count(*) < $1 or (count(*) = $1 and (folded > $2 or (folded = $2 and facet_id > $3)))
order by count(*) desc, folded, facet_id
limit $4";

/// A page of the queue of unmapped values, the most frequent first; `None` for a cursor that another
/// list gave out.
pub async fn unmapped(
    source: &impl Source,
    page: &Page,
) -> Result<Option<Listed<Unmapped>>, StorageError> {
    let start = || Some((i64::MAX, String::new(), Uuid::nil()));
    let Some((records, folded, facet)) = page.after.as_ref().map_or_else(start, last_seen) else {
        return Ok(None);
    };
    let limit = i64::try_from(page.limit + 1).unwrap_or(i64::MAX);
    let values = vec![records.into(), folded.into(), facet.into(), limit.into()];
    let mut items: Vec<Unmapped> = record::all(source, UNMAPPED, values).await?;
    let more = items.len() as u64 > page.limit;
    items.truncate(usize::try_from(page.limit).unwrap_or(usize::MAX));
    let next = items.last().filter(|_| more).map(|last| Cursor {
        key: Key::Text(format!("{} {}", last.records, last.folded)),
        id: last.facet_id.0,
    });
    Ok(Some(Listed {
        items,
        total: unmapped_total(source).await?,
        next,
    }))
}

fn last_seen(cursor: &Cursor) -> Option<(i64, String, Uuid)> {
    let Key::Text(text) = &cursor.key else {
        return None;
    };
    let (records, folded) = text.split_once(' ')?;
    Some((records.parse().ok()?, folded.to_owned(), cursor.id))
}

#[derive(FromQueryResult)]
struct Counted {
    total: i64,
}

const UNMAPPED_TOTAL: &str = "
select cast(count(*) as bigint) as total
from (select distinct facet_id, folded from tags where term_id is null) waiting";

/// How many distinct values wait.
pub async fn unmapped_total(source: &impl Source) -> Result<u64, StorageError> {
    let row: Option<Counted> = record::one(source, UNMAPPED_TOTAL, vec![]).await?;
    Ok(row.map_or(0, |row| u64::try_from(row.total).unwrap_or(0)))
}

const MAP: &str =
    "update tags set term_id = $1 where facet_id = $2 and folded = $3 and term_id is null";

/// Maps every record that carries the value; returns how many there were.
pub async fn map(tx: &Tx, facet: FacetId, folded: &str, term: TermId) -> Result<u64, StorageError> {
    record::execute(tx, MAP, vec![term.into(), facet.into(), folded.into()]).await
}

const MAPPED_RECORDS: &str = "
select record_kind, record_id
from tags
where facet_id = $1 and folded = $2
order by record_kind, record_id";

/// A record that carries a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Carrier {
    pub record_kind: RecordKind,
    pub record_id: Uuid,
}

/// The records that carry a value.
pub async fn carriers(
    source: &impl Source,
    facet: FacetId,
    folded: &str,
) -> Result<Vec<Carrier>, StorageError> {
    record::all(source, MAPPED_RECORDS, vec![facet.into(), folded.into()]).await
}

const REMAP: &str = "
update tags
set term_id = $1
where facet_id = $2 and folded = $3 and term_id is distinct from $1";

/// Maps every record that carries the value, those with another term too; returns how many.
pub async fn remap(
    tx: &Tx,
    facet: FacetId,
    folded: &str,
    term: TermId,
) -> Result<u64, StorageError> {
    record::execute(tx, REMAP, vec![term.into(), facet.into(), folded.into()]).await
}

const UNMAP: &str = "
update tags
set term_id = null
where facet_id = $1 and folded = $2 and term_id = $3";

/// Lets every record that carries the value wait for a term again; returns how many.
pub async fn unmap(
    tx: &Tx,
    facet: FacetId,
    folded: &str,
    term: TermId,
) -> Result<u64, StorageError> {
    record::execute(tx, UNMAP, vec![facet.into(), folded.into(), term.into()]).await
}

/// A record and the value for which it waits.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Waiting {
    pub record_kind: RecordKind,
    pub record_id: Uuid,
    pub folded: String,
    pub written: String,
}

const WAITING: &str = "
select record_kind, record_id, folded, written
from tags
where facet_id = $1 and term_id is null
order by folded, record_kind, record_id
limit 200000";

/// Records with an unmapped value of a facet, at most 200,000.
pub async fn waiting(source: &impl Source, facet: FacetId) -> Result<Vec<Waiting>, StorageError> {
    record::all(source, WAITING, vec![facet.into()]).await
}

const SETTLE: &str = "
update tags
set term_id = (
  select term_synonyms.term_id
  from term_synonyms
  where term_synonyms.facet_id = tags.facet_id and term_synonyms.folded = tags.folded
)
where facet_id = $1
  and term_id is null
  and folded in (select folded from term_synonyms where facet_id = $1)";

/// Maps every waiting value of a facet for which there is a synonym now; returns how many records.
pub async fn settle(tx: &Tx, facet: FacetId) -> Result<u64, StorageError> {
    record::execute(tx, SETTLE, vec![facet.into()]).await
}

/// Replaces the terms of a record in every facet; values that stand for no term stay, but for those
/// that a new term is written like.
pub async fn replace_terms(
    tx: &Tx,
    kind: RecordKind,
    id: Uuid,
    rows: Vec<Tag>,
) -> Result<(), StorageError> {
    let mut replaced = sea_orm::Condition::any().add(entity::Column::TermId.is_not_null());
    for row in &rows {
        replaced = replaced.add(
            sea_orm::Condition::all()
                .add(entity::Column::FacetId.eq(row.facet_id))
                .add(entity::Column::Folded.eq(row.folded.clone())),
        );
    }
    entity::Entity::delete_many()
        .filter(entity::Column::RecordKind.eq(kind))
        .filter(entity::Column::RecordId.eq(id))
        .filter(replaced)
        .exec(tx.inner())
        .await?;
    record::insert_all::<entity::Entity, _>(tx, rows).await
}

const REMOVE: &str = "
delete from tags
where record_kind = $1 and record_id = $2 and facet_id = $3 and folded = $4";

/// Takes tags off the records that carry them.
pub async fn remove(tx: &Tx, rows: &[Tag]) -> Result<(), StorageError> {
    for row in rows {
        let values = vec![
            row.record_kind.into(),
            row.record_id.into(),
            row.facet_id.into(),
            row.folded.clone().into(),
        ];
        record::execute(tx, REMOVE, values).await?;
    }
    Ok(())
}

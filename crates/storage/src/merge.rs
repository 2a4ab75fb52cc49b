//! Merges: everything that pointed at one record points at another one, and the way back.

use std::collections::HashMap;

use domain::{
    id::{MergeId, UserId},
    record::RecordKind,
    time::Timestamp,
};
use sea_orm::{FromQueryResult, QueryFilter, QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{
    error::StorageError,
    import_undo::TABLES,
    page::{self, Listed, Page, Sort},
    record::{self, Source},
    schema::ForeignKey,
    tx::Tx,
};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    use super::{MergeId, RecordKind, Timestamp, UserId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "merges")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: MergeId,
        pub record_kind: RecordKind,
        pub winner_id: Uuid,
        pub loser_id: Uuid,
        pub external_id: Option<String>,
        pub name_folded: String,
        /// The domain of an account, or the e-mail address of a contact.
        pub mark: Option<String>,
        /// What the undo needs, as the use case wrote it; empty once it can no longer be.
        pub body: String,
        pub merged_by: Option<UserId>,
        pub merged_at: Timestamp,
        pub undone_at: Option<Timestamp>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Merge;

pub async fn insert(tx: &Tx, row: Merge) -> Result<(), StorageError> {
    record::insert::<entity::Entity, _>(tx, row).await
}

/// A merge, undone or not; only who may merge looks for one.
pub async fn find(source: &impl Source, id: MergeId) -> Result<Option<Merge>, StorageError> {
    Ok(entity::Entity::find_by_id(id)
        .one(source.connection())
        .await?)
}

/// Merges since an instant that can still be undone, newest first.
pub async fn recent(
    source: &impl Source,
    since: Timestamp,
    page: &Page,
) -> Result<Listed<Merge>, StorageError> {
    let select = entity::Entity::find()
        .filter(entity::Column::MergedAt.gte(since))
        .filter(entity::Column::UndoneAt.is_null())
        .filter(entity::Column::Body.ne(""));
    page::read(
        source.connection(),
        select,
        Sort::by((entity::Entity, entity::Column::MergedAt)).descending(),
        entity::Column::Id,
        page,
        |row| row.id.0,
    )
    .await
}

#[derive(FromQueryResult)]
struct Way {
    start_id: Uuid,
    at_id: Uuid,
}

/// `PLACES` stands for the ids of the records.
const ENDS: &str = "
with recursive way (start_id, at_id, step) as (
  select loser_id, winner_id, 1
  from merges
  where undone_at is null and record_kind = $1 and loser_id in (PLACES)
  union all
  select way.start_id, merges.winner_id, way.step + 1
  from way
  join merges on merges.loser_id = way.at_id and merges.record_kind = $1 and merges.undone_at is null
  where way.step < 50
)
select start_id, at_id
from way
where not exists (
  select 1
  from merges
  where merges.loser_id = way.at_id and merges.record_kind = $1 and merges.undone_at is null
)
order by start_id";

/// The records that merged ones are part of now, by the id of the merged one.
pub async fn ends(
    source: &impl Source,
    kind: RecordKind,
    losers: &[Uuid],
) -> Result<HashMap<Uuid, Uuid>, StorageError> {
    let mut found = HashMap::new();
    for batch in losers.chunks(record::IDS_AT_ONCE) {
        let places: Vec<String> = (0..batch.len()).map(|at| format!("${}", at + 2)).collect();
        let sql = ENDS.replace("PLACES", &places.join(", "));
        let ids = batch.iter().map(|id| (*id).into());
        let values = std::iter::once(kind.into()).chain(ids).collect();
        let rows: Vec<Way> = record::all(source, &sql, values).await?;
        found.extend(rows.into_iter().map(|row| (row.start_id, row.at_id)));
    }
    Ok(found)
}

/// Marks of a merged record by which files go on to name it, and the record that it is part of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    pub winner_id: Uuid,
    pub external_id: Option<String>,
    pub name_folded: String,
    pub mark: Option<String>,
}

/// The merged records of a kind that are known by one of these marks.
pub async fn aliases(
    source: &impl Source,
    kind: RecordKind,
    external_ids: Vec<String>,
    names: Vec<String>,
    marks: Vec<String>,
) -> Result<Vec<Alias>, StorageError> {
    if external_ids.is_empty() && names.is_empty() && marks.is_empty() {
        return Ok(Vec::new());
    }
    let known = sea_orm::Condition::any()
        .add(entity::Column::ExternalId.is_in(external_ids))
        .add(entity::Column::NameFolded.is_in(names))
        .add(entity::Column::Mark.is_in(marks));
    let rows = entity::Entity::find()
        .filter(entity::Column::RecordKind.eq(kind))
        .filter(entity::Column::UndoneAt.is_null())
        .filter(known)
        .order_by_asc(entity::Column::Id)
        .all(source.connection())
        .await?;
    let losers: Vec<Uuid> = rows.iter().map(|row| row.loser_id).collect();
    let ends = ends(source, kind, &losers).await?;
    let aliases = rows.into_iter().filter_map(|row| {
        Some(Alias {
            winner_id: *ends.get(&row.loser_id)?,
            external_id: row.external_id,
            name_folded: row.name_folded,
            mark: row.mark,
        })
    });
    Ok(aliases.collect())
}

const UNDO: &str = "
update merges
set undone_at = $1, body = '', external_id = null, name_folded = '', mark = null
where id = $2 and undone_at is null";

/// Notes that a merge is undone and drops what that needed; `false` when it was before.
pub async fn undo(tx: &Tx, id: MergeId) -> Result<bool, StorageError> {
    Ok(record::execute(tx, UNDO, vec![tx.now().into(), id.into()]).await? == 1)
}

const FORGET: &str = "update merges set body = '' where merged_at < $1 and body <> ''";

/// Drops what an undo would need of merges before an instant; the marks go on to lead.
pub async fn forget(tx: &Tx, before: Timestamp) -> Result<u64, StorageError> {
    record::execute(tx, FORGET, vec![before.into()]).await
}

/// Rows of one table that point at a record now and pointed at another one before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    table: String,
    column: String,
    ids: Vec<Uuid>,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
}

/// Tables whose rows have no id of their own; their pairs are moved by [`move_pairs`].
pub const PAIRED: [&str; 2] = ["account_relations", "no_go_accounts"];

fn table_of(kind: RecordKind) -> Option<&'static str> {
    TABLES
        .iter()
        .find(|(of, _)| *of == kind)
        .map(|(_, table)| *table)
}

/// Makes everything that points at one record point at another one, over every foreign key of the
/// catalog, and its comments stand there.
pub async fn move_pointers(
    tx: &Tx,
    keys: &[ForeignKey],
    kind: RecordKind,
    (from, to): (Uuid, Uuid),
) -> Result<Vec<Moved>, StorageError> {
    let target = table_of(kind);
    let mut moved = Vec::new();
    for key in keys {
        let (table, column) = (&key.table_name, &key.column_name);
        if Some(key.target.as_str()) != target || PAIRED.contains(&table.as_str()) {
            continue;
        }
        // A parent that goes into its own child must not become its own parent.
        let but_itself = if Some(table.as_str()) == target {
            "and id <> $1"
        } else {
            ""
        };
        let sql = format!(
            "update {table} set {column} = $1 where {column} = $2 {but_itself} returning id"
        );
        let rows: Vec<Row> = record::all(tx, &sql, vec![to.into(), from.into()]).await?;
        if !rows.is_empty() {
            moved.push(Moved {
                table: table.clone(),
                column: column.clone(),
                ids: rows.into_iter().map(|row| row.id).collect(),
            });
        }
    }
    let rows: Vec<Row> =
        record::all(tx, MOVE_COMMENTS, vec![to.into(), from.into(), kind.into()]).await?;
    if !rows.is_empty() {
        moved.push(Moved {
            table: "comments".to_owned(),
            column: "record_id".to_owned(),
            ids: rows.into_iter().map(|row| row.id).collect(),
        });
    }
    Ok(moved)
}

/// Comments name their record by kind and id, so the catalog does not know of them.
const MOVE_COMMENTS: &str =
    "update comments set record_id = $1 where record_id = $2 and record_kind = $3 returning id";

/// Makes moved rows point at the record they pointed at before, those that still point at `from`.
pub async fn move_back(
    tx: &Tx,
    moved: &[Moved],
    (from, to): (Uuid, Uuid),
) -> Result<u64, StorageError> {
    let mut rows = 0;
    for Moved { table, column, ids } in moved {
        for batch in ids.chunks(record::IDS_AT_ONCE) {
            let places = record::places(batch.len());
            let (new, old) = (batch.len() + 1, batch.len() + 2);
            let sql = format!(
                "update {table} set {column} = ${new} where id in ({places}) and {column} = ${old}"
            );
            let values = batch.iter().map(|id| (*id).into());
            let ends = [to.into(), from.into()];
            rows += record::execute(tx, &sql, values.chain(ends).collect()).await?;
        }
    }
    Ok(rows)
}

/// A row that is nothing but the pair it joins: a relation of two accounts, or an account on the
/// no-go list of an advocate.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, FromQueryResult)]
pub struct Joined {
    pub one_id: Uuid,
    pub other_id: Uuid,
    /// None on a no-go list.
    pub relation: Option<String>,
}

/// What became of the pairs of a merged account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pairs {
    was: [Vec<Joined>; 2],
    is: [Vec<Joined>; 2],
}

const RELATIONS: &str = "
select account_id as one_id, other_id, relation
from account_relations
where account_id = $1 or other_id = $1
order by account_id, other_id, relation";
const FORGET_RELATIONS: &str =
    "delete from account_relations where account_id = $1 or other_id = $1";
const JOIN_RELATION: &str = "
insert into account_relations (account_id, other_id, relation)
values ($1, $2, $3)
on conflict do nothing";
const LEAVE_RELATION: &str =
    "delete from account_relations where account_id = $1 and other_id = $2 and relation = $3";
const NO_GO: &str = "
select advocate_id as one_id, account_id as other_id, cast(null as text) as relation
from no_go_accounts
where account_id = $1
order by advocate_id";
const FORGET_NO_GO: &str = "delete from no_go_accounts where account_id = $1";
const JOIN_NO_GO: &str = "
insert into no_go_accounts (advocate_id, account_id)
values ($1, $2)
on conflict do nothing";
const LEAVE_NO_GO: &str = "delete from no_go_accounts where advocate_id = $1 and account_id = $2";

fn values(pair: &Joined) -> Vec<sea_orm::Value> {
    let ends = [pair.one_id.into(), pair.other_id.into()];
    ends.into_iter()
        .chain(pair.relation.iter().map(|relation| relation.clone().into()))
        .collect()
}

/// Moves relations and no-go lists from one account to another; what both had is there once, and
/// nothing relates an account to itself.
pub async fn move_pairs(tx: &Tx, (from, to): (Uuid, Uuid)) -> Result<Pairs, StorageError> {
    let mut pairs = Pairs::default();
    let tables = [
        (RELATIONS, FORGET_RELATIONS, JOIN_RELATION),
        (NO_GO, FORGET_NO_GO, JOIN_NO_GO),
    ];
    for (at, (read, forget, join)) in tables.into_iter().enumerate() {
        pairs.was[at] = record::all(tx, read, vec![from.into()]).await?;
        record::execute(tx, forget, vec![from.into()]).await?;
        let put = |id: Uuid| if id == from { to } else { id };
        for pair in &pairs.was[at] {
            let moved = Joined {
                one_id: put(pair.one_id),
                other_id: put(pair.other_id),
                relation: pair.relation.clone(),
            };
            let joins = moved.one_id != moved.other_id;
            if joins && record::execute(tx, join, values(&moved)).await? == 1 {
                pairs.is[at].push(moved);
            }
        }
    }
    Ok(pairs)
}

/// Takes a move of pairs back; a pair with an account that went into another one since is left out.
pub async fn restore_pairs(tx: &Tx, pairs: &Pairs) -> Result<(), StorageError> {
    let ends = pairs.was.iter().flatten();
    let ids = ends.flat_map(|pair| [pair.one_id.into(), pair.other_id.into()]);
    let known = crate::account::by_ids(tx, ids.collect()).await?;
    let tables = [(LEAVE_RELATION, JOIN_RELATION), (LEAVE_NO_GO, JOIN_NO_GO)];
    for (at, (leave, join)) in tables.into_iter().enumerate() {
        for pair in &pairs.is[at] {
            record::execute(tx, leave, values(pair)).await?;
        }
        for pair in &pairs.was[at] {
            let is_account = |id: Uuid| known.contains_key(&id.into());
            let one_stands = pair.relation.is_none() || is_account(pair.one_id);
            if one_stands && is_account(pair.other_id) {
                record::execute(tx, join, values(pair)).await?;
            }
        }
    }
    Ok(())
}

//! Changes of many records at once: what was asked, by whom, and whether it was taken back.

use domain::{
    access::Scope,
    bulk::BulkState,
    id::{BulkChangeId, UserId},
    time::Timestamp,
};
use sea_orm::{QueryFilter, QueryOrder, QuerySelect, entity::prelude::*};

use crate::{
    error::StorageError,
    record::{self, Source, versioned_record},
    tx::Tx,
};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    use super::{BulkChangeId, BulkState, Timestamp, UserId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "bulk_changes")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: BulkChangeId,
        pub version: i64,
        /// The list whose records were changed.
        pub list: String,
        /// What became of them, as it was asked; JSON.
        pub change: String,
        /// How many records it changed.
        pub changed: i64,
        pub made_by: Option<UserId>,
        pub made_at: Timestamp,
        pub undone_at: Option<Timestamp>,
        /// Records that got their former value when it was taken back.
        pub put_back: Option<i64>,
        pub state: BulkState,
        /// Records that were asked for.
        pub total: i64,
        /// How many of them were looked at.
        pub looked: i64,
        /// Only what the log holds before this position is still to be taken back.
        pub undone_before: Option<i64>,
        /// Why it broke off.
        pub problem: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod piece_entity {
    use sea_orm::entity::prelude::*;

    use super::BulkChangeId;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "bulk_change_pieces")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub change_id: BulkChangeId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub position: i64,
        /// Ids as JSON.
        pub records: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as BulkChange;
pub use piece_entity::Model as BulkPiece;

versioned_record!(BulkChange);

/// A change belongs to who made it.
fn in_scope(scope: &Scope) -> sea_orm::Condition {
    record::scope_condition(scope, entity::Column::MadeBy)
}

pub async fn find(
    source: &impl Source,
    scope: &Scope,
    id: BulkChangeId,
) -> Result<Option<BulkChange>, StorageError> {
    Ok(entity::Entity::find_by_id(id)
        .filter(in_scope(scope))
        .one(source.connection())
        .await?)
}

/// The changes since an instant, the newest first, at most 100.
pub async fn recent(
    source: &impl Source,
    scope: &Scope,
    since: Timestamp,
) -> Result<Vec<BulkChange>, StorageError> {
    Ok(entity::Entity::find()
        .filter(in_scope(scope))
        .filter(entity::Column::MadeAt.gte(since))
        .order_by_desc(entity::Column::MadeAt)
        .order_by_desc(entity::Column::Id)
        .limit(100)
        .all(source.connection())
        .await?)
}

/// Keeps the records that a change has yet to come to.
pub async fn insert_pieces(tx: &Tx, pieces: Vec<BulkPiece>) -> Result<(), StorageError> {
    record::insert_all::<piece_entity::Entity, _>(tx, pieces).await
}

/// The next piece that a change has not come to; none when it is through.
pub async fn next_piece(
    source: &impl Source,
    id: BulkChangeId,
) -> Result<Option<BulkPiece>, StorageError> {
    Ok(piece_entity::Entity::find()
        .filter(piece_entity::Column::ChangeId.eq(id))
        .order_by_asc(piece_entity::Column::Position)
        .one(source.connection())
        .await?)
}

pub async fn remove_piece(tx: &Tx, piece: &BulkPiece) -> Result<(), StorageError> {
    piece_entity::Entity::delete_by_id((piece.change_id, piece.position))
        .exec(tx.inner())
        .await?;
    Ok(())
}

const STEP: &str = "
update bulk_changes
set looked = looked + $1, changed = changed + $2
where id = $3 and state = 'running'";

/// Counts a piece in the write that made it; `false` when the change was cancelled meanwhile.
pub async fn step(
    tx: &Tx,
    id: BulkChangeId,
    looked: i64,
    changed: i64,
) -> Result<bool, StorageError> {
    let values = vec![looked.into(), changed.into(), id.into()];
    Ok(record::execute(tx, STEP, values).await? == 1)
}

const UNDO_STEP: &str = "
update bulk_changes
set put_back = coalesce(put_back, 0) + $1, undone_before = $2
where id = $3 and state = 'undoing'";

/// Counts what a piece of an undo put back, and how far it is in the log.
pub async fn undo_step(
    tx: &Tx,
    id: BulkChangeId,
    put_back: i64,
    before: i64,
) -> Result<bool, StorageError> {
    let values = vec![put_back.into(), before.into(), id.into()];
    Ok(record::execute(tx, UNDO_STEP, values).await? == 1)
}

const END: &str = "
update bulk_changes
set state = $1, problem = $2, version = version + 1
where id = $3 and state = 'running'";
const FORGET: &str = "delete from bulk_change_pieces where change_id = $1";

/// Ends a change that is being made, whatever is left of it; `false` when it is not.
pub async fn end(
    tx: &Tx,
    id: BulkChangeId,
    state: BulkState,
    problem: Option<&str>,
) -> Result<bool, StorageError> {
    let values = vec![state.into(), problem.map(str::to_owned).into(), id.into()];
    let is_ended = record::execute(tx, END, values).await? == 1;
    if is_ended {
        record::execute(tx, FORGET, vec![id.into()]).await?;
    }
    Ok(is_ended)
}

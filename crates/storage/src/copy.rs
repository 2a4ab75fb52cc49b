//! Growing out of one machine: a whole database copied into an empty one, verified row by row.

use futures_util::TryStreamExt;
use sea_orm::{ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, StreamTrait};
use sha2::{Digest, Sha256};

use crate::{
    account, advocate, answer_link, appointment, backup, bulk_change, candidate, comment,
    connection::Store,
    consent, contact, content, content_file, digest, duplicate,
    error::StorageError,
    growth_goal, hold, idempotency, import, job, list_view, log, merge,
    migrate::{self, SchemaState},
    need, notice, opportunity, plan, rate,
    record::{self, sealed::Connected as _},
    recruiting, recruiting_ask, reference_use, request, saved_search, scenario, session, setting,
    share, steward, tag, term, token, trash,
    tx::{ActorRef, Tx},
    unmet_search, user,
};

/// A table after the copy.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct CopiedTable {
    pub table: String,
    pub rows: u64,
    /// A digest of all rows, whatever their order; equal on both sides.
    pub checksum: String,
}

/// Runs `$each!` for every table, parents before children.
macro_rules! every_table {
    ($each:ident) => {
        $each!(user::entity::Entity);
        $each!(session::entity::Entity);
        $each!(token::entity::Entity);
        $each!(rate::entity::Entity);
        $each!(idempotency::entity::Entity);
        $each!(setting::entity::Entity);
        $each!(term::facet_entity::Entity);
        $each!(term::entity::Entity);
        $each!(term::synonym_entity::Entity);
        $each!(tag::entity::Entity);
        $each!(account::entity::Entity);
        $each!(account::lock_entity::Entity);
        $each!(account::relation_entity::Entity);
        $each!(contact::entity::Entity);
        $each!(opportunity::entity::Entity);
        $each!(advocate::entity::Entity);
        $each!(advocate::activity_entity::Entity);
        $each!(advocate::outcome_entity::Entity);
        $each!(advocate::check_entity::Entity);
        $each!(advocate::no_go_entity::Entity);
        $each!(consent::entity::Entity);
        $each!(content::entity::Entity);
        $each!(content_file::entity::Entity);
        $each!(content_file::piece_entity::Entity);
        $each!(share::entity::Entity);
        $each!(share::view_entity::Entity);
        $each!(request::entity::Entity);
        $each!(candidate::entity::Entity);
        $each!(comment::entity::Entity);
        $each!(appointment::entity::Entity);
        $each!(hold::entity::Entity);
        $each!(reference_use::entity::Entity);
        $each!(answer_link::entity::Entity);
        $each!(notice::entity::Entity);
        $each!(notice::mute_entity::Entity);
        $each!(notice::muted_kind_entity::Entity);
        $each!(digest::entity::Entity);
        $each!(job::entity::Entity);
        $each!(import::mapping_entity::Entity);
        $each!(import::entity::Entity);
        $each!(import::chunk_entity::Entity);
        $each!(backup::entity::Entity);
        $each!(bulk_change::entity::Entity);
        $each!(bulk_change::piece_entity::Entity);
        $each!(duplicate::entity::Entity);
        $each!(merge::entity::Entity);
        $each!(trash::entity::Entity);
        $each!(trash::piece_entity::Entity);
        $each!(unmet_search::entity::Entity);
        $each!(plan::entity::Entity);
        $each!(recruiting::entity::Entity);
        $each!(scenario::entity::Entity);
        $each!(growth_goal::entity::Entity);
        $each!(need::entity::Entity);
        $each!(steward::entity::Entity);
        $each!(recruiting::nominee_entity::Entity);
        $each!(recruiting_ask::entity::Entity);
        $each!(saved_search::entity::Entity);
        $each!(list_view::entity::Entity);
        $each!(list_view::pin_entity::Entity);
        $each!(log::event_entity::Entity);
        $each!(log::detail_entity::Entity);
        $each!(log::link_entity::Entity);
    };
}

/// The rows that a copy of this moment would take along, in all tables; nothing is written.
///
/// # Errors
/// [`StorageError::Location`] for a source or a target that [`copy`] refuses.
pub async fn rows_to_copy(source: &Store, target: &Store) -> Result<u64, StorageError> {
    refuse_unfit(source, target).await?;
    let snapshot = source.snapshot().await?;
    let mut rows = 0;
    macro_rules! count_one {
        ($entity:ty) => {
            rows += <$entity>::find().count(snapshot.connection()).await?;
        };
    }
    every_table!(count_one);
    snapshot.close().await?;
    Ok(rows)
}

async fn refuse_unfit(source: &Store, target: &Store) -> Result<(), StorageError> {
    if source.schema_state().await? != SchemaState::Current {
        return Err(StorageError::Location("The source database does not have the schema of this program. Start it once with this version first.".into()));
    }
    if target.schema_state().await? != SchemaState::Empty {
        return Err(StorageError::Location(
            "The target database is not empty. Name an empty one; nothing was changed.".into(),
        ));
    }
    Ok(())
}

/// Copies everything of one moment of `source` into `target`, whose database must be empty, tables
/// included, in one transaction, and compares counts and checksums before it commits: a copy that
/// is cut off leaves the target as empty as it was.
pub async fn copy(
    source: &Store,
    target: &Store,
    mut progress: impl FnMut(&CopiedTable),
) -> Result<Vec<CopiedTable>, StorageError> {
    refuse_unfit(source, target).await?;
    let snapshot = source.snapshot().await?;
    let head = log::head(&snapshot).await?;
    let tx = target
        .begin(ActorRef::SYSTEM, domain::time::Timestamp(0))
        .await?;
    migrate::apply_missing(&tx).await?;
    let mut copied = Vec::new();
    macro_rules! copy_one {
        ($entity:ty) => {
            let table = copy_table::<$entity, _>(snapshot.connection(), &tx).await?;
            progress(&table);
            copied.push(table);
        };
    }
    every_table!(copy_one);
    record::execute(
        &tx,
        "update log_head set position = $1, digest = $2 where id = 1",
        vec![head.position.into(), head.digest.clone().into()],
    )
    .await?;
    if log::head(&tx).await? != head {
        return Err(StorageError::Location(
            "The log head could not be copied.".into(),
        ));
    }
    snapshot.close().await?;
    tx.commit().await?;
    Ok(copied)
}

const ROWS_PER_BATCH: usize = 1_000;
/// Pieces of files weigh up to a megabyte each.
const PIECES_PER_BATCH: usize = 16;

async fn copy_table<E, C>(source: &C, tx: &Tx) -> Result<CopiedTable, StorageError>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel> + std::fmt::Debug + Clone + Send + Sync,
    E::ActiveModel: sea_orm::ActiveModelBehavior + Send,
    C: ConnectionTrait + StreamTrait + Sync,
{
    let table = sea_orm::EntityName::table_name(&E::default()).to_owned();
    let rows_per_batch = match table.as_str() {
        "content_file_pieces" | "trash_file_pieces" | "import_chunks" => PIECES_PER_BATCH,
        _ => ROWS_PER_BATCH,
    };
    let mut written = Checksum::default();
    {
        let mut rows = E::find().stream(source).await?;
        let mut batch = Vec::with_capacity(rows_per_batch);
        while let Some(row) = rows.try_next().await? {
            written.add(&row);
            batch.push(row);
            if batch.len() == rows_per_batch {
                record::insert_all::<E, _>(tx, std::mem::take(&mut batch)).await?;
            }
        }
        record::insert_all::<E, _>(tx, batch).await?;
    }
    let mut read = Checksum::default();
    let mut rows = E::find().stream(tx.inner()).await?;
    while let Some(row) = rows.try_next().await? {
        read.add(&row);
    }
    drop(rows);
    if read != written {
        return Err(StorageError::Location(format!(
            "Table {table} does not read back as it was written. Nothing was kept."
        )));
    }
    Ok(CopiedTable {
        table,
        rows: written.rows,
        checksum: log::hex(&written.sum),
    })
}

/// The sum of the digests of all rows, byte by byte: the order of the rows does not count.
#[derive(Debug, Default, PartialEq, Eq)]
struct Checksum {
    rows: u64,
    sum: [u8; 32],
}

impl Checksum {
    fn add(&mut self, row: &impl std::fmt::Debug) {
        self.rows += 1;
        let digest = Sha256::digest(format!("{row:?}").as_bytes());
        for (sum, byte) in self.sum.iter_mut().zip(digest) {
            *sum = sum.wrapping_add(byte);
        }
    }
}

//! Files on their way in: the upload, its mapping, and what became of each row.

use domain::{
    id::{ImportId, MappingId, UserId},
    import::ImportStatus,
    time::Timestamp,
};
use sea_orm::{QueryFilter, QueryOrder, entity::prelude::*};

use crate::{
    error::StorageError,
    page::{self, Listed, Page, Sort},
    record::{self, Source, versioned_record},
    tx::Tx,
};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    use super::{ImportId, ImportStatus, Timestamp, UserId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "imports")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ImportId,
        pub version: i64,
        pub file_name: String,
        pub file_digest: String,
        pub kind: String,
        pub status: ImportStatus,
        pub mapping: String,
        pub row_count: i64,
        pub rows_done: i64,
        pub report: String,
        pub created_by: Option<UserId>,
        pub created_at: Timestamp,
        pub finished_at: Option<Timestamp>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod chunk_entity {
    use sea_orm::entity::prelude::*;

    use super::ImportId;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "import_chunks")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub import_id: ImportId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub position: i64,
        pub body: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod mapping_entity {
    use sea_orm::entity::prelude::*;

    use super::{MappingId, Timestamp, UserId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "import_mappings")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: MappingId,
        pub version: i64,
        pub name: String,
        pub kind: String,
        pub body: String,
        pub created_by: Option<UserId>,
        pub created_at: Timestamp,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Import;
pub use mapping_entity::Model as SavedMapping;

versioned_record!(Import);

/// One chunk of an uploaded file.
const CHUNK_BYTES: usize = 1 << 20;

/// Keeps the uploaded file as rows, so that every node and a restart can read it.
pub async fn insert_file(tx: &Tx, id: ImportId, bytes: &[u8]) -> Result<(), StorageError> {
    for (position, body) in (0_i64..).zip(bytes.chunks(CHUNK_BYTES)) {
        let row = chunk_entity::Model {
            import_id: id,
            position,
            body: body.to_vec(),
        };
        record::insert::<chunk_entity::Entity, _>(tx, row).await?;
    }
    Ok(())
}

pub async fn file(source: &impl Source, id: ImportId) -> Result<Vec<u8>, StorageError> {
    let chunks = chunk_entity::Entity::find()
        .filter(chunk_entity::Column::ImportId.eq(id))
        .order_by_asc(chunk_entity::Column::Position)
        .all(source.connection())
        .await?;
    Ok(chunks.into_iter().flat_map(|chunk| chunk.body).collect())
}

const FORGET_FILE: &str = "delete from import_chunks where import_id = $1";

/// Removes the file of an import that is finished: it holds personal data and is not needed again.
pub async fn forget_file(tx: &Tx, id: ImportId) -> Result<(), StorageError> {
    record::execute(tx, FORGET_FILE, vec![id.into()]).await?;
    Ok(())
}

/// An import; only those who may import look for one.
pub async fn find(source: &impl Source, id: ImportId) -> Result<Option<Import>, StorageError> {
    Ok(entity::Entity::find_by_id(id)
        .one(source.connection())
        .await?)
}

/// Imports, newest first.
pub async fn list(source: &impl Source, page: &Page) -> Result<Listed<Import>, StorageError> {
    let sort = Sort::by((entity::Entity, entity::Column::CreatedAt)).descending();
    page::read(
        source.connection(),
        entity::Entity::find(),
        sort,
        entity::Column::Id,
        page,
        |row| row.id.0,
    )
    .await
}

pub async fn insert_mapping(tx: &Tx, row: SavedMapping) -> Result<(), StorageError> {
    record::insert::<mapping_entity::Entity, _>(tx, row).await
}

/// Saved mappings by name.
pub async fn mappings(
    source: &impl Source,
    page: &Page,
) -> Result<Listed<SavedMapping>, StorageError> {
    page::read(
        source.connection(),
        mapping_entity::Entity::find(),
        Sort::by((mapping_entity::Entity, mapping_entity::Column::Name)),
        mapping_entity::Column::Id,
        page,
        |row| row.id.0,
    )
    .await
}

pub async fn find_mapping(
    source: &impl Source,
    id: MappingId,
) -> Result<Option<SavedMapping>, StorageError> {
    Ok(mapping_entity::Entity::find_by_id(id)
        .one(source.connection())
        .await?)
}

/// The saved mapping of exactly this name.
pub async fn find_mapping_by_name(
    source: &impl Source,
    name: &str,
) -> Result<Option<SavedMapping>, StorageError> {
    Ok(mapping_entity::Entity::find()
        .filter(mapping_entity::Column::Name.eq(name))
        .order_by_asc(mapping_entity::Column::Id)
        .one(source.connection())
        .await?)
}

const LOCK_RUNNING: &str = "
update imports
set rows_done = rows_done
where status = 'applying'";

/// Makes the batches of imports that run at the same time follow each other, so that two of them
/// never create the same record twice.
pub async fn lock_running(tx: &Tx) -> Result<(), StorageError> {
    record::execute(tx, LOCK_RUNNING, vec![]).await?;
    Ok(())
}

const STEP: &str = "update imports set rows_done = $1, report = $2 where id = $3 and status in ('applying', 'undoing')";

/// Says how far an import is and what became of its rows so far, in the write that got it there;
/// `false` when it was cancelled or ended meanwhile. An undo says the same.
pub async fn step(
    tx: &Tx,
    id: ImportId,
    rows_done: i64,
    report: &str,
) -> Result<bool, StorageError> {
    let values = vec![rows_done.into(), report.into(), id.into()];
    Ok(record::execute(tx, STEP, values).await? == 1)
}

const CANCEL: &str = "
update imports
set status = 'cancelled', finished_at = $1, version = version + 1
where id = $2 and version = $3 and status = 'applying'";

/// Cancels an import that is being applied; `false` when it is not.
pub async fn cancel(tx: &Tx, id: ImportId, version: i64) -> Result<bool, StorageError> {
    let values = vec![tx.now().into(), id.into(), version.into()];
    Ok(record::execute(tx, CANCEL, values).await? == 1)
}

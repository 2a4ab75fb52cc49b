//! The files of content, kept as rows in bounded pieces: every node of a shared database has them, and
//! a backup of the database is whole.

use std::collections::HashMap;

use domain::{
    id::{ContentId, FileId},
    time::Timestamp,
};
use sea_orm::{FromQueryResult, QueryFilter, entity::prelude::*};

use crate::{
    error::StorageError,
    record::{self, Source},
    tx::Tx,
};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    use super::{ContentId, FileId, Timestamp};

    #[derive(
        Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize,
    )]
    #[sea_orm(table_name = "content_files")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: FileId,
        pub content_id: ContentId,
        pub name: String,
        pub media_type: String,
        pub byte_count: i64,
        /// SHA-256 of the whole file, in hexadecimal.
        pub digest: String,
        pub created_at: Timestamp,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod piece_entity {
    use sea_orm::entity::prelude::*;

    use super::FileId;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "content_file_pieces")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub file_id: FileId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub position: i64,
        pub body: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as ContentFile;

/// Bytes of every piece but the last.
pub const PIECE_BYTES: usize = 256 * 1024;

/// Files of these pieces of content.
pub async fn of(
    source: &impl Source,
    content: Vec<ContentId>,
) -> Result<HashMap<ContentId, ContentFile>, StorageError> {
    if content.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = entity::Entity::find()
        .filter(entity::Column::ContentId.is_in(content))
        .all(source.connection())
        .await?;
    Ok(rows.into_iter().map(|row| (row.content_id, row)).collect())
}

/// Removes the file of a piece of content; `false` when it has none.
pub async fn remove(tx: &Tx, content: ContentId) -> Result<bool, StorageError> {
    record::execute(tx, REMOVE_PIECES, vec![content.into()]).await?;
    Ok(record::execute(tx, REMOVE, vec![content.into()]).await? == 1)
}

const REMOVE_PIECES: &str = "
delete from content_file_pieces
where file_id in (select id from content_files where content_id = $1)";
const REMOVE: &str = "delete from content_files where content_id = $1";

/// Puts a file in the place of the one before it.
pub async fn replace(tx: &Tx, file: ContentFile, bytes: &[u8]) -> Result<(), StorageError> {
    remove(tx, file.content_id).await?;
    let id = file.id;
    record::insert::<entity::Entity, _>(tx, file).await?;
    for (position, body) in (0_i64..).zip(bytes.chunks(PIECE_BYTES)) {
        let row = piece_entity::Model {
            file_id: id,
            position,
            body: body.to_vec(),
        };
        record::insert::<piece_entity::Entity, _>(tx, row).await?;
    }
    Ok(())
}

#[derive(FromQueryResult)]
struct Piece {
    body: Vec<u8>,
}

const PIECE: &str = "select body from content_file_pieces where file_id = $1 and position = $2";

/// One piece of a file, by its place from 0; `None` beyond the end, or when the file was replaced.
pub async fn piece(
    source: &impl Source,
    id: FileId,
    position: i64,
) -> Result<Option<Vec<u8>>, StorageError> {
    let piece: Option<Piece> = record::one(source, PIECE, vec![id.into(), position.into()]).await?;
    Ok(piece.map(|piece| piece.body))
}

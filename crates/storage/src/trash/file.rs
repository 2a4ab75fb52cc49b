//! The file of content in the trash: its pieces move here and back, inside the database.

use domain::id::TrashId;

use crate::{
    content_file::{self, ContentFile},
    error::StorageError,
    record,
    tx::Tx,
};

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    use super::TrashId;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "trash_file_pieces")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub trash_id: TrashId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub position: i64,
        pub body: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

const TAKE: &str = "
insert into trash_file_pieces (trash_id, position, body)
select trash.id, content_file_pieces.position, content_file_pieces.body
from content_file_pieces
join trash on trash.id = $1
where content_file_pieces.file_id = $2";
const PUT_BACK: &str = "
insert into content_file_pieces (file_id, position, body)
select content_files.id, trash_file_pieces.position, trash_file_pieces.body
from trash_file_pieces
join content_files on content_files.id = $2
where trash_file_pieces.trash_id = $1";
const FORGET: &str = "delete from trash_file_pieces where trash_id = $1";

/// Copies the pieces of a file to an entry of the trash.
pub(super) async fn take(tx: &Tx, id: TrashId, file: &ContentFile) -> Result<(), StorageError> {
    record::execute(tx, TAKE, vec![id.into(), file.id.into()]).await?;
    Ok(())
}

/// Makes a file again from the pieces that an entry holds.
pub(super) async fn put_back(tx: &Tx, id: TrashId, file: ContentFile) -> Result<(), StorageError> {
    let file_id = file.id;
    record::insert::<content_file::entity::Entity, _>(tx, file).await?;
    record::execute(tx, PUT_BACK, vec![id.into(), file_id.into()]).await?;
    Ok(())
}

/// Deletes the pieces that an entry holds.
pub(super) async fn forget(tx: &Tx, id: TrashId) -> Result<(), StorageError> {
    record::execute(tx, FORGET, vec![id.into()]).await?;
    Ok(())
}

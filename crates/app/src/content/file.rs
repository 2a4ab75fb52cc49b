//! The file of a piece of content: taken in clean, and read out in pieces.

use std::ops::RangeInclusive;

use domain::{
    id::{ContentId, FileId},
    record::Action,
};
use futures_util::{Stream, stream};
use serde_json::json;
use sha2::{Digest, Sha256};
use storage::{
    content::{self, Content, Sight},
    content_file::{self, ContentFile, PIECE_BYTES},
    log::hex,
};

use super::{ContentView, clean, edit::event};
use crate::{
    App,
    actor::Actor,
    change,
    clock::new_id,
    error::{Error, same_version},
    policy::{self, Permission},
};

/// Puts a file in the place of the one before it.
pub async fn put(
    app: &App,
    actor: &Actor,
    id: ContentId,
    version: i64,
    name: &str,
    bytes: Vec<u8>,
) -> Result<ContentView, Error> {
    policy::require(actor, Permission::ContentEdit)?;
    let name = change::text("file_name", name, 1, 200)?;
    editable(app, id, version).await?;
    // Decoding takes processor time and memory: at most this many at once, off the other requests.
    let _turn = app.cleaning.acquire().await;
    let cleaned = tokio::task::spawn_blocking(move || clean::clean(bytes))
        .await
        .map_err(|_| Error::BadFile("The file cannot be read. Save it again.".to_owned()))??;
    let mut tx = app.begin(actor).await?;
    let mut row = found(&tx, id, version).await?;
    let file = ContentFile {
        id: new_id(),
        content_id: id,
        name: renamed(&name, cleaned.ending),
        media_type: cleaned.media_type.to_owned(),
        byte_count: i64::try_from(cleaned.bytes.len()).unwrap_or(i64::MAX),
        digest: hex(&Sha256::digest(&cleaned.bytes)),
        created_at: tx.now(),
    };
    row.updated_at = tx.now();
    content::save(&tx, &mut row).await?;
    tx.record(event(Action::FileReplaced, &row).detail(json!({
        "file_name": file.name,
        "media_type": file.media_type,
        "byte_count": file.byte_count,
        "digest": file.digest,
    })));
    content_file::replace(&tx, file, &cleaned.bytes).await?;
    tx.commit().await?;
    super::get(app, actor, id).await
}

/// Takes the file away.
pub async fn remove(
    app: &App,
    actor: &Actor,
    id: ContentId,
    version: i64,
) -> Result<ContentView, Error> {
    policy::require(actor, Permission::ContentEdit)?;
    let mut tx = app.begin(actor).await?;
    let mut row = found(&tx, id, version).await?;
    if !content_file::remove(&tx, id).await? {
        return Err(Error::NotFound);
    }
    row.updated_at = tx.now();
    content::save(&tx, &mut row).await?;
    tx.record(event(Action::FileReplaced, &row).detail(json!({ "file_name": null })));
    tx.commit().await?;
    super::get(app, actor, id).await
}

/// Refuses before the work what would be refused after it.
async fn editable(app: &App, id: ContentId, version: i64) -> Result<(), Error> {
    found(&app.store, id, version).await.map(drop)
}

async fn found(
    source: &impl storage::Source,
    id: ContentId,
    version: i64,
) -> Result<Content, Error> {
    let row = content::find(source, Sight::Everything, id)
        .await?
        .ok_or(Error::NotFound)?;
    same_version(row.version, version)?;
    Ok(row)
}

/// The name with the ending of what the file is, so that nothing opens it as something else.
fn renamed(name: &str, ending: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| {
            if c.is_control() || r#"/\:*?"<>|"#.contains(c) {
                '-'
            } else {
                c
            }
        })
        .collect();
    let stem = plain
        .rsplit_once('.')
        .map_or(plain.as_str(), |(stem, _)| stem);
    let stem = stem.trim_matches(['.', ' ']);
    let stem = if stem.is_empty() { "file" } else { stem };
    format!("{stem}.{ending}")
}

/// The file of content that the actor may see, as it is now.
pub async fn of(
    app: &App,
    actor: &Actor,
    content: ContentId,
    file: FileId,
) -> Result<ContentFile, Error> {
    policy::require(actor, Permission::ContentRead)?;
    content::find(&app.store, super::sight(app, actor), content)
        .await?
        .ok_or(Error::NotFound)?;
    content_file::of(&app.store, vec![content])
        .await?
        .remove(&content)
        .filter(|found| found.id == file)
        .ok_or(Error::NotFound)
}

/// The bytes of a range, piece by piece: memory holds one piece, however large the file is.
pub fn read(
    app: &App,
    file: FileId,
    range: RangeInclusive<u64>,
) -> impl Stream<Item = Result<Vec<u8>, Error>> + Send + use<> {
    let store = app.store.clone();
    stream::try_unfold(*range.start(), move |at| {
        let (store, last) = (store.clone(), *range.end());
        async move {
            if at > last {
                return Ok(None);
            }
            let size = PIECE_BYTES as u64;
            let position = i64::try_from(at / size).unwrap_or(i64::MAX);
            let piece = content_file::piece(&store, file, position)
                .await?
                .ok_or(Error::NotFound)?;
            let start = usize::try_from(at % size).unwrap_or(usize::MAX);
            let end = usize::try_from((last - at).saturating_add(1))
                .unwrap_or(usize::MAX)
                .saturating_add(start)
                .min(piece.len());
            let part = piece.get(start..end).filter(|part| !part.is_empty());
            let part = part.ok_or(Error::NotFound)?.to_vec();
            let next = at + part.len() as u64;
            Ok(Some((part, next)))
        }
    })
}

//! Parting two records that were merged.

use domain::{
    id::MergeId,
    record::{Action, RecordKind},
};
use serde_json::{Value, json};
use storage::{
    StorageError,
    account::Account,
    contact::Contact,
    merge::{self, Merge},
};
use uuid::Uuid;

use super::{UNDO_DAYS, bad_json, event, kept_of, kinds::Merged};
use crate::{
    App,
    actor::Actor,
    error::Error,
    policy::{self, Permission},
};

/// Makes two records of a merged one again. Fields and pointers that were changed since stay with the
/// winner.
pub async fn undo(app: &App, actor: &Actor, id: MergeId) -> Result<(), Error> {
    policy::require(actor, Permission::RecordMerge)?;
    let row = merge::find(&app.store, id).await?;
    match row.ok_or(Error::NotFound)? {
        row if row.record_kind == RecordKind::Account => undo_as::<Account>(app, actor, row).await,
        row => undo_as::<Contact>(app, actor, row).await,
    }
}

async fn undo_as<T: Merged>(app: &App, actor: &Actor, row: Merge) -> Result<(), Error> {
    let done = || Error::MoveNotAllowed("This merge is undone already.".to_owned());
    if row.undone_at.is_some() {
        return Err(done());
    }
    if row.merged_at.plus_days(UNDO_DAYS) < app.clock.now() {
        return Err(Error::MoveNotAllowed(
            "This merge is older than 30 days. Enter the other record anew.".to_owned(),
        ));
    }
    let kept = kept_of(&row)?;
    let mut loser: T = serde_json::from_value(kept.row).map_err(bad_json)?;
    let mut tx = app.begin(actor).await?;
    // The account that it was at, or its parent, may have gone into another one since.
    let mut pointers = loser.facts();
    pointers.retain(|(field, _)| ["account_id", "parent_id"].contains(field));
    let id = |value: &Value| value.as_str()?.parse().ok();
    let ids: Vec<Uuid> = pointers.iter().filter_map(|(_, value)| id(value)).collect();
    let ends = merge::ends(&tx, RecordKind::Account, &ids).await?;
    for (field, value) in pointers {
        if let Some(end) = id(&value).and_then(|id| ends.get(&id)) {
            loser.put_back(field, json!(end)).map_err(bad_json)?;
        }
    }
    let winner = T::find(&tx, row.winner_id).await?;
    let mut winner = winner.ok_or_else(|| {
        Error::MoveNotAllowed(
            "The record that stayed went into another one since. Undo that merge first.".to_owned(),
        )
    })?;
    if !merge::undo(&tx, row.id).await? {
        return Err(done());
    }
    let now = winner.facts();
    let mut back = Vec::new();
    for (field, was, is) in kept.changes {
        if now
            .iter()
            .any(|(name, value)| *name == field && *value == is)
        {
            winner.put_back(&field, was.clone()).map_err(bad_json)?;
            back.push((field, was, is));
        }
    }
    winner.touch(tx.now());
    winner.save(&tx).await?;
    let event = event(Action::Unmerged, &winner, &loser, &back, true);
    loser.insert(&tx).await.map_err(taken)?;
    storage::tag::remove(&tx, &kept.tags_taken).await?;
    storage::tag::insert_all(&tx, kept.tags).await?;
    merge::restore_pairs(&tx, &kept.pairs).await?;
    merge::move_back(&tx, &kept.moved, (row.winner_id, row.loser_id)).await?;
    tx.record(event);
    Ok(tx.commit().await?)
}

/// A file or a person gave the id or the address of the merged record to another one.
fn taken(error: Error) -> Error {
    match error {
        Error::Storage(StorageError::Duplicate(_)) => Error::Conflict(
            "Another record has the id or the e-mail address of the merged one by now. Change it \
             there first."
                .to_owned(),
        ),
        other => other,
    }
}

//! A change of very many records: a job of the queue that makes one bounded piece a write, goes on where
//! it stopped, and can be cancelled.

use domain::{
    access::Scope,
    bulk::BulkState,
    id::{BulkChangeId, UserId},
    notice::UpdateKind,
    record::{Action, RecordKind},
};
use serde_json::json;
use storage::{
    NewEvent, StorageError, Tx,
    bulk_change::{self, BulkChange, BulkPiece},
    job::Job,
};
use uuid::Uuid;

use super::{
    BulkChangeView, get, plan, undo,
    view::{change_of, list_of, unreadable},
};
use crate::{
    App,
    actor::Actor,
    error::{Error, same_version},
    import::upload::apply::author,
    job::{self, Task},
    policy::{self, Permission},
    request::{
        clock,
        notify::{self, Attention, Message},
    },
};

pub(crate) use undo::give_up as give_up_undo;

/// Records in one write.
pub(super) const PIECE: usize = 1_000;
/// Another write may come first to a record of the piece; then the piece is decided anew.
const ATTEMPTS: usize = 3;

/// Keeps what is to be changed, and queues the job that does it.
pub(super) async fn queue(
    tx: &Tx,
    actor: &Actor,
    id: BulkChangeId,
    ids: &[Uuid],
) -> Result<(), Error> {
    let mut pieces = Vec::new();
    for (position, part) in (0_i64..).zip(ids.chunks(PIECE)) {
        pieces.push(BulkPiece {
            change_id: id,
            position,
            records: serde_json::to_string(part).map_err(|_| unreadable())?,
        });
    }
    bulk_change::insert_pieces(tx, pieces).await?;
    let user = actor.user_id();
    job::enqueue(tx, &Task::ChangeRecords { change: id, user }).await?;
    Ok(())
}

/// Stops a change after the piece that is being written; what is changed stays, and can be taken back.
pub async fn cancel(
    app: &App,
    actor: &Actor,
    id: BulkChangeId,
    version: i64,
) -> Result<BulkChangeView, Error> {
    let scope = policy::require(actor, Permission::BulkEdit)?;
    let mut tx = app.begin(actor).await?;
    let row = bulk_change::find(&tx, &scope, id)
        .await?
        .ok_or(Error::NotFound)?;
    same_version(row.version, version)?;
    if !bulk_change::end(&tx, id, BulkState::Cancelled, None).await? {
        return Err(Error::MoveNotAllowed(
            "This change is not being made any more, so there is nothing to cancel.".to_owned(),
        ));
    }
    tx.record(ended(&row, BulkState::Cancelled));
    tx.commit().await?;
    get(app, actor, id).await
}

fn ended(row: &BulkChange, state: BulkState) -> NewEvent {
    NewEvent::new(Action::Updated, RecordKind::BulkChange, row.id).detail(json!({
        "changes": { "state": { "before": row.state, "after": state } },
        "looked": row.looked,
        "changed": row.changed,
    }))
}

/// Does the job: makes or takes back what an earlier attempt left.
///
/// # Errors
/// Faults of the database, after which the job is tried again. What the person may not do any more
/// ends the change instead, with the reason.
pub(crate) async fn work(
    app: &App,
    job: &Job,
    id: BulkChangeId,
    (user, undoes): (Option<UserId>, bool),
) -> Result<(), Error> {
    let mut attempt = 1;
    loop {
        let piece = if undoes {
            undo::piece(app, job, id, user).await
        } else {
            piece(app, job, id, user).await
        };
        match piece {
            Ok(true) => attempt = 1,
            Ok(false) => return clock::follow(app).await.map(|_| ()),
            Err(Error::Storage(StorageError::Stale)) if attempt < ATTEMPTS => attempt += 1,
            Err(Error::Storage(error)) => {
                let row = bulk_change::find(&app.store, &Scope::Everything, id).await?;
                let goes_on =
                    |row: &BulkChange| matches!(row.state, BulkState::Running | BulkState::Undoing);
                // Cancelled while its last piece was written.
                return row.filter(goes_on).map_or(Ok(()), |_| Err(error.into()));
            }
            Err(error) => {
                let mut tx = app.begin(&Actor::system()).await?;
                if undoes {
                    undo::give_up(&tx, id, &error.to_string()).await?;
                } else {
                    give_up(&mut tx, id, &error.to_string()).await?;
                }
                return Ok(tx.commit().await?);
            }
        }
    }
}

/// Makes one piece, as the person who asked, with the rights that they have now; `false` when
/// nothing is left.
async fn piece(
    app: &App,
    job: &Job,
    id: BulkChangeId,
    user: Option<UserId>,
) -> Result<bool, Error> {
    let actor = author(app, user).await?;
    let mut tx = app.begin(&actor).await?;
    let row = bulk_change::find(&tx, &Scope::Everything, id).await?;
    let Some(row) = row.filter(|row| row.state == BulkState::Running) else {
        return Ok(false);
    };
    let Some(piece) = bulk_change::next_piece(&tx, id).await? else {
        bulk_change::end(&tx, id, BulkState::Done, None).await?;
        tx.record(ended(&row, BulkState::Done));
        tell(app, &tx, &row).await?;
        tx.commit().await?;
        return Ok(false);
    };
    let ids: Vec<Uuid> = serde_json::from_str(&piece.records).map_err(|_| unreadable())?;
    let change = change_of(&row)?;
    let mut plan = plan(app, &actor, &tx, (list_of(&row)?, &change), &ids).await?;
    plan.write(app, &mut tx, &actor, id).await?;
    bulk_change::remove_piece(&tx, &piece).await?;
    let (looked, changed) = (ids.len(), plan.changing.len());
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let goes_on = bulk_change::step(&tx, id, count(looked), count(changed)).await?
        && storage::job::hold(&tx, job).await?;
    if !goes_on {
        return Err(taken_over());
    }
    tx.commit().await?;
    Ok(true)
}

/// Somebody who asked for so much has gone on to something else meanwhile.
async fn tell(app: &App, tx: &Tx, row: &BulkChange) -> Result<(), Error> {
    let title = format!("{} records are changed", row.changed);
    let message = Message {
        attention: Attention::Update(UpdateKind::BulkChange),
        about: None,
        title: &title,
        body: "Your change of many records is done. It can be taken back for 30 days.",
        path: "/bulk-changes".to_owned(),
    };
    let people: Vec<UserId> = row.made_by.into_iter().collect();
    notify::tell(app, tx, &people, &message).await
}

pub(super) fn taken_over() -> Error {
    Error::Storage(StorageError::BadRow {
        table: "jobs",
        problem: "another worker goes on with this change, or it was cancelled".to_owned(),
    })
}

/// Ends a change that broke off, with the reason; what is changed stays.
pub(crate) async fn give_up(tx: &mut Tx, id: BulkChangeId, reason: &str) -> Result<(), Error> {
    let row = bulk_change::find(tx, &Scope::Everything, id).await?;
    if bulk_change::end(tx, id, BulkState::Failed, Some(reason)).await?
        && let Some(row) = row
    {
        tx.record(ended(&row, BulkState::Failed));
    }
    Ok(())
}

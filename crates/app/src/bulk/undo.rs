//! Taking a change of many records back.

use std::collections::HashSet;

use domain::{
    access::Scope,
    bulk::BulkState,
    id::{BulkChangeId, UserId},
    record::{Action, RecordKind},
};
use serde_json::json;
use storage::{
    NewEvent, Tx,
    bulk_change::{self, BulkChange},
    import_undo::{self, Change, Place},
    job::Job,
};

use super::{
    AT_ONCE_MAX, BulkChangeView, UNDO_DAYS, desk, get, origin, record_of,
    view::{change_of, list_of},
    work::{PIECE, taken_over},
};
use crate::{
    App,
    actor::Actor,
    error::{Error, same_version},
    import::{
        flush,
        undo::{give_back, places},
        upload::apply::author,
    },
    job::{self, Task},
    policy::{self, Permission},
};

/// Takes a change back: every record that is still as the change left it is as it was before. What
/// somebody changed since stays. More than [`AT_ONCE_MAX`] records are taken back piece by piece.
pub async fn undo(
    app: &App,
    actor: &Actor,
    id: BulkChangeId,
    version: i64,
) -> Result<BulkChangeView, Error> {
    let scope = policy::require(actor, Permission::BulkEdit)?;
    let mut tx = app.begin(actor).await?;
    let mut row = bulk_change::find(&tx, &scope, id)
        .await?
        .ok_or(Error::NotFound)?;
    same_version(row.version, version)?;
    require(actor, &row)?;
    if row.undone_at.is_some() {
        return Err(Error::MoveNotAllowed(
            "This change is taken back already.".to_owned(),
        ));
    }
    if matches!(row.state, BulkState::Running | BulkState::Undoing) {
        return Err(Error::MoveNotAllowed(
            "This change is still being made or taken back. Cancel it, or wait for its end."
                .to_owned(),
        ));
    }
    if row.made_at.plus_days(UNDO_DAYS) < tx.now() {
        return Err(Error::MoveNotAllowed(format!(
            "This change is more than {UNDO_DAYS} days old. Change the records by hand."
        )));
    }
    if row.changed > AT_ONCE_MAX as i64 {
        row.state = BulkState::Undoing;
        row.problem = None;
        bulk_change::save(&tx, &mut row).await?;
        let user = actor.user_id();
        job::enqueue(&tx, &Task::UndoChange { change: id, user }).await?;
    } else {
        let changes = changes(&tx, &row, row.changed).await?;
        let put_back = take_back(app, actor, &mut tx, &row, &changes).await?;
        row.put_back = Some(row.put_back.unwrap_or(0) + put_back);
        finish(&mut tx, row).await?;
    }
    tx.commit().await?;
    crate::request::clock::follow(app).await?;
    get(app, actor, id).await
}

fn require(actor: &Actor, row: &BulkChange) -> Result<Scope, Error> {
    let (_, permission) = record_of(list_of(row)?, &change_of(row)?)?;
    policy::require(actor, permission)
}

/// The newest changes that are still to be taken back.
async fn changes(tx: &Tx, row: &BulkChange, limit: i64) -> Result<Vec<Change>, Error> {
    let made = Place {
        record_kind: RecordKind::BulkChange,
        record_id: row.id.0,
    };
    let before = row.undone_before.unwrap_or(i64::MAX);
    Ok(import_undo::changes(tx, made, before, limit).await?)
}

/// Gives the records their former values; how many of them are as they were before.
async fn take_back(
    app: &App,
    actor: &Actor,
    tx: &mut Tx,
    row: &BulkChange,
    changes: &[Change],
) -> Result<i64, Error> {
    let mut desk = desk(app, actor, list_of(row)?).await?;
    give_back::load(&mut desk, tx, places(changes)).await?;
    let (none, mut released) = (HashSet::new(), give_back::Released::new());
    let mut put_back = 0;
    for change in changes {
        let one = std::slice::from_ref(change);
        let report = give_back::decide(&mut desk, one, &none, &mut released)?;
        put_back += i64::from(report.left.is_empty());
    }
    flush::write(app, tx, &mut desk, &origin(row.id, true)).await?;
    Ok(put_back)
}

async fn finish(tx: &mut Tx, mut row: BulkChange) -> Result<(), Error> {
    row.state = BulkState::Done;
    row.undone_at = Some(tx.now());
    let put_back = row.put_back.unwrap_or(0);
    bulk_change::save(tx, &mut row).await?;
    tx.record(
        NewEvent::new(Action::Undone, RecordKind::BulkChange, row.id)
            .detail(json!({ "put_back": put_back, "left": row.changed - put_back })),
    );
    Ok(())
}

/// Takes back one piece, as the person who asked, with the rights that they have now; `false` when
/// nothing is left.
pub(super) async fn piece(
    app: &App,
    job: &Job,
    id: BulkChangeId,
    user: Option<UserId>,
) -> Result<bool, Error> {
    let actor = author(app, user).await?;
    let mut tx = app.begin(&actor).await?;
    let row = bulk_change::find(&tx, &Scope::Everything, id).await?;
    let Some(row) = row.filter(|row| row.state == BulkState::Undoing) else {
        return Ok(false);
    };
    require(&actor, &row)?;
    let changes = changes(&tx, &row, PIECE as i64).await?;
    let Some(last) = changes.last() else {
        finish(&mut tx, row).await?;
        tx.commit().await?;
        return Ok(false);
    };
    let before = last.position;
    let put_back = take_back(app, &actor, &mut tx, &row, &changes).await?;
    let goes_on = bulk_change::undo_step(&tx, id, put_back, before).await?
        && storage::job::hold(&tx, job).await?;
    if !goes_on {
        return Err(taken_over());
    }
    tx.commit().await?;
    Ok(true)
}

/// Ends an undo that broke off, with the reason: it can be asked for again and goes on from there.
pub(crate) async fn give_up(tx: &Tx, id: BulkChangeId, reason: &str) -> Result<(), Error> {
    let row = bulk_change::find(tx, &Scope::Everything, id).await?;
    if let Some(mut row) = row.filter(|row| row.state == BulkState::Undoing) {
        row.state = BulkState::Done;
        row.problem = Some(reason.to_owned());
        bulk_change::save(tx, &mut row).await?;
    }
    Ok(())
}

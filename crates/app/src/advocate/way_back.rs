//! Taking a move along the life cycle back, also from where no way leads on: a slip of the hand should
//! not end a membership.

use domain::{
    advocate::AdvocateStatus,
    id::AdvocateId,
    record::{Action, RecordKind},
};
use serde_json::{Value, json};
use storage::{
    Tx, advocate,
    page::Page,
    timeline::{self, Entry, Filter},
};

use super::{AdvocateView, event, find_for};
use crate::{
    App,
    actor::Actor,
    error::{Error, same_version},
    policy::Permission,
};

/// How long after the move, in seconds.
const WITHIN_SECONDS: i64 = 60;
/// What a move writes on the timeline of an advocate beside itself: those who are let go of.
const LOOKED_AT: u64 = 50;

/// Puts an advocate back to where the actor's own last move took them from. Whoever was let go of
/// because of it is not asked again by itself.
///
/// # Errors
/// [`Error::MoveNotAllowed`] later than a minute after it, and for a move of somebody else.
pub async fn undo_move(
    app: &App,
    actor: &Actor,
    id: AdvocateId,
    version: i64,
) -> Result<AdvocateView, Error> {
    let mut tx = app.begin(actor).await?;
    let mut row = find_for(&tx, actor, Permission::AdvocateMove, id).await?;
    same_version(row.version, version)?;
    crate::request::stop::lock_advocate(&tx, id).await?;
    let moved = last_move(&tx, id).await?;
    let own = moved.filter(|moved| {
        let is_own = moved.event.actor_id == actor.user_id().map(|user| user.0);
        is_own && tx.now().seconds_since(moved.event.at) <= WITHIN_SECONDS
    });
    let before = own.as_ref().and_then(|moved| came_from(moved, row.status));
    let Some(before) = before else {
        return Err(Error::MoveNotAllowed(
            "A move can be taken back within a minute, by whoever made it, while nobody changed the profile."
                .to_owned(),
        ));
    };
    let from = std::mem::replace(&mut row.status, before);
    row.status_reason = None;
    row.updated_at = tx.now();
    advocate::save(&tx, &mut row).await?;
    let changes = json!({ "changes": { "status": { "before": from, "after": before } }, "reason": "Taken back" });
    let event = event(&tx, Action::Moved, &row).await?.detail(changes);
    tx.record(event);
    if from == AdvocateStatus::Active {
        let why = "The advocate is not active any more.";
        crate::request::stop::open_candidates(app, &mut tx, id, None, why).await?;
    }
    tx.commit().await?;
    super::get(app, actor, id).await
}

async fn last_move(tx: &Tx, id: AdvocateId) -> Result<Option<Entry>, Error> {
    let filter = Filter {
        record: Some((RecordKind::Advocate, id.0)),
        ..Filter::default()
    };
    let page = Page {
        limit: LOOKED_AT,
        after: None,
    };
    let listed = timeline::list(tx, &filter, &page).await?;
    let own = |entry: &Entry| entry.event.record_id == id.0 && entry.event.action == Action::Moved;
    Ok(listed.items.into_iter().find(own))
}

/// Where a move led from, when it led to where the advocate is.
fn came_from(moved: &Entry, now: AdvocateStatus) -> Option<AdvocateStatus> {
    let change = moved.detail.as_ref()?.get("changes")?.get("status")?;
    let read = |value: &Value| serde_json::from_value(value.clone()).ok();
    let after: AdvocateStatus = read(change.get("after")?)?;
    (after == now).then_some(())?;
    read(change.get("before")?)
}

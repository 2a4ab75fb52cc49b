//! What has served its time, and goes.

use crate::{
    App, actor::Actor, duplicate::merge::UNDO_DAYS, error::Error, session,
    standing::CONTACT_DAYS_AFTER_CLOSE,
};

const KEPT_DAYS: i64 = 7;

/// Removes what has served its time: finished jobs, ended sessions, old keys, full buckets, what was
/// deleted 30 days ago, comments that were removed a day ago, what was put off until today, and the addresses of buyers whose request is long over.
pub async fn run(app: &App) -> Result<(), Error> {
    let mut tx = app.begin(&Actor::system()).await?;
    let now = tx.now();
    let before = now.plus_days(-KEPT_DAYS);
    storage::job::prune(&tx, before).await?;
    session::viewing::end_over(&mut tx).await?;
    storage::session::prune(&tx, before).await?;
    storage::idempotency::prune(&tx, crate::idempotency::forgotten_before(now)).await?;
    storage::rate::prune(&tx, now.plus_days(-1)).await?;
    storage::merge::forget(&tx, now.plus_days(-UNDO_DAYS)).await?;
    storage::comment::forget(&tx, now.plus_days(-1)).await?;
    storage::steward::prune(&tx, app.clock.today()).await?;
    crate::trash::purge_due(&mut tx).await?;
    storage::appointment::forget_buyers(&tx, now.plus_days(-CONTACT_DAYS_AFTER_CLOSE)).await?;
    Ok(tx.commit().await?)
}

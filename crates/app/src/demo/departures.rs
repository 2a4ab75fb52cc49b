//! Two people of the demo company who leave theirs: one who is gone, one who goes soon.

use std::collections::HashMap;

use domain::{
    advocate::AdvocateStatus,
    id::AdvocateId,
    record::{Action, RecordKind},
    time::Day,
};
use serde_json::json;
use storage::{NewEvent, candidate::Candidate};

use super::{requests::World, write::Past};
use crate::{App, actor::Actor, error::Error};

/// The first days without them, counted from today.
const LEAVE_IN_DAYS: [i64; 2] = [-9, 16];

/// Lets the last advocates leave with whom nothing is planned from the day on that they leave.
pub(super) async fn write(
    app: &App,
    past: &mut Past,
    world: &World<'_>,
    asked: &[Candidate],
) -> Result<(), Error> {
    let calendar = world.calendar;
    let mut last_planned: HashMap<AdvocateId, Day> = HashMap::new();
    for candidate in asked {
        let day = last_planned.entry(candidate.advocate_id);
        let day = day.or_insert(candidate.planned_on);
        *day = candidate.planned_on.max(*day);
    }
    let active = world.pool.advocates.iter().rev();
    let mut active = active.filter(|row| row.status == AdvocateStatus::Active);
    let leaving: Vec<_> = LEAVE_IN_DAYS
        .into_iter()
        .filter_map(|days| {
            let day = calendar.today.plus_days(days);
            let is_free = |id| last_planned.get(id).is_none_or(|last| *last < day);
            let row = active.find(|row| is_free(&row.id))?;
            Some((row.contact_id, row.id, day))
        })
        .collect();
    let tx = app.begin(&Actor::system()).await?;
    let ids = leaving.iter().map(|(contact, ..)| *contact).collect();
    let mut contacts = storage::contact::by_ids(&tx, ids).await?;
    for (contact, advocate, day) in leaving {
        let Some(mut row) = contacts.remove(&contact) else {
            continue;
        };
        row.left_on = Some(day);
        row.updated_at = calendar.now;
        storage::contact::save(&tx, &mut row).await?;
        let changes = json!({ "changes": { "left_on": { "before": null, "after": day } } });
        let event = NewEvent::new(Action::Updated, RecordKind::Contact, contact)
            .link(RecordKind::Advocate, advocate)
            .detail(changes)
            .at(calendar.now);
        past.record(match row.account_id {
            Some(account) => event.link(RecordKind::Account, account),
            None => event,
        });
    }
    tx.commit().await?;
    Ok(())
}

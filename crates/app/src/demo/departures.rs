//! People of the demo company who cannot be asked as before: one who left, one who leaves soon, and one
//! whose address a mail server refuses.

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

/// When a mail server refused an address, and among how many people one with an address is looked for.
const REFUSED_IN_DAYS: i64 = -5;
const LOOKED_AT: usize = 20;

/// Lets the last advocates leave with whom nothing is planned from the day on that they leave,
/// and has the address of the next one refused.
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
    // Some have no address at all.
    let next: Vec<_> = active
        .map(|row| (row.contact_id, row.id))
        .take(LOOKED_AT)
        .collect();
    let tx = app.begin(&Actor::system()).await?;
    let ids = leaving.iter().map(|(contact, ..)| *contact);
    let ids = ids.chain(next.iter().map(|(contact, _)| *contact));
    let mut contacts = storage::contact::by_ids(&tx, ids.collect()).await?;
    let mut changed = Vec::new();
    for (contact, advocate, day) in leaving {
        if let Some(mut row) = contacts.remove(&contact) {
            row.left_on = Some(day);
            changed.push((row, advocate, "left_on", day));
        }
    }
    let refused = next.into_iter().find_map(|(contact, advocate)| {
        let row = contacts.remove(&contact)?;
        row.email.is_some().then_some((row, advocate))
    });
    if let Some((mut row, advocate)) = refused {
        let day = calendar.today.plus_days(REFUSED_IN_DAYS);
        row.refused_email.clone_from(&row.email);
        row.refused_on = Some(day);
        changed.push((row, advocate, "email_refused_on", day));
    }
    for (mut row, advocate, field, day) in changed {
        row.updated_at = calendar.now;
        storage::contact::save(&tx, &mut row).await?;
        let changes = json!({ "changes": { field: { "before": null, "after": day } } });
        let event = NewEvent::new(Action::Updated, RecordKind::Contact, row.id)
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

//! Names for the people and records of a page of the queue.

use std::collections::HashMap;

use domain::{
    id::{AdvocateId, UserId},
    record::RecordKind,
    time::Timestamp,
};
use storage::{steward::PutOff, user::User};

use super::{PutOffView, PutOffs, StewardRow, Waiting};
use crate::{
    App,
    account::PersonRef,
    actor::Actor,
    error::Error,
    people::{self, Person},
};

/// Puts names to rows of the queue.
pub(super) async fn views(
    app: &App,
    actor: &Actor,
    rows: Vec<Waiting>,
    put_offs: &PutOffs,
) -> Result<Vec<StewardRow>, Error> {
    let advocates = rows
        .iter()
        .filter(|row| row.reason.record_kind() == RecordKind::Advocate)
        .map(|row| AdvocateId(row.id));
    let people = people::load(app, actor, advocates.collect()).await?;
    let put_off = |row: &Waiting| put_offs.get(&(row.reason, row.id));
    let users = rows.iter().flat_map(|row| {
        let by = put_off(row).and_then(|row| row.made_by);
        row.owner.into_iter().chain(by)
    });
    let users = storage::user::by_ids(&app.store, users.collect()).await?;
    let rows = rows.into_iter().filter_map(|row| {
        let put_off = put_off(&row).map(|row| put_off_view(row, &users));
        view(row, &people, &users, put_off)
    });
    Ok(rows.collect())
}

fn put_off_view(row: &PutOff, users: &HashMap<UserId, User>) -> PutOffView {
    PutOffView {
        until: row.until_on,
        on: Timestamp::day(row.made_at),
        by: row
            .made_by
            .and_then(|id| users.get(&id))
            .map(PersonRef::from),
        owner_asked: row.owner_asked,
    }
}

fn view(
    row: Waiting,
    people: &HashMap<AdvocateId, Person>,
    users: &HashMap<UserId, User>,
    put_off: Option<PutOffView>,
) -> Option<StewardRow> {
    let name = match row.name {
        Some(name) => name,
        None => people.get(&AdvocateId(row.id))?.display_name(),
    };
    Some(StewardRow {
        reason: row.reason,
        record_kind: row.reason.record_kind(),
        record_id: row.id,
        version: row.version,
        name,
        contact: row.contact,
        account: row.account,
        owner: row.owner.and_then(|id| users.get(&id)).map(PersonRef::from),
        since: row.since,
        on: row.on,
        over: row.over,
        put_off,
    })
}

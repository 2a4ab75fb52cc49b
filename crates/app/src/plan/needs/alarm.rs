//! Alarms of needs: once a day it is looked what has to begin, and whoever noted the need is told in
//! their inbox, and with it in the daily letter. What was told already is not told again.

use std::collections::BTreeMap;

use domain::{need::NeedAlarm, notice::UpdateKind, time::Day};
use storage::need::{self, Need};

use super::{
    held::{self, ServedNeed},
    view,
};
use crate::{
    App,
    actor::Actor,
    error::Error,
    request::notify::{self, Attention, Message},
};

/// Looks at every open need that nobody looked at today; how many alarms were told.
pub async fn run(app: &App) -> Result<usize, Error> {
    let today = app.clock.today();
    let rows = need::unlooked(&app.store, today).await?;
    if rows.is_empty() {
        return Ok(0);
    }
    let served = held::serve(app, &Actor::system(), &rows).await?;
    let none = ServedNeed::default();
    let tx = app.begin(&Actor::system()).await?;
    let ids = rows.iter().map(|row| row.id).collect();
    // Of two nodes that look at the same time the second one finds nothing left.
    let looked = need::note_looked(&tx, ids, today).await?;
    if usize::try_from(looked).unwrap_or(usize::MAX) < rows.len() {
        return Ok(0);
    }
    let mut told = 0;
    let mut noted: BTreeMap<&'static str, Vec<&Need>> = BTreeMap::new();
    for row in &rows {
        let by = view::begin_by(row, &served);
        let own = served.needs.get(&row.id).unwrap_or(&none);
        let alarm = view::alarm(row, own, by, today);
        if alarm == row.alarm {
            continue;
        }
        noted
            .entry(alarm.map_or("", NeedAlarm::as_str))
            .or_default()
            .push(row);
        if let (Some(alarm), Some(owner)) = (alarm, row.owner_id) {
            let (title, body) = words(row, alarm, by);
            let message = Message {
                attention: Attention::Update(UpdateKind::Need),
                about: None,
                title: &title,
                body: &body,
                path: format!("/plan/needs?need={}", row.id),
            };
            notify::tell(app, &tx, &[owner], &message).await?;
            told += 1;
        }
    }
    for (alarm, rows) in noted {
        let ids = rows.into_iter().map(|row| row.id).collect();
        need::note_alarm(&tx, ids, alarm.parse().ok()).await?;
    }
    tx.commit().await?;
    Ok(told)
}

/// What has to be done, in words.
fn words(row: &Need, alarm: NeedAlarm, (ask_by, recruit_by): (Day, Day)) -> (String, String) {
    let (what, body) = match alarm {
        NeedAlarm::Overdue => (
            "the day is over",
            "Say how it ended and close the need.".to_owned(),
        ),
        NeedAlarm::AskLate => (
            "the notice runs short",
            format!(
                "Advocates were due to be asked by {ask_by} for {}. Ask now, as a rush.",
                row.need_on
            ),
        ),
        NeedAlarm::AskSoon => (
            "ask now",
            format!(
                "It is needed on {}; advocates are due to be asked by {ask_by}.",
                row.need_on
            ),
        ),
        NeedAlarm::RecruitLate => (
            "too few could serve it",
            format!(
                "It is needed on {}, and recruiting had to start by {recruit_by}. Ask for less, move the day, or name a customer.",
                row.need_on
            ),
        ),
        NeedAlarm::RecruitSoon => (
            "recruit now",
            format!(
                "It is needed on {}, and too few advocates could serve it. Recruiting has to start by {recruit_by}.",
                row.need_on
            ),
        ),
    };
    (format!("{}: {what}", row.title), body)
}

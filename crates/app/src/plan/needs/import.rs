//! Needs out of somebody's own calendar: each event becomes a need, once, and is moved with its event.
//!
//! Decides by an event's id what it is here. Refuses to know how a calendar file is written, which is
//! the import room's.

use std::collections::{HashMap, HashSet};

use domain::{
    access::Scope,
    activity::Activity,
    id::NeedId,
    need::NeedKind,
    record::{Action, RecordKind},
    time::Day,
};
use import::calendar_file::{self, CalendarEvent};
use serde::{Deserialize, Serialize};
use serde_json::json;
use storage::{
    NewEvent, Tx,
    need::{self, Need},
};

use super::{noted, wanted};
use crate::{
    App,
    actor::Actor,
    clock::new_id,
    error::Error,
    policy::{self, Permission},
};

/// Letters of a title, a note and an event's id that are kept.
const TITLE_MAX: usize = 200;
const NOTE_MAX: usize = 2_000;
const UID_MAX: usize = 255;

/// A calendar file to make needs of.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportNeeds {
    /// The text of an iCalendar file: 1 MB and 500 events at most.
    pub file: String,
    /// Of new needs, where no category of the event names a kind.
    pub kind: NeedKind,
    /// Of new needs.
    pub activity: Activity,
    /// Reference accounts of each new need, 1 to 100; one when absent.
    pub wanted: Option<i64>,
    /// Say what would come of it and change nothing.
    #[serde(default)]
    pub check_only: bool,
}

/// What came of a calendar file. Loading it again changes nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ImportedNeeds {
    pub created: usize,
    /// Needs whose event has another day, title or text now.
    pub changed: usize,
    /// Needs whose event was cancelled.
    pub closed: usize,
    pub unchanged: usize,
    /// Events that are over and were not noted.
    pub past: usize,
    /// Events that no need could be made of; the others are not held up by them.
    pub problems: Vec<EventProblem>,
}

/// Why no need was made of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct EventProblem {
    /// Its place among the events of the file, from 1.
    pub event: usize,
    pub title: Option<String>,
    pub message: String,
}

/// Makes needs of the events of a calendar file: the actor's own ones.
pub async fn import(app: &App, actor: &Actor, ask: ImportNeeds) -> Result<ImportedNeeds, Error> {
    let scope = policy::require(actor, Permission::NeedEdit)?;
    let count = wanted(ask.wanted.unwrap_or(1))?;
    let events = calendar_file::events(&ask.file)
        .map_err(|problem| Error::field("file", problem.to_string()))?;
    let mut tx = app.begin(actor).await?;
    let known = known(&tx, &events).await?;
    let mut desk = Desk {
        scope: &scope,
        today: app.clock.today(),
        known,
        seen: HashSet::new(),
        new: Vec::new(),
        changed: Vec::new(),
        told: ImportedNeeds::default(),
    };
    for (place, event) in events.iter().enumerate() {
        let made = || Need {
            id: new_id(),
            version: 1,
            kind: kind(event).unwrap_or(ask.kind),
            title: String::new(),
            activity: ask.activity,
            wanted: count,
            need_on: app.clock.today(),
            account_id: None,
            note: None,
            calendar_uid: event.uid.clone(),
            owner_id: actor.user_id(),
            created_at: tx.now(),
            closed_at: None,
            close_reason: None,
            alarm: None,
            alarm_on: None,
        };
        if let Err(message) = desk.take(event, tx.now(), made) {
            desk.told.problems.push(EventProblem {
                event: place + 1,
                title: event.title.as_deref().map(|title| cut(title, TITLE_MAX)),
                message: message.to_owned(),
            });
        }
    }
    let Desk {
        new, changed, told, ..
    } = desk;
    if ask.check_only || (new.is_empty() && changed.is_empty()) {
        return Ok(told);
    }
    write(&mut tx, new, changed).await?;
    tx.commit().await?;
    Ok(told)
}

async fn write(tx: &mut Tx, new: Vec<Need>, changed: Vec<(Need, Need)>) -> Result<(), Error> {
    for row in &new {
        let detail = json!({ "title": row.title, "need_on": row.need_on, "wanted": row.wanted, "source": "calendar" });
        tx.record(NewEvent::new(Action::Created, RecordKind::Need, row.id).detail(detail));
    }
    for (before, after) in &changed {
        let mut changes = noted(before, after);
        changes.note("close_reason", &before.close_reason, &after.close_reason);
        let action = if after.closed_at.is_some() {
            Action::Closed
        } else {
            Action::Updated
        };
        let event = NewEvent::new(action, RecordKind::Need, after.id);
        tx.record(event.detail(changes.into_detail()));
    }
    need::insert_all(tx, new).await?;
    let changed = changed.into_iter().map(|(_, after)| after).collect();
    Ok(need::save_all(tx, changed).await?)
}

/// The needs that the events are, by the id of the event, in two queries.
async fn known(tx: &Tx, events: &[CalendarEvent]) -> Result<HashMap<String, Need>, Error> {
    let uids: Vec<&str> = events
        .iter()
        .filter_map(|event| event.uid.as_deref())
        .collect();
    let own: Vec<NeedId> = uids.iter().filter_map(|uid| own_id(uid)).collect();
    let uids = uids.into_iter().map(str::to_owned).collect();
    let rows = need::of_calendar(tx, uids, own).await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let uid = row.calendar_uid.clone();
            (uid.unwrap_or_else(|| super::ics::uid(row.id)), row)
        })
        .collect())
}

/// The need of an event that this program wrote into a calendar file.
fn own_id(uid: &str) -> Option<NeedId> {
    uid.strip_prefix("need-")?
        .strip_suffix("@goodword")?
        .parse()
        .ok()
}

/// Who needs it, where a category says so: "Public relations" as well as "public_relations".
fn kind(event: &CalendarEvent) -> Option<NeedKind> {
    let named = |word: &String| {
        word.trim()
            .to_lowercase()
            .replace([' ', '-'], "_")
            .parse()
            .ok()
    };
    event.categories.iter().find_map(named)
}

/// At most so many letters.
fn cut(text: &str, most: usize) -> String {
    text.trim().chars().take(most).collect()
}

/// The file as it is worked off.
struct Desk<'a> {
    scope: &'a Scope,
    today: Day,
    known: HashMap<String, Need>,
    seen: HashSet<&'a str>,
    new: Vec<Need>,
    /// Before and after.
    changed: Vec<(Need, Need)>,
    told: ImportedNeeds,
}

impl<'a> Desk<'a> {
    fn take(
        &mut self,
        event: &'a CalendarEvent,
        now: domain::time::Timestamp,
        made: impl FnOnce() -> Need,
    ) -> Result<(), &'static str> {
        let uid = event.uid.as_deref();
        let uid = uid.filter(|uid| uid.chars().count() <= UID_MAX);
        let uid = uid.ok_or("The event has no id, or one of more than 255 letters, so it could not be recognised again. Note the need by hand.")?;
        if event.repeats {
            return Err(
                "The event repeats. Note each day that needs an advocate as an event, or a need, of its own.",
            );
        }
        if !self.seen.insert(uid) {
            return Err("Another event of the file has the same id. Only the first one counts.");
        }
        let day = event
            .day()
            .ok_or("The event has no day that can be read. Give it a start.")?;
        let title = event.title.as_deref().map(|title| cut(title, TITLE_MAX));
        let title = title.filter(|title| !title.is_empty());
        let title = title.ok_or("The event has no title. Say what it is for.")?;
        let Some(before) = self.known.get(uid) else {
            return self.unknown(event, uid, (day, title), made);
        };
        if !self.scope.reaches(before.owner_id) {
            return Err("This event is a need of somebody else already.");
        }
        if before.closed_at.is_some() {
            self.told.unchanged += 1;
            return Ok(());
        }
        let mut after = before.clone();
        if event.is_cancelled {
            after.closed_at = Some(now);
            after.close_reason = Some("Cancelled in the calendar".to_owned());
        } else {
            (after.need_on, after.title) = (day, title);
            // What this program wrote into the text of its own events is no note.
            if after.calendar_uid.is_some() {
                after.note = event.text.as_deref().map(|text| cut(text, NOTE_MAX));
            }
        }
        match (after == *before, event.is_cancelled) {
            (true, _) => self.told.unchanged += 1,
            (false, true) => self.told.closed += 1,
            (false, false) => self.told.changed += 1,
        }
        if after != *before {
            self.changed.push((before.clone(), after));
        }
        Ok(())
    }

    fn unknown(
        &mut self,
        event: &CalendarEvent,
        uid: &str,
        (day, title): (Day, String),
        made: impl FnOnce() -> Need,
    ) -> Result<(), &'static str> {
        if own_id(uid).is_some() {
            return Err(
                "This event was a need of this program, which is not here any more. Note it again.",
            );
        }
        if event.is_cancelled || day < self.today {
            self.told.past += 1;
            return Ok(());
        }
        self.told.created += 1;
        self.new.push(Need {
            title,
            need_on: day,
            note: event.text.as_deref().map(|text| cut(text, NOTE_MAX)),
            ..made()
        });
        Ok(())
    }
}

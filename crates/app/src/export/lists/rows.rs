//! The rows of each list, in the words of its columns.

use std::vec::IntoIter;

use domain::{access::Scope, id::RequestId};
use serde_json::json;
use uuid::Uuid;

use super::{
    super::{ordered, sheet::Row},
    AskList,
};
use crate::{
    App,
    account::AccountRef,
    actor::Actor,
    audit::{Pinned, TimelineEntry},
    duplicate::{self, DuplicateView, SideView},
    error::Error,
    load::{self, LoadRow},
    request::{self, RequestView},
    steward::{self, StewardRow},
};

/// A list on its way out.
pub(in crate::export) enum Rows {
    Events(Pinned),
    Requests(IntoIter<RequestId>, usize),
    Load(load::Whole),
    Steward(steward::Whole),
    Duplicates(duplicate::Whole),
}

impl Rows {
    pub(in crate::export) async fn open(
        app: &App,
        actor: &Actor,
        ask: AskList,
        reach: Scope,
    ) -> Result<Self, Error> {
        Ok(match ask {
            AskList::Events(ask) => Self::Events(Pinned::open(app, actor, &ask).await?),
            AskList::Requests(ask) => {
                let (scope, filter) = request::narrowed(actor, &ask)?;
                let scope = super::narrower(scope, reach);
                let ids = storage::request::ids(&app.store, &scope, &filter).await?;
                let total = ids.len();
                Self::Requests(ids.into_iter(), total)
            }
            AskList::Load(name) => Self::Load(load::Whole::open(app, &reach, name).await?),
            AskList::Steward(ask) => {
                Self::Steward(steward::Whole::open(app, actor, &reach, &ask).await?)
            }
            AskList::Duplicates(kind) => Self::Duplicates(duplicate::Whole::open(app, kind).await?),
        })
    }

    /// How many there were when it was opened.
    pub(in crate::export) fn total(&self) -> usize {
        match self {
            Self::Events(events) => events.total,
            Self::Requests(_, total) => *total,
            Self::Load(whole) => whole.total,
            Self::Steward(whole) => whole.total,
            Self::Duplicates(whole) => whole.total,
        }
    }

    /// The position of the log that it ends at, where it is a reading of the log.
    pub(in crate::export) fn head(&self) -> Option<i64> {
        match self {
            Self::Events(events) => Some(events.head),
            Self::Requests(..) | Self::Load(_) | Self::Steward(_) | Self::Duplicates(_) => None,
        }
    }

    pub(in crate::export) fn headings(&self) -> &'static [&'static str] {
        match self {
            Self::Events(_) => EVENTS,
            Self::Requests(..) => REQUESTS,
            Self::Load(_) => LOAD,
            Self::Steward(_) => STEWARD,
            Self::Duplicates(_) => DUPLICATES,
        }
    }

    /// The next rows; fewer than the limit only at the end, or where a record is gone.
    pub(in crate::export) async fn next(
        &mut self,
        app: &App,
        actor: &Actor,
        limit: usize,
    ) -> Result<Vec<Row>, Error> {
        Ok(match self {
            Self::Events(events) => {
                let read = events.next(app, limit).await?;
                read.into_iter().map(event).collect()
            }
            Self::Requests(rest, _) => {
                let ids: Vec<Uuid> = rest.by_ref().take(limit).map(|id| id.0).collect();
                let wanted = ids.iter().copied().map(RequestId).collect();
                let found = storage::request::by_ids(&app.store, wanted).await?;
                let views = request::views(app, actor, &ordered(&ids, found)).await?;
                views.into_iter().map(asked).collect()
            }
            Self::Load(whole) => {
                let read = whole.next(app, actor, limit).await?;
                read.into_iter().map(carried).collect()
            }
            Self::Steward(whole) => {
                let read = whole.next(app, actor, limit).await?;
                read.into_iter().map(waiting).collect()
            }
            Self::Duplicates(whole) => {
                let read = whole.next(app, limit).await?;
                read.into_iter().map(pair).collect()
            }
        })
    }
}

const EVENTS: &[&str] = &[
    "Position",
    "At",
    "Actor kind",
    "Actor",
    "Action",
    "Record kind",
    "Record id",
    "What happened",
    "Changes",
];

fn event(entry: TimelineEntry) -> Row {
    let mut row = Row::default();
    row.put("Position", Some(entry.position));
    row.put_word("At", Some(entry.at));
    row.put_word("Actor kind", Some(entry.actor_kind));
    row.put("Actor", entry.actor_name);
    row.put_word("Action", Some(entry.action));
    row.put_word("Record kind", Some(entry.record_kind));
    row.put_word("Record id", Some(entry.record_id));
    row.put("What happened", entry.summary);
    row.put("Changes", json!(entry.changes));
    row
}

const REQUESTS: &[&str] = &[
    "Request id",
    "Activity",
    "Status",
    "Need by",
    "Wanted",
    "Rush",
    "Requester",
    "Deal",
    "Deal id",
    "Prospect",
    "Next to act",
    "Next to act by name",
    "Due on",
    "Overdue",
    "Candidates",
    "Note",
    "Asked at",
    "Closed at",
    "Unfilled because",
];

fn asked(request: RequestView) -> Row {
    let mut row = Row::default();
    row.put_word("Request id", Some(request.id));
    row.put_word("Activity", Some(request.activity));
    row.put_word("Status", Some(request.status));
    row.put("Need by", Some(request.need_by));
    row.put("Wanted", Some(request.wanted));
    row.put_word("Rush", request.is_rush.then_some("yes"));
    row.put("Requester", request.requester.name);
    let deal = request.opportunity.as_ref();
    row.put("Deal", deal.map(|deal| deal.name.clone()));
    row.put_word("Deal id", deal.map(|deal| deal.id));
    row.put("Prospect", request.account_name);
    row.put_word("Next to act", Some(request.holder));
    row.put("Next to act by name", request.holder_name);
    row.put("Due on", request.due_on);
    row.put_word("Overdue", request.overdue.then_some("yes"));
    let candidates = request
        .candidates
        .iter()
        .map(|one| format!("{}: {}", one.advocate.display_name, one.state));
    row.put("Candidates", candidates.collect::<Vec<_>>());
    row.put("Note", request.note);
    row.put_word("Asked at", Some(request.created_at));
    row.put_word("Closed at", request.closed_at);
    row.put_word("Unfilled because", request.unfilled_reason);
    row
}

/// The account of a row, by name and id.
fn account(row: &mut Row, account: Option<&AccountRef>) {
    row.put("Account", account.map(|account| account.name.clone()));
    row.put_word("Account id", account.map(|account| account.id));
}

const LOAD: &[&str] = &[
    "Advocate id",
    "Advocate",
    "Account",
    "Account id",
    "Uses in 365 days",
    "Last used",
    "Last asked",
    "Why",
];

fn carried(load: LoadRow) -> Row {
    let mut row = Row::default();
    row.put_word("Advocate id", Some(load.advocate_id));
    row.put("Advocate", load.display_name);
    account(&mut row, load.account.as_ref());
    row.put("Uses in 365 days", Some(load.uses_year));
    row.put("Last used", load.last_used);
    row.put("Last asked", load.last_asked);
    row.put("Why", load.reasons);
    row
}

const STEWARD: &[&str] = &[
    "Reason",
    "Record kind",
    "Record id",
    "Name",
    "Account",
    "Account id",
    "Owner",
    "Since",
    "Day",
    "Past a limit",
    "Put off until",
    "Put off by",
];

fn waiting(waits: StewardRow) -> Row {
    let mut row = Row::default();
    row.put_word("Reason", Some(waits.reason));
    row.put_word("Record kind", Some(waits.record_kind));
    row.put_word("Record id", Some(waits.record_id));
    row.put("Name", waits.name);
    account(&mut row, waits.account.as_ref());
    row.put("Owner", waits.owner.map(|owner| owner.name));
    row.put("Since", waits.since);
    row.put("Day", waits.on);
    let over = waits.over.iter().map(load::past);
    row.put("Past a limit", over.collect::<Vec<_>>());
    let put_off = waits.put_off;
    row.put("Put off until", put_off.as_ref().map(|one| one.until));
    let by = put_off.and_then(|one| one.by);
    row.put("Put off by", by.map(|person| person.name));
    row
}

const DUPLICATES: &[&str] = &[
    "Likeness",
    "Why",
    "One id",
    "One",
    "One about",
    "Other id",
    "Other",
    "Other about",
];

fn pair(pair: DuplicateView) -> Row {
    let mut row = Row::default();
    row.put("Likeness", Some(pair.score));
    let reasons = pair.reasons.iter().map(|reason| reason.as_str().to_owned());
    row.put("Why", reasons.collect::<Vec<_>>());
    let sides = [
        (["One id", "One", "One about"], pair.one),
        (["Other id", "Other", "Other about"], pair.other),
    ];
    for ([id, name, about], side) in sides {
        row.put_word(id, Some(side.id));
        let SideView {
            about: lines,
            account,
            ..
        } = side;
        row.put(name, side.name);
        let lines = account.into_iter().chain(lines);
        row.put(about, lines.collect::<Vec<_>>());
    }
    row
}

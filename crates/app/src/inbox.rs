//! The inbox: what asks for a person's attention, and what they put off or muted. Entries are written
//! where their reason is.

use std::collections::HashSet;

use domain::{
    id::{NoticeId, UserId},
    notice::{InboxPart, NoticeClass, UpdateKind},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use storage::{
    Tx,
    notice::{self, Heading, Mute, Notice, Wanted},
};

use crate::{
    App,
    actor::Actor,
    error::Error,
    listing::{self, List},
    policy::{self, Permission},
};

pub mod kinds;
pub(crate) mod named;

use named::Names;
pub use named::NoticeRecord;

/// An entry is put off for a year at most.
const SNOOZE_DAYS_MAX: i64 = 365;

/// An entry of one's own inbox.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Notice)]
pub struct NoticeView {
    pub id: NoticeId,
    pub class: NoticeClass,
    pub title: String,
    pub body: String,
    /// The screen it leads to.
    pub link: String,
    pub created_at: Timestamp,
    pub read_at: Option<Timestamp>,
    /// When it comes back, where it is put off.
    pub snoozed_until: Option<Timestamp>,
    /// Its thread makes no more updates.
    pub is_muted: bool,
    /// What an update is about; absent for asks, mentions and updates from before kinds were noted.
    pub update_kind: Option<UpdateKind>,
    /// The record that it is about, where the reader may see it.
    pub record: Option<NoticeRecord>,
}

/// How much waits in one's own inbox.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct InboxCounts {
    /// Asks that are not done.
    pub ask: i64,
    pub update: i64,
    pub mention: i64,
    /// What is put off.
    pub snoozed: i64,
    /// Threads that make no more updates.
    pub muted: i64,
}

impl InboxCounts {
    fn of(headings: Vec<Heading>) -> Self {
        let mut counts = Self::default();
        for row in headings {
            match row.heading.as_str() {
                "ask" => counts.ask = row.entries,
                "update" => counts.update = row.entries,
                "mention" => counts.mention = row.entries,
                "snoozed" => counts.snoozed = row.entries,
                _ => counts.muted = row.entries,
            }
        }
        counts
    }
}

/// A page of one's own inbox, beside what waits in all of it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Inbox {
    #[serde(flatten)]
    pub page: List<NoticeView>,
    pub counts: InboxCounts,
}

/// What a list of notices is asked for.
#[derive(Clone, Debug, Default)]
pub struct ListNotices {
    /// All that is not put off when absent.
    pub part: Option<InboxPart>,
    pub class: Option<NoticeClass>,
    pub limit: Option<u64>,
    pub cursor: Option<String>,
}

/// Until when an entry is put off.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SnoozeNotice {
    /// An instant after now, within a year.
    pub until: Timestamp,
}

fn reader(actor: &Actor) -> Result<UserId, Error> {
    policy::require(actor, Permission::InboxOwn)?;
    actor.user_id().ok_or(Error::Forbidden)
}

/// A part of the reader's own inbox, newest first.
pub async fn list(app: &App, actor: &Actor, ask: ListNotices) -> Result<Inbox, Error> {
    let reader = reader(actor)?;
    let now = app.clock.now();
    let page = listing::page(ask.limit, ask.cursor.as_deref())?;
    let wanted = Wanted {
        part: ask.part.unwrap_or(InboxPart::Current),
        class: ask.class,
    };
    let listed = notice::list(&app.store, reader, now, wanted, &page).await?;
    let paths = listed.items.iter().map(|row| row.path.clone()).collect();
    let muted = notice::muted_of(&app.store, reader, paths).await?;
    let names = named::of(app, actor, &listed.items).await?;
    let headings = notice::headings(&app.store, reader, now).await?;
    Ok(Inbox {
        page: List::from_listed(listed.map(|row| view(row, now, &muted, &names))),
        counts: InboxCounts::of(headings),
    })
}

fn view(row: Notice, now: Timestamp, muted: &HashSet<String>, names: &Names) -> NoticeView {
    NoticeView {
        id: row.id,
        class: row.class,
        title: row.title,
        body: row.body,
        is_muted: muted.contains(&row.path),
        link: row.path,
        created_at: row.created_at,
        read_at: row.read_at,
        snoozed_until: row.snoozed_until.filter(|until| *until > now),
        update_kind: row.update_kind,
        record: row
            .record_kind
            .zip(row.record_id)
            .and_then(|of| names.get(&of))
            .cloned(),
    }
}

/// An entry of the reader's own inbox.
async fn own(tx: &Tx, reader: UserId, id: NoticeId) -> Result<Notice, Error> {
    let kept = notice::find(tx, id).await?;
    kept.filter(|row| row.user_id == reader)
        .ok_or(Error::NotFound)
}

/// Marks an entry as read; reading it twice is no fault.
pub async fn read(app: &App, actor: &Actor, id: NoticeId) -> Result<(), Error> {
    let reader = reader(actor)?;
    let tx = app.begin(actor).await?;
    own(&tx, reader, id).await?;
    notice::mark_read(&tx, reader, id).await?;
    Ok(tx.commit().await?)
}

/// Lets an entry wait again; doing it twice is no fault.
pub async fn reopen(app: &App, actor: &Actor, id: NoticeId) -> Result<(), Error> {
    let reader = reader(actor)?;
    let tx = app.begin(actor).await?;
    if !notice::mark_unread(&tx, reader, id).await? {
        return Err(Error::NotFound);
    }
    Ok(tx.commit().await?)
}

/// Marks as read whatever is not put off.
pub async fn read_all(app: &App, actor: &Actor) -> Result<(), Error> {
    let reader = reader(actor)?;
    let tx = app.begin(actor).await?;
    notice::mark_all_read(&tx, reader).await?;
    Ok(tx.commit().await?)
}

/// Puts an entry off; at that instant it waits again, on top of what came before.
pub async fn snooze(
    app: &App,
    actor: &Actor,
    id: NoticeId,
    ask: SnoozeNotice,
) -> Result<(), Error> {
    let reader = reader(actor)?;
    let now = app.clock.now();
    if ask.until <= now || ask.until > now.plus_days(SNOOZE_DAYS_MAX) {
        return Err(Error::field(
            "until",
            format!("Choose a time after now, {SNOOZE_DAYS_MAX} days ahead at the most."),
        ));
    }
    put_off(app, actor, reader, id, Some(ask.until)).await
}

/// Lets an entry that was put off wait now; doing it twice is no fault.
pub async fn wake(app: &App, actor: &Actor, id: NoticeId) -> Result<(), Error> {
    let reader = reader(actor)?;
    put_off(app, actor, reader, id, None).await
}

async fn put_off(
    app: &App,
    actor: &Actor,
    reader: UserId,
    id: NoticeId,
    until: Option<Timestamp>,
) -> Result<(), Error> {
    let tx = app.begin(actor).await?;
    if !notice::snooze(&tx, reader, id, until).await? {
        return Err(Error::NotFound);
    }
    Ok(tx.commit().await?)
}

/// Mutes the thread of an update: no more updates lead there. Asks and mentions still arrive.
///
/// # Errors
/// [`Error::MoveNotAllowed`] for an ask or a mention.
pub async fn mute(app: &App, actor: &Actor, id: NoticeId) -> Result<(), Error> {
    let reader = reader(actor)?;
    let tx = app.begin(actor).await?;
    let row = own(&tx, reader, id).await?;
    if !row.class.can_be_muted() {
        return Err(Error::MoveNotAllowed(
            "Only updates can be muted. An ask waits for your answer, and a mention is a colleague \
             who wants you to look; mark it as done instead."
                .to_owned(),
        ));
    }
    let mute = Mute {
        user_id: reader,
        path: row.path,
        notice_id: id,
        made_at: tx.now(),
    };
    notice::mute(&tx, mute).await?;
    Ok(tx.commit().await?)
}

/// Lets the thread of an entry make updates again; doing it twice is no fault.
pub async fn unmute(app: &App, actor: &Actor, id: NoticeId) -> Result<(), Error> {
    let reader = reader(actor)?;
    let tx = app.begin(actor).await?;
    let row = own(&tx, reader, id).await?;
    notice::unmute(&tx, reader, &row.path).await?;
    Ok(tx.commit().await?)
}

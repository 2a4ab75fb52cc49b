//! The daily letter about what is open in an inbox: at the reader's hour, once a day, and none when
//! nothing is open.
//!
//! Which day had its letter is noted in the transaction that queues it, so a restart and a second node
//! send none again. What the letter says is read when it is sent.

use domain::{
    digest::{self, USUAL_HOUR, USUAL_ZONE},
    id::UserId,
    notice::{InboxPart, NoticeClass},
};
use serde::{Deserialize, Serialize};
use storage::{
    digest::Digest,
    notice::{self, Notice, Wanted},
    page::Page,
};

use crate::{
    App,
    actor::Actor,
    error::Error,
    inbox,
    job::{self, Task},
    mail::{self, Letter},
    policy::{self, Permission},
};

/// Entries that a letter tells of; the others are counted.
const TOLD_MAX: u64 = 20;

/// When the daily letter comes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = Digest)]
pub struct DigestView {
    pub is_on: bool,
    /// From 0 to 23, by the clock of the zone.
    pub at_hour: i64,
    pub time_zone: String,
    /// The address that it goes to; without one there is no letter.
    pub email: Option<String>,
}

/// When the daily letter is to come, and whether.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChooseDigest {
    pub is_on: bool,
    /// From 0 to 23, by the clock of the zone.
    pub at_hour: i64,
    /// A zone of the IANA list, such as `Europe/Berlin`.
    pub time_zone: String,
}

fn reader(actor: &Actor) -> Result<UserId, Error> {
    policy::require(actor, Permission::InboxOwn)?;
    actor.user_id().ok_or(Error::Forbidden)
}

/// When the reader's own letter comes.
pub async fn get(app: &App, actor: &Actor) -> Result<DigestView, Error> {
    let reader = reader(actor)?;
    let user = storage::user::find(&app.store, reader).await?;
    let chosen = storage::digest::find(&app.store, reader).await?;
    let (is_on, at_hour, time_zone) = match chosen {
        Some(row) => (row.is_on, row.at_hour, row.time_zone),
        None => (true, USUAL_HOUR, USUAL_ZONE.to_owned()),
    };
    Ok(DigestView {
        is_on,
        at_hour,
        time_zone,
        email: user
            .and_then(|user| user.email)
            .map(|email| email.to_string()),
    })
}

/// Chooses when the reader's own letter comes. An hour that is over today counts from tomorrow.
pub async fn choose(app: &App, actor: &Actor, ask: ChooseDigest) -> Result<DigestView, Error> {
    let reader = reader(actor)?;
    if !(0..=23).contains(&ask.at_hour) {
        return Err(Error::field("at_hour", "Choose an hour from 0 to 23."));
    }
    if domain::appointment::time_zone(&ask.time_zone).is_none() {
        return Err(Error::field(
            "time_zone",
            "Choose a time zone by its name, such as Europe/Berlin.",
        ));
    }
    let tx = app.begin(actor).await?;
    let before = storage::digest::find(&tx, reader).await?;
    let over = digest::due_on(tx.now(), ask.at_hour, &ask.time_zone);
    let row = Digest {
        user_id: reader,
        is_on: ask.is_on,
        at_hour: ask.at_hour,
        time_zone: ask.time_zone,
        sent_on: over.max(before.and_then(|row| row.sent_on)),
    };
    storage::digest::save(&tx, row).await?;
    tx.commit().await?;
    get(app, actor).await
}

/// Queues a letter for everybody whose hour has come and for whom something is open; how many.
pub async fn run(app: &App) -> Result<usize, Error> {
    if !app.config.sends_mail {
        return Ok(0);
    }
    let now = app.clock.now();
    let mut queued = 0;
    for reader in storage::digest::waiting(&app.store, now).await? {
        let hour = reader.at_hour.unwrap_or(USUAL_HOUR);
        let zone = reader.time_zone.as_deref().unwrap_or(USUAL_ZONE);
        let Some(day) = digest::due_on(now, hour, zone) else {
            continue;
        };
        if reader.sent_on.is_some_and(|sent| sent >= day) {
            continue;
        }
        // A write for each letter: one is sent to a person once a day.
        let tx = app.begin(&Actor::system()).await?;
        if storage::digest::claim(&tx, &reader, (USUAL_HOUR, USUAL_ZONE), day).await? {
            let user = reader.user_id;
            job::enqueue(&tx, &Task::MailDigest { user }).await?;
            queued += 1;
        }
        tx.commit().await?;
    }
    Ok(queued)
}

/// The letter as things stand; none when nothing is open any more or the reader has left.
pub(crate) async fn letter(app: &App, user: UserId) -> Result<Option<Letter>, Error> {
    let Some(to) = mail::address_of(app, user).await? else {
        return Ok(None);
    };
    let Some(row) = storage::user::find(&app.store, user).await? else {
        return Ok(None);
    };
    let reader = Actor::of_user(&app.store, &row, app.clock.today()).await?;
    let now = app.clock.now();
    let page = Page {
        limit: TOLD_MAX,
        after: None,
    };
    let mut told = Vec::new();
    let mut total = 0;
    for class in NoticeClass::ALL {
        let wanted = Wanted {
            part: InboxPart::Open,
            class: Some(*class),
        };
        let found = notice::list(&app.store, user, now, wanted, &page).await?;
        total += found.total;
        let names = inbox::named::of(app, &reader, &found.items).await?;
        told.push(Told {
            class: *class,
            total: found.total,
            rows: found.items,
            names,
        });
    }
    let waiting = match total {
        0 => return Ok(None),
        1 => "1 thing waits for you".to_owned(),
        _ => format!("{total} things wait for you"),
    };
    Ok(Some(Letter {
        message_id: String::new(),
        to,
        subject: waiting,
        body: body(&app.config.public_url, &told),
        calendar: None,
    }))
}

/// What a letter tells of one class.
struct Told {
    class: NoticeClass,
    /// Entries that are open, the told ones among them.
    total: u64,
    rows: Vec<Notice>,
    /// The records that they are about, as the reader may see them.
    names: inbox::named::Names,
}

/// Asks first, then updates and mentions, each with its record and its link.
fn body(public_url: &str, told: &[Told]) -> String {
    let mut text = String::new();
    for told in told.iter().filter(|told| told.total > 0) {
        text.push_str(match told.class {
            NoticeClass::Ask => "Waiting for your answer:\n\n",
            NoticeClass::Update => "What happened:\n\n",
            NoticeClass::Mention => "Where you are mentioned:\n\n",
        });
        for row in &told.rows {
            text.push_str(&format!("- {}\n", row.title));
            if let Some(record) = row
                .record_kind
                .zip(row.record_id)
                .and_then(|of| told.names.get(&of))
            {
                text.push_str(&format!("  {}\n", record.name));
            }
            text.push_str(&format!("  {}\n  {public_url}{}\n\n", row.body, row.path));
        }
        let others = told.total.saturating_sub(told.rows.len() as u64);
        if others > 0 {
            text.push_str(&format!("and {others} more.\n\n"));
        }
    }
    text.push_str(&format!(
        "Your inbox: {public_url}/inbox\nThere you also choose the hour of this letter, or that it no longer comes.\n"
    ));
    text
}

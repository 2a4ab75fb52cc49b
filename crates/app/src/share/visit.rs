//! A buyer at a shared page: what they see, and when a look counts as an opening.
//!
//! A look counts once the page said at its start and again at least three seconds later that it was
//! looked at, and neither a colleague nor a known scanner was behind it.

use std::sync::LazyLock;

use domain::{content::ContentKind, id::ShareViewId, record::Action, time::Day};
use isbot::Bots;
use serde::Serialize;
use serde_json::json;
use storage::{
    Source,
    content::Content,
    content_file::ContentFile,
    rate::{self, Limit},
    share::{self, Share, ShareView as View},
};

use super::{event, hindrance, piece};
use crate::{
    App,
    actor::Actor,
    clock::new_id,
    content::FileView,
    error::Error,
    secret,
    setting::{self, Program},
};

/// A look that is shorter does not count.
pub const SECONDS_MIN: i64 = 3;

/// Looks that one link takes: far more than a buying team has, too few to blow up a count.
const LOOKS: Limit = Limit {
    attempts: 60,
    per_seconds: 3_600,
};

/// Looks without an end are forgotten after this long.
const FORGOTTEN_SECONDS: i64 = 24 * 3_600;

/// Programs that open links in letters and chats to check or to preview them, beyond those that the
/// general list knows: each names itself so.
const LINK_SCANNERS: [&str; 12] = [
    "barracuda",
    "bitdefender",
    "fireeye",
    "forcepoint",
    "mimecast",
    "ms-office",
    "office existence discovery",
    "proofpoint",
    "safelinks",
    "skypeuripreview",
    "symantec",
    "trendmicro",
];

static SCANNERS: LazyLock<Bots> = LazyLock::new(|| {
    let mut scanners = Bots::default();
    scanners.append(&LINK_SCANNERS);
    scanners
});

/// Who looks, as far as it is needed to count.
#[derive(Clone, Debug, Default)]
pub struct Visitor {
    /// Somebody who is signed in here.
    pub is_colleague: bool,
    /// What the browser calls itself; it is judged and not kept.
    pub user_agent: Option<String>,
}

impl Visitor {
    fn counts(&self) -> bool {
        let names_itself = self
            .user_agent
            .as_deref()
            .filter(|agent| !agent.trim().is_empty());
        !self.is_colleague && names_itself.is_some_and(|agent| !SCANNERS.is_bot(agent))
    }
}

/// Shared content as a buyer sees it: nothing about the person who tells it, nothing about the deal.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct SharedContent {
    pub program_name: String,
    /// Who sent it.
    pub shared_by: Option<String>,
    pub title: String,
    pub kind: ContentKind,
    pub body: Option<String>,
    pub url: Option<String>,
    pub file: Option<FileView>,
    /// The last day on which the link works.
    pub expires_on: Day,
}

/// The share behind a link and its content, if both may still be shown.
async fn open(app: &App, source: &impl Source, token: &str) -> Result<(Share, Content), Error> {
    if token.len() > 100 {
        return Err(Error::NotFound);
    }
    let row = share::find_by_hash(source, &secret::hash(token))
        .await?
        .ok_or(Error::NotFound)?;
    let today = app.clock.today();
    if row.revoked_at.is_some() || row.expires_on < today {
        return Err(Error::ShareOver);
    }
    // What somebody sent ends with their sign-in.
    if let Some(sender) = row.created_by {
        let sender = storage::user::find(source, sender).await?;
        if !sender.is_some_and(|sender| sender.is_active) {
            return Err(Error::ShareOver);
        }
    }
    let content = piece(source, &row).await?;
    match hindrance(source, &content, today).await? {
        Some(_) => Err(Error::ShareOver),
        None => Ok((row, content)),
    }
}

/// What stands behind a link; looking changes nothing.
pub async fn look(app: &App, token: &str) -> Result<SharedContent, Error> {
    let (row, content) = open(app, &app.store, token).await?;
    let file = storage::content_file::of(&app.store, vec![content.id])
        .await?
        .remove(&content.id);
    let sender = match row.created_by {
        Some(id) => storage::user::find(&app.store, id).await?,
        None => None,
    };
    let program = setting::read::<Program>(&app.store).await?.value;
    Ok(SharedContent {
        program_name: program.name,
        shared_by: sender.map(|user| user.name),
        title: content.title,
        kind: content.kind,
        body: content.body,
        url: content.url,
        file: file.map(FileView::from),
        expires_on: row.expires_on,
    })
}

/// The file behind a link.
pub async fn file(app: &App, token: &str) -> Result<ContentFile, Error> {
    let (_, content) = open(app, &app.store, token).await?;
    storage::content_file::of(&app.store, vec![content.id])
        .await?
        .remove(&content.id)
        .ok_or(Error::NotFound)
}

/// A look that began.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct BegunView {
    /// Name it when the page was looked at for long enough; null for a look that does not count.
    pub id: Option<ShareViewId>,
    /// Seconds after which it counts.
    pub counts_after_seconds: i64,
}

/// Notes that a page began to be looked at.
pub async fn begin(app: &App, token: &str, visitor: &Visitor) -> Result<BegunView, Error> {
    let (row, _) = open(app, &app.store, token).await?;
    let mut begun = BegunView {
        id: None,
        counts_after_seconds: SECONDS_MIN,
    };
    if !visitor.counts() {
        return Ok(begun);
    }
    let tx = app.begin(&Actor::system()).await?;
    if !rate::take(&tx, &format!("share:{}", row.id), LOOKS).await? {
        tx.roll_back().await?;
        return Err(Error::TooManyAttempts {
            retry_after_seconds: rate::retry_after_seconds(LOOKS),
        });
    }
    share::forget_views(&tx, tx.now().plus_seconds(-FORGOTTEN_SECONDS)).await?;
    let view = View {
        id: new_id(),
        share_id: row.id,
        started_at: tx.now(),
    };
    begun.id = Some(view.id);
    share::insert_view(&tx, view).await?;
    tx.commit().await?;
    Ok(begun)
}

/// Counts a look that lasted long enough, once. Anything else is let go without a word: a page has
/// nothing to do about it.
pub async fn finish(
    app: &App,
    token: &str,
    view: ShareViewId,
    visitor: &Visitor,
) -> Result<(), Error> {
    if !visitor.counts() {
        return Ok(());
    }
    let mut tx = app.begin(&Actor::buyer()).await?;
    let (row, content) = open(app, &tx, token).await?;
    let started_by = tx.now().plus_seconds(-SECONDS_MIN);
    if !share::take_view(&tx, row.id, view, started_by).await? {
        return Ok(());
    }
    let today = app.clock.today();
    if share::open(&tx, row.id, today).await? {
        // One event a day, at its first instant: the timeline tells the day, never the hour.
        tx.record(
            event(Action::Opened, &row, &content)
                .at(today.start())
                .detail(json!({ "title": content.title })),
        );
    }
    tx.commit().await?;
    Ok(())
}

//! The inbox: what asks for a person's attention. Entries are written where their reason is.

use domain::{
    id::{NoticeId, UserId},
    notice::NoticeClass,
    time::Timestamp,
};
use serde::Serialize;
use storage::notice;

use crate::{
    App,
    actor::Actor,
    error::Error,
    listing::{self, List},
    policy::{self, Permission},
};

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
}

/// What a list of notices is asked for.
#[derive(Clone, Debug, Default)]
pub struct ListNotices {
    pub unread_only: bool,
    pub limit: Option<u64>,
    pub cursor: Option<String>,
}

fn reader(actor: &Actor) -> Result<UserId, Error> {
    policy::require(actor, Permission::InboxOwn)?;
    actor.user_id().ok_or(Error::Forbidden)
}

pub async fn list(app: &App, actor: &Actor, ask: ListNotices) -> Result<List<NoticeView>, Error> {
    let reader = reader(actor)?;
    let page = listing::page(ask.limit, ask.cursor.as_deref())?;
    let listed = notice::list(&app.store, reader, ask.unread_only, &page).await?;
    Ok(List::from_listed(listed.map(|row| NoticeView {
        id: row.id,
        class: row.class,
        title: row.title,
        body: row.body,
        link: row.path,
        created_at: row.created_at,
        read_at: row.read_at,
    })))
}

/// Marks an entry as read; reading it twice is no fault.
pub async fn read(app: &App, actor: &Actor, id: NoticeId) -> Result<(), Error> {
    let reader = reader(actor)?;
    let tx = app.begin(actor).await?;
    if !notice::mark_read(&tx, reader, id).await? {
        let kept = notice::find(&tx, id).await?;
        kept.filter(|row| row.user_id == reader)
            .ok_or(Error::NotFound)?;
    }
    Ok(tx.commit().await?)
}

pub async fn read_all(app: &App, actor: &Actor) -> Result<(), Error> {
    let reader = reader(actor)?;
    let tx = app.begin(actor).await?;
    notice::mark_all_read(&tx, reader).await?;
    Ok(tx.commit().await?)
}

//! The content library as it is read.

use std::collections::HashMap;

use domain::{
    content::{ContentKind, ContentStatus},
    id::{AccountId, ContentId},
    opportunity::DealStage,
    record::RecordKind,
    time::Day,
};
use serde::Serialize;
use storage::content::{self, Content};

use crate::{
    App,
    actor::Actor,
    error::Error,
    listing::{self, List},
    people::excerpt,
    policy::{self, Permission},
    tagging::{self, TagView},
};

/// Content beside other things: enough to choose it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ContentRow {
    pub id: ContentId,
    pub title: String,
    pub kind: ContentKind,
    pub stage: Option<DealStage>,
    pub account_name: Option<String>,
    /// From 0 to 1 where it was ranked for a need.
    pub relevance: Option<f64>,
    pub url: Option<String>,
    pub excerpt: String,
}

/// One piece of content.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Content)]
pub struct ContentView {
    #[serde(flatten)]
    pub row: ContentRow,
    pub version: i64,
    pub status: ContentStatus,
    pub body: Option<String>,
    pub expires_on: Option<Day>,
    pub terms: Vec<TagView>,
}

/// What a list of content is asked for.
#[derive(Clone, Debug, Default)]
pub struct ListContent {
    pub text: Option<String>,
    pub kind: Option<ContentKind>,
    pub limit: Option<u64>,
    pub cursor: Option<String>,
}

/// Drafts are for those who edit content; everybody else sees what is approved.
fn visible_status(actor: &Actor) -> Option<ContentStatus> {
    if policy::may(actor, Permission::ContentEdit) {
        None
    } else {
        Some(ContentStatus::Approved)
    }
}

pub async fn list(app: &App, actor: &Actor, ask: ListContent) -> Result<List<ContentRow>, Error> {
    policy::require(actor, Permission::ContentRead)?;
    let page = listing::page(ask.limit, ask.cursor.as_deref())?;
    let filter = content::Filter {
        text: ask.text,
        kind: ask.kind,
        status: visible_status(actor),
    };
    let listed = content::list(&app.store, &filter, &page).await?;
    let rows = rows(app, &listed.items).await?;
    Ok(List::from_listed(listed.with_items(rows)))
}

pub async fn get(app: &App, actor: &Actor, id: ContentId) -> Result<ContentView, Error> {
    policy::require(actor, Permission::ContentRead)?;
    let found = content::find(&app.store, visible_status(actor), id)
        .await?
        .ok_or(Error::NotFound)?;
    let terms = tagging::of(app, RecordKind::Content, vec![id.0])
        .await?
        .remove(&id.0)
        .unwrap_or_default();
    let row = rows(app, std::slice::from_ref(&found))
        .await?
        .into_iter()
        .next()
        .ok_or(Error::NotFound)?;
    Ok(ContentView {
        row,
        version: found.version,
        status: found.status,
        body: found.body,
        expires_on: found.expires_on,
        terms,
    })
}

/// Rows for content that the reader may see.
pub(crate) async fn rows(app: &App, found: &[Content]) -> Result<Vec<ContentRow>, Error> {
    let accounts = storage::account::by_ids(
        &app.store,
        found.iter().filter_map(|row| row.account_id).collect(),
    )
    .await?;
    let name = |id: Option<AccountId>| {
        id.and_then(|id| accounts.get(&id))
            .map(|account| account.name.clone())
    };
    Ok(found
        .iter()
        .map(|row| ContentRow {
            id: row.id,
            title: row.title.clone(),
            kind: row.kind,
            stage: row.stage,
            account_name: name(row.account_id),
            relevance: None,
            url: row.url.clone(),
            excerpt: excerpt(row.body.as_deref().unwrap_or_default(), 240),
        })
        .collect())
}

/// Rows by id, for ranked lists.
pub(crate) async fn rows_by_id(
    app: &App,
    ids: Vec<ContentId>,
) -> Result<HashMap<ContentId, ContentRow>, Error> {
    let found: Vec<Content> = content::by_ids(&app.store, ids)
        .await?
        .into_values()
        .collect();
    Ok(rows(app, &found)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect())
}

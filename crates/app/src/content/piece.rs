//! A piece of content beside other things, with what decides whether it may be shown.

use std::{collections::HashMap, sync::Arc};

use domain::{
    consent::Consent,
    content::{Audience, ContentKind, ContentState, consent_stands},
    id::{AccountId, AdvocateId, ContentId, FileId},
    opportunity::DealStage,
    time::Day,
};
use serde::Serialize;
use storage::{Source, content::Content, content_file::ContentFile};
use uuid::Uuid;

use crate::{App, error::Error, index::Moment, member::grouped, people::excerpt};

/// A file as it is offered.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = ContentFile)]
pub struct FileView {
    /// Changes whenever the file does.
    pub id: FileId,
    pub name: String,
    pub media_type: String,
    pub byte_count: i64,
}

impl From<ContentFile> for FileView {
    fn from(row: ContentFile) -> Self {
        Self {
            id: row.id,
            name: row.name,
            media_type: row.media_type,
            byte_count: row.byte_count,
        }
    }
}

/// Content beside other things: enough to choose it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ContentRow {
    pub id: ContentId,
    pub title: String,
    pub kind: ContentKind,
    pub stage: Option<DealStage>,
    pub state: ContentState,
    pub audience: Audience,
    pub account_name: Option<String>,
    /// From 0 to 1 where it was ranked for a need.
    pub relevance: Option<f64>,
    pub url: Option<String>,
    pub file: Option<FileView>,
    pub excerpt: String,
    /// The last day on which it may be used.
    pub expires_on: Option<Day>,
    /// Whether the customer's consent still lets it be shown.
    pub consent_stands: bool,
}

impl ContentRow {
    /// Whether it may be sent to a buyer today.
    pub fn may_be_shared(&self) -> bool {
        self.state == ContentState::Approved
            && self.audience >= Audience::Buyer
            && self.consent_stands
    }
}

/// What is known of a piece of content: the same for every reader and every day.
pub(crate) struct Piece {
    pub(crate) content: Content,
    account_name: Option<String>,
    file: Option<FileView>,
    /// The consent record of the one who tells it.
    consents: Vec<Consent>,
}

impl Piece {
    /// The records that it was read from.
    pub(crate) fn records(&self) -> impl Iterator<Item = Uuid> {
        let account = self.content.account_id.map(|id| id.0);
        let teller = self.content.advocate_id.map(|id| id.0);
        [Some(self.content.id.0), account, teller]
            .into_iter()
            .flatten()
    }

    #[cfg(test)]
    pub(crate) fn titled(title: &str) -> Self {
        let now = domain::time::Timestamp::from_jiff(jiff::Timestamp::UNIX_EPOCH);
        Self {
            content: Content::titled(crate::clock::new_id(), title, ContentKind::CaseStudy, now),
            account_name: None,
            file: None,
            consents: Vec::new(),
        }
    }

    fn row(&self, today: Day) -> ContentRow {
        let row = &self.content;
        ContentRow {
            id: row.id,
            title: row.title.clone(),
            kind: row.kind,
            stage: row.stage,
            state: row.state(today),
            audience: row.audience,
            account_name: self.account_name.clone(),
            relevance: None,
            url: row.url.clone(),
            file: self.file.clone(),
            excerpt: excerpt(row.body.as_deref().unwrap_or_default(), 240),
            expires_on: row.expires_on,
            consent_stands: consent_stands(&self.consents, row.kind, today),
        }
    }
}

/// Whether the consent record of the one who tells it lets content be shown today; content of nobody
/// needs none.
pub(crate) async fn consents(
    source: &impl Source,
    found: &[Content],
    today: Day,
) -> Result<HashMap<ContentId, bool>, Error> {
    let records = consent_records(source, found).await?;
    let stands = |row: &Content| {
        let record = row.advocate_id.and_then(|id| records.get(&id));
        let record = record.map_or(&[][..], Vec::as_slice);
        (row.id, consent_stands(record, row.kind, today))
    };
    Ok(found.iter().map(stands).collect())
}

/// The consent records of those who tell the content.
async fn consent_records(
    source: &impl Source,
    found: &[Content],
) -> Result<HashMap<AdvocateId, Vec<Consent>>, Error> {
    let tellers = found.iter().filter_map(|row| row.advocate_id).collect();
    let entries = storage::consent::of_advocates(source, tellers).await?;
    let records = grouped(entries, |entry| entry.advocate_id).into_iter();
    Ok(records
        .map(|(id, record)| {
            (
                id,
                record.iter().map(storage::consent::Consent::rule).collect(),
            )
        })
        .collect())
}

/// Rows for content that the reader may see.
pub(crate) async fn rows(app: &App, found: &[Content]) -> Result<Vec<ContentRow>, Error> {
    let today = app.clock.today();
    let pieces = pieces(app, found.to_vec()).await?;
    Ok(pieces.iter().map(|piece| piece.row(today)).collect())
}

/// Rows by id for a search, which keeps what it read for the next one.
pub(crate) async fn rows_at(
    app: &App,
    now: &Moment,
    ids: Vec<ContentId>,
) -> Result<HashMap<ContentId, ContentRow>, Error> {
    let today = app.clock.today();
    let (mut known, missing) = now.kept.content(ids);
    if !missing.is_empty() {
        let found = storage::content::by_ids(&app.store, missing).await?;
        let read = pieces(app, found.into_values().collect())
            .await?
            .into_iter();
        let read: Vec<Arc<Piece>> = read.map(Arc::new).collect();
        now.kept.keep_content(now.position, &read);
        known.extend(read);
    }
    Ok(known
        .iter()
        .map(|piece| (piece.content.id, piece.row(today)))
        .collect())
}

async fn pieces(app: &App, found: Vec<Content>) -> Result<Vec<Piece>, Error> {
    let ids = found.iter().filter_map(|row| row.account_id).collect();
    let accounts = storage::account::by_ids(&app.store, ids).await?;
    let ids = found.iter().map(|row| row.id).collect();
    let mut files = storage::content_file::of(&app.store, ids).await?;
    let consents = consent_records(&app.store, &found).await?;
    let name = |id: AccountId| Some(accounts.get(&id)?.name.clone());
    let piece = |content: Content| Piece {
        account_name: content.account_id.and_then(name),
        file: files.remove(&content.id).map(FileView::from),
        consents: content
            .advocate_id
            .and_then(|id| consents.get(&id).cloned())
            .unwrap_or_default(),
        content,
    };
    Ok(found.into_iter().map(piece).collect())
}

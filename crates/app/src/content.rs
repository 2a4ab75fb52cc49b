//! The content library as it is read: who sees what, and how it looks beside other things.

use std::collections::HashMap;

use domain::{
    content::{Audience, ContentKind, ContentState, ContentStatus, consent_stands},
    id::{AccountId, AdvocateId, ContentId, FileId, TermId},
    opportunity::DealStage,
    record::RecordKind,
    time::Day,
};
use serde::Serialize;
use storage::{
    Source,
    content::{self, Content, Sight},
    content_file::ContentFile,
    page::Direction,
};

use crate::{
    App,
    account::AccountRef,
    actor::Actor,
    audit::{self, Reading, TimelineEntry, Values},
    error::Error,
    listing::{self, Choice, List},
    member::grouped,
    people::{self, excerpt},
    policy::{self, Permission},
    tagging::{self, TagView},
};

pub mod approve;
pub mod clean;
pub mod edit;
pub mod file;

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

/// The advocate who tells the story, as far as the reader may know.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct StorytellerRef {
    pub id: AdvocateId,
    /// The name, or the role and account where the reader may not see names.
    pub display: String,
}

/// One piece of content.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Content)]
pub struct ContentView {
    #[serde(flatten)]
    pub row: ContentRow,
    pub version: i64,
    pub external_id: Option<String>,
    pub status: ContentStatus,
    pub body: Option<String>,
    pub account: Option<AccountRef>,
    pub advocate: Option<StorytellerRef>,
    /// The first day on which it may be used.
    pub embargo_until: Option<Day>,
    pub terms: Vec<TagView>,
    pub can_edit: bool,
    /// Whether the reader may send it to a buyer today.
    pub can_share: bool,
}

/// What a list of content is asked for.
#[derive(Clone, Debug, Default)]
pub struct ListContent {
    pub text: Option<String>,
    pub kinds: Vec<ContentKind>,
    pub stage: Option<DealStage>,
    pub state: Option<ContentState>,
    pub audience: Option<Audience>,
    pub account: Option<AccountId>,
    pub advocate: Option<AdvocateId>,
    /// Terms that it must be tagged with, or with what stands below them; of one facet, any.
    pub terms: Vec<TermId>,
    pub expires_until: Option<Day>,
    /// Conditions in groups, as JSON.
    pub filter: Option<String>,
    /// The key of a field of the list.
    pub sort: Option<String>,
    pub direction: Option<Direction>,
    pub limit: Option<u64>,
    pub cursor: Option<String>,
}

/// How much content there is of a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct StageTotal {
    /// Null counts content without a stage.
    pub stage: Option<DealStage>,
    pub total: i64,
}

/// A page of the library, with how much there is of each stage under the same filter.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ContentList {
    pub items: Vec<ContentRow>,
    pub total: u64,
    /// Pass it as `cursor` to read on; absent on the last page.
    pub next_cursor: Option<String>,
    pub stages: Vec<StageTotal>,
}

/// Those who edit content see all of it; everybody else what may be used today.
pub(crate) fn sight(app: &App, actor: &Actor) -> Sight {
    if policy::may(actor, Permission::ContentEdit) {
        Sight::Everything
    } else {
        Sight::UsableOn(app.clock.today())
    }
}

pub async fn list(app: &App, actor: &Actor, ask: ListContent) -> Result<ContentList, Error> {
    policy::require(actor, Permission::ContentRead)?;
    let page = listing::page(ask.limit, ask.cursor.as_deref())?;
    let choice = Choice {
        text: None,
        filter: ask.filter,
        sort: ask.sort,
        direction: ask.direction,
    };
    let chosen = listing::chosen(app, actor, RecordKind::Content, &choice).await?;
    let filter = content::Filter {
        text: ask.text.filter(|text| !text.trim().is_empty()),
        kinds: ask.kinds,
        state: ask.state,
        audience: ask.audience,
        account: ask.account,
        advocate: ask.advocate,
        terms: by_facet(app, ask.terms).await?,
        expires_until: ask.expires_until,
        narrowing: chosen.narrowing,
        sorting: chosen.sorting,
    };
    let (sight, today) = (sight(app, actor), app.clock.today());
    let listed = content::list(&app.store, sight, &filter, ask.stage, today, &page).await?;
    let stages = content::stages(&app.store, sight, &filter, today).await?;
    let items = rows(app, &listed.items).await?;
    let list = List::from_listed(listed.with_items(items));
    Ok(ContentList {
        items: list.items,
        total: list.total,
        next_cursor: list.next_cursor,
        stages: stages
            .into_iter()
            .map(|row| StageTotal {
                stage: row.stage,
                total: row.total,
            })
            .collect(),
    })
}

/// The asked terms with everything below them, a list for each facet.
async fn by_facet(app: &App, terms: Vec<TermId>) -> Result<Vec<Vec<TermId>>, Error> {
    if terms.is_empty() {
        return Ok(Vec::new());
    }
    let taxonomy = app.index.taxonomy(app).await?;
    let mut asked = Vec::new();
    for term in terms {
        let known = taxonomy.resolve(term).and_then(|id| taxonomy.term(id));
        let known = known.ok_or_else(|| {
            Error::field("term", "There is no such term. Choose one from the list.")
        })?;
        asked.push((known.facet, known.id));
    }
    Ok(grouped(asked, |(facet, _)| *facet)
        .into_values()
        .map(|terms| {
            let held = |(_, id)| tagging::standing_for(&taxonomy, id);
            terms.into_iter().flat_map(held).collect()
        })
        .collect())
}

pub async fn get(app: &App, actor: &Actor, id: ContentId) -> Result<ContentView, Error> {
    policy::require(actor, Permission::ContentRead)?;
    let found = content::find(&app.store, sight(app, actor), id)
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
    let account = found.account_id.zip(row.account_name.clone());
    Ok(ContentView {
        can_share: row.may_be_shared() && policy::may(actor, Permission::ContentShare),
        can_edit: policy::may(actor, Permission::ContentEdit),
        account: account.map(|(id, name)| AccountRef { id, name }),
        advocate: storyteller(app, actor, found.advocate_id).await?,
        row,
        version: found.version,
        external_id: found.external_id,
        status: found.status,
        body: found.body,
        embargo_until: found.embargo_until,
        terms,
    })
}

async fn storyteller(
    app: &App,
    actor: &Actor,
    id: Option<AdvocateId>,
) -> Result<Option<StorytellerRef>, Error> {
    let Some(id) = id.filter(|_| policy::may(actor, Permission::AdvocateRead)) else {
        return Ok(None);
    };
    let person = people::load(app, actor, vec![id]).await?.remove(&id);
    Ok(person
        .filter(|person| policy::sees_restricted(actor) || !person.advocate.is_restricted)
        .map(|person| StorytellerRef {
            id,
            display: person.display_name(),
        }))
}

/// What happened to a piece of content. Values are for those who edit it.
pub async fn timeline(
    app: &App,
    actor: &Actor,
    id: ContentId,
    reading: &Reading,
) -> Result<List<TimelineEntry>, Error> {
    let seen = get(app, actor, id).await?;
    let values = if seen.can_edit {
        Values::Shown
    } else {
        Values::Hidden
    };
    audit::timeline(app, (RecordKind::Content, id.0), values, reading).await
}

/// Whether the consent record of the one who tells it lets content be shown today; content of nobody
/// needs none.
pub(crate) async fn consents(
    source: &impl Source,
    found: &[Content],
    today: Day,
) -> Result<HashMap<ContentId, bool>, Error> {
    let tellers = found.iter().filter_map(|row| row.advocate_id).collect();
    let entries = storage::consent::of_advocates(source, tellers).await?;
    let records = grouped(entries.iter(), |entry| entry.advocate_id);
    Ok(found
        .iter()
        .map(|row| {
            let record: Vec<_> = row
                .advocate_id
                .and_then(|id| records.get(&id))
                .into_iter()
                .flatten()
                .map(|entry| entry.rule())
                .collect();
            (row.id, consent_stands(&record, row.kind, today))
        })
        .collect())
}

/// Rows for content that the reader may see.
pub(crate) async fn rows(app: &App, found: &[Content]) -> Result<Vec<ContentRow>, Error> {
    let accounts = storage::account::by_ids(
        &app.store,
        found.iter().filter_map(|row| row.account_id).collect(),
    )
    .await?;
    let ids = found.iter().map(|row| row.id).collect();
    let mut files = storage::content_file::of(&app.store, ids).await?;
    let today = app.clock.today();
    let consents = consents(&app.store, found, today).await?;
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
            state: row.state(today),
            audience: row.audience,
            account_name: name(row.account_id),
            relevance: None,
            url: row.url.clone(),
            file: files.remove(&row.id).map(FileView::from),
            excerpt: excerpt(row.body.as_deref().unwrap_or_default(), 240),
            expires_on: row.expires_on,
            consent_stands: consents.get(&row.id).copied().unwrap_or(false),
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

//! The content library as it is read: who sees what, and how it looks beside other things.

use domain::{
    content::{Audience, ContentKind, ContentState, ContentStatus},
    id::{AccountId, AdvocateId, ContentId, TermId},
    opportunity::DealStage,
    record::RecordKind,
    time::Day,
};
use serde::Serialize;
use storage::{
    content::{self, Sight},
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
    people,
    policy::{self, Permission},
    tagging::{self, TagView},
};

pub mod approve;
pub mod clean;
pub mod edit;
pub mod file;
mod piece;

pub use piece::{ContentRow, FileView};
pub(crate) use piece::{Piece, consents, rows, rows_at};

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

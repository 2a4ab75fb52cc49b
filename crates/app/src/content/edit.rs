//! Content as it comes in: made as a draft, edited, approved, and retired.

use domain::{
    access::Scope,
    content::{Audience, ContentKind},
    id::{AccountId, AdvocateId, ContentId, TermId},
    opportunity::DealStage,
    record::{Action, RecordKind},
    text::fold,
    time::Day,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use storage::{
    NewEvent, Tx,
    content::{self, Content, Sight},
};

use super::ContentView;
use crate::{
    App,
    actor::Actor,
    change::{self, Changes},
    clock::new_id,
    error::{Error, same_version},
    idempotency::{self, CreateKey},
    policy::{self, Permission},
    tagging,
};

/// A new piece of content; it starts as a draft.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateContent {
    pub title: String,
    pub kind: ContentKind,
    /// A buyer by link, when absent.
    pub audience: Option<Audience>,
    pub stage: Option<DealStage>,
    /// Where it stands on the web: `http` or `https`.
    pub url: Option<String>,
    /// The story or the quote itself.
    pub body: Option<String>,
    pub account_id: Option<AccountId>,
    pub advocate_id: Option<AdvocateId>,
    pub embargo_until: Option<Day>,
    pub expires_on: Option<Day>,
    pub terms: Option<Vec<TermId>>,
}

/// What may be changed about content. Absent fields stay as they are, null takes a value away.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditContent {
    pub title: Option<String>,
    pub kind: Option<ContentKind>,
    pub audience: Option<Audience>,
    #[serde(default, deserialize_with = "change::present")]
    #[schema(value_type = Option<DealStage>)]
    pub stage: Option<Option<DealStage>>,
    /// Where it stands on the web: `http` or `https`. An empty text takes it away.
    pub url: Option<String>,
    /// The story or the quote itself. An empty text takes it away.
    pub body: Option<String>,
    #[serde(default, deserialize_with = "change::present")]
    #[schema(value_type = Option<AccountId>)]
    pub account_id: Option<Option<AccountId>>,
    /// The advocate who tells it: when they take their consent back, it is shown to nobody.
    #[serde(default, deserialize_with = "change::present")]
    #[schema(value_type = Option<AdvocateId>)]
    pub advocate_id: Option<Option<AdvocateId>>,
    /// The first day on which it may be used.
    #[serde(default, deserialize_with = "change::present")]
    #[schema(value_type = Option<Day>)]
    pub embargo_until: Option<Option<Day>>,
    /// The last day on which it may be used.
    #[serde(default, deserialize_with = "change::present")]
    #[schema(value_type = Option<Day>)]
    pub expires_on: Option<Option<Day>>,
    /// All terms that it is tagged with; values that stand for no term stay.
    pub terms: Option<Vec<TermId>>,
}

impl From<CreateContent> for EditContent {
    fn from(new: CreateContent) -> Self {
        Self {
            title: Some(new.title),
            kind: Some(new.kind),
            audience: new.audience,
            stage: Some(new.stage),
            url: new.url,
            body: new.body,
            account_id: Some(new.account_id),
            advocate_id: Some(new.advocate_id),
            embargo_until: Some(new.embargo_until),
            expires_on: Some(new.expires_on),
            terms: new.terms,
        }
    }
}

/// Makes a draft.
pub async fn create(
    app: &App,
    actor: &Actor,
    ask: CreateContent,
    key: Option<&CreateKey>,
) -> Result<ContentId, Error> {
    policy::require(actor, Permission::ContentEdit)?;
    let title = change::text("title", &ask.title, 1, 300)?;
    let mut tx = app.begin(actor).await?;
    let mut row = Content::titled(new_id(), &title, ask.kind, tx.now());
    let mut changes = Changes::default();
    let facts = EditContent::from(ask);
    apply(app, &tx, &mut row, &facts, &mut changes).await?;
    idempotency::claim(&tx, key, row.id).await?;
    let event = event(Action::Created, &row)
        .detail(json!({ "title": row.title, "kind": row.kind, "audience": row.audience }));
    tx.record(event);
    let id = row.id;
    content::insert(&tx, row).await?;
    tagging::retag(app, &tx, (RecordKind::Content, id.0), facts.terms).await?;
    tx.commit().await?;
    Ok(id)
}

pub async fn edit(
    app: &App,
    actor: &Actor,
    id: ContentId,
    version: i64,
    ask: EditContent,
) -> Result<ContentView, Error> {
    policy::require(actor, Permission::ContentEdit)?;
    let mut tx = app.begin(actor).await?;
    let mut row = content::find(&tx, Sight::Everything, id)
        .await?
        .ok_or(Error::NotFound)?;
    same_version(row.version, version)?;
    let mut changes = Changes::default();
    apply(app, &tx, &mut row, &ask, &mut changes).await?;
    if let Some((before, after)) =
        tagging::retag(app, &tx, (RecordKind::Content, id.0), ask.terms).await?
    {
        changes.note("terms", &before, &after);
    }
    if !changes.is_empty() {
        row.updated_at = tx.now();
        content::save(&tx, &mut row).await?;
        tx.record(event(Action::Updated, &row).detail(changes.into_detail()));
        tx.commit().await?;
    }
    super::get(app, actor, id).await
}

/// An event about content, shown on the timelines of its account and its advocate as well.
pub(crate) fn event(action: Action, row: &Content) -> NewEvent {
    let mut event = NewEvent::new(action, RecordKind::Content, row.id);
    if let Some(account) = row.account_id {
        event = event.link(RecordKind::Account, account);
    }
    if let Some(advocate) = row.advocate_id {
        event = event.link(RecordKind::Advocate, advocate);
    }
    event
}

async fn apply(
    app: &App,
    tx: &Tx,
    row: &mut Content,
    ask: &EditContent,
    changes: &mut Changes,
) -> Result<(), Error> {
    if let Some(title) = &ask.title {
        let title = change::text("title", title, 1, 300)?;
        changes.note("title", &row.title, &title);
        row.title_folded = fold(&title);
        row.title = title;
    }
    if let Some(url) = &ask.url {
        let url = link(url)?;
        changes.note("url", &row.url, &url);
        row.url = url;
    }
    if let Some(body) = &ask.body {
        let body = Some(change::text("body", body, 0, 50_000)?).filter(|body| !body.is_empty());
        changes.note("body", &row.body, &body);
        row.body = body;
    }
    if let Some(account) = ask.account_id {
        known_account(tx, account).await?;
    }
    if let Some(advocate) = ask.advocate_id {
        known_advocate(tx, advocate).await?;
    }
    put("kind", &mut row.kind, ask.kind, changes);
    put("audience", &mut row.audience, ask.audience, changes);
    put("stage", &mut row.stage, ask.stage, changes);
    put("account_id", &mut row.account_id, ask.account_id, changes);
    put(
        "advocate_id",
        &mut row.advocate_id,
        ask.advocate_id,
        changes,
    );
    put(
        "embargo_until",
        &mut row.embargo_until,
        ask.embargo_until,
        changes,
    );
    put("expires_on", &mut row.expires_on, ask.expires_on, changes);
    fitting_days(row, ask, app.clock.today())
}

/// Sets a field that was named.
fn put<T: Copy + Serialize>(field: &str, place: &mut T, named: Option<T>, changes: &mut Changes) {
    if let Some(value) = named {
        changes.note(field, place, &value);
        *place = value;
    }
}

/// Days that are set now make sense; an expiry that passed long ago hinders no other edit.
fn fitting_days(row: &Content, ask: &EditContent, today: Day) -> Result<(), Error> {
    if ask.expires_on.flatten().is_some_and(|last| last < today) {
        return Err(Error::field(
            "expires_on",
            "The last day must not be over already. Retire the content to end it now.",
        ));
    }
    match (row.embargo_until, row.expires_on) {
        (Some(first), Some(last)) if last < first => Err(Error::field(
            "expires_on",
            format!(
                "The last day is {last}, before the embargo ends on {first}. Choose a later day."
            ),
        )),
        _ => Ok(()),
    }
}

/// A link to the web. Anything that a browser might run instead of opening is refused.
fn link(written: &str) -> Result<Option<String>, Error> {
    let url = change::text("url", written, 0, 2_000)?;
    if url.is_empty() {
        return Ok(None);
    }
    let lower = url.to_ascii_lowercase();
    let is_web = lower.starts_with("https://") || lower.starts_with("http://");
    let is_plain = !url.chars().any(|c| c.is_whitespace() || c.is_control());
    if is_web && is_plain && domain::text::web_domain(&url).is_some() {
        Ok(Some(url))
    } else {
        Err(Error::field(
            "url",
            "Write an address that starts with https:// or http://.",
        ))
    }
}

async fn known_account(tx: &Tx, account: Option<AccountId>) -> Result<(), Error> {
    let Some(id) = account else { return Ok(()) };
    let found = storage::account::find(tx, &Scope::Everything, id).await?;
    found.map(drop).ok_or_else(|| {
        Error::field(
            "account_id",
            "There is no such account. Choose one from the list.",
        )
    })
}

async fn known_advocate(tx: &Tx, advocate: Option<AdvocateId>) -> Result<(), Error> {
    let Some(id) = advocate else { return Ok(()) };
    let found = storage::advocate::find(tx, &Scope::Everything, true, id).await?;
    found.map(drop).ok_or_else(|| {
        Error::field(
            "advocate_id",
            "There is no such advocate. Choose one from the list.",
        )
    })
}

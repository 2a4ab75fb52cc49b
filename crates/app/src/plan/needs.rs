//! The needs calendar: what press, analysts, events and marketing will ask advocates for, on which
//! day, and who could serve it.

use domain::{
    activity::Activity,
    id::{AccountId, NeedId, TermId},
    need::NeedKind,
    record::{Action, RecordKind},
    time::Day,
};
use serde::Deserialize;
use serde_json::json;
use storage::{
    NewEvent, Source,
    need::{self, Need},
};

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

pub mod alarm;
mod calendar;
mod held;
mod ics;
mod import;
mod view;

pub(super) use held::{Placing, Reserved};

pub use calendar::{CustomerAsk, CustomerAsks, NeedCalendar, NeedMonth, YEAR_DAYS, calendar, file};
pub use import::{EventProblem, ImportNeeds, ImportedNeeds, import};
pub use view::NeedView;

/// Reference accounts that one need asks for at most.
pub const WANTED_MAX: i64 = 100;

/// A need to note.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateNeed {
    pub kind: NeedKind,
    /// 1 to 200 characters.
    pub title: String,
    pub activity: Activity,
    /// Reference accounts, 1 to 100; one when absent.
    pub wanted: Option<i64>,
    pub need_on: Day,
    /// The customer that has to serve it, where it names one.
    pub account_id: Option<AccountId>,
    /// What the advocate should carry: one of the terms of each facet.
    pub terms: Option<Vec<TermId>>,
    /// To 2,000 characters.
    pub note: Option<String>,
}

/// What may be changed. Absent fields stay as they are, null takes a value away; a need is closed by
/// saying how it ended.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct EditNeed {
    pub kind: Option<NeedKind>,
    pub title: Option<String>,
    pub activity: Option<Activity>,
    pub wanted: Option<i64>,
    pub need_on: Option<Day>,
    #[serde(deserialize_with = "change::present")]
    #[schema(value_type = Option<AccountId>)]
    pub account_id: Option<Option<AccountId>>,
    /// All terms that it asks for.
    pub terms: Option<Vec<TermId>>,
    #[serde(deserialize_with = "change::present")]
    #[schema(value_type = Option<String>)]
    pub note: Option<Option<String>>,
    /// How it ended, such as "served" or "dropped"; a closed one asks for nobody.
    pub close_reason: Option<String>,
}

/// One need with who could serve it.
pub async fn get(app: &App, actor: &Actor, id: NeedId) -> Result<NeedView, Error> {
    let scope = policy::require(actor, Permission::NeedRead)?;
    let row = need::find(&app.store, &scope, id).await?;
    let rows = vec![row.ok_or(Error::NotFound)?];
    let served = held::serve(app, actor, &rows).await?;
    let mut views = view::views(app, actor, rows, &served).await?;
    views.pop().ok_or(Error::NotFound)
}

fn wanted(count: i64) -> Result<i64, Error> {
    if (1..=WANTED_MAX).contains(&count) {
        return Ok(count);
    }
    let message = format!("A need asks for 1 to {WANTED_MAX} accounts; this is {count}.");
    Err(Error::field("wanted", message))
}

/// The customer that is named, if there is one of that id.
async fn named(source: &impl Source, id: Option<AccountId>) -> Result<Option<AccountId>, Error> {
    let Some(id) = id else { return Ok(None) };
    let found = storage::account::by_ids(source, vec![id]).await?;
    if found.contains_key(&id) {
        return Ok(Some(id));
    }
    Err(Error::field(
        "account_id",
        "There is no such account. Choose one from the list.",
    ))
}

/// Notes a need; it is its maker's own.
pub async fn create(
    app: &App,
    actor: &Actor,
    ask: CreateNeed,
    key: Option<&CreateKey>,
) -> Result<NeedView, Error> {
    let id = note(app, actor, ask, key).await?;
    get(app, actor, id).await
}

/// Notes a need without looking who could serve it.
pub(crate) async fn note(
    app: &App,
    actor: &Actor,
    ask: CreateNeed,
    key: Option<&CreateKey>,
) -> Result<NeedId, Error> {
    policy::require(actor, Permission::NeedEdit)?;
    let mut tx = app.begin(actor).await?;
    let row = Need {
        id: new_id(),
        version: 1,
        kind: ask.kind,
        title: change::text("title", &ask.title, 1, 200)?,
        activity: ask.activity,
        wanted: wanted(ask.wanted.unwrap_or(1))?,
        need_on: ask.need_on,
        account_id: named(&tx, ask.account_id).await?,
        note: change::optional("note", ask.note.as_deref(), 2_000)?,
        calendar_uid: None,
        owner_id: actor.user_id(),
        created_at: tx.now(),
        closed_at: None,
        close_reason: None,
        alarm: None,
        alarm_on: None,
    };
    idempotency::claim(&tx, key, row.id).await?;
    need::insert(&tx, row.clone()).await?;
    tagging::retag(app, &tx, (RecordKind::Need, row.id.0), ask.terms).await?;
    let detail = json!({ "title": row.title, "need_on": row.need_on, "wanted": row.wanted });
    tx.record(NewEvent::new(Action::Created, RecordKind::Need, row.id).detail(detail));
    tx.commit().await?;
    Ok(row.id)
}

/// Changes a need, or closes it for good.
pub async fn edit(
    app: &App,
    actor: &Actor,
    id: NeedId,
    version: i64,
    ask: EditNeed,
) -> Result<NeedView, Error> {
    let scope = policy::require(actor, Permission::NeedEdit)?;
    let mut tx = app.begin(actor).await?;
    let row = need::find(&tx, &scope, id).await?;
    let mut row = row.ok_or(Error::NotFound)?;
    same_version(row.version, version)?;
    if row.closed_at.is_some() {
        return Err(Error::Conflict(
            "This need is closed. Note a new one.".to_owned(),
        ));
    }
    let before = row.clone();
    apply(&tx, &mut row, &ask).await?;
    let mut changes = noted(&before, &row);
    if let Some((before, after)) =
        tagging::retag(app, &tx, (RecordKind::Need, id.0), ask.terms).await?
    {
        changes.note("terms", &before, &after);
    }
    let mut action = Action::Updated;
    if let Some(reason) = ask.close_reason.as_deref() {
        let reason = Some(change::text("close_reason", reason, 1, 1_000)?);
        changes.note("close_reason", &row.close_reason, &reason);
        row.close_reason = reason;
        row.closed_at = Some(tx.now());
        action = Action::Closed;
    }
    if !changes.is_empty() {
        need::save(&tx, &mut row).await?;
        tx.record(NewEvent::new(action, RecordKind::Need, id).detail(changes.into_detail()));
        tx.commit().await?;
    }
    get(app, actor, id).await
}

async fn apply(source: &impl Source, row: &mut Need, ask: &EditNeed) -> Result<(), Error> {
    row.kind = ask.kind.unwrap_or(row.kind);
    row.activity = ask.activity.unwrap_or(row.activity);
    row.need_on = ask.need_on.unwrap_or(row.need_on);
    if let Some(title) = ask.title.as_deref() {
        row.title = change::text("title", title, 1, 200)?;
    }
    if let Some(count) = ask.wanted {
        row.wanted = wanted(count)?;
    }
    if let Some(account) = ask.account_id {
        row.account_id = named(source, account).await?;
    }
    if let Some(note) = &ask.note {
        row.note = change::optional("note", note.as_deref(), 2_000)?;
    }
    Ok(())
}

fn noted(before: &Need, after: &Need) -> Changes {
    let mut changes = Changes::default();
    changes.note("kind", &before.kind, &after.kind);
    changes.note("title", &before.title, &after.title);
    changes.note("activity", &before.activity, &after.activity);
    changes.note("wanted", &before.wanted, &after.wanted);
    changes.note("need_on", &before.need_on, &after.need_on);
    changes.note("account", &before.account_id, &after.account_id);
    changes.note("note", &before.note, &after.note);
    changes
}

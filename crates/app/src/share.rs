//! Content sent on a deal: a link that a buyer opens without a sign-in, and what it earned.
//!
//! A link shows content and nothing about the person who tells it. Every look checks again whether it
//! may still be shown, so that a withdrawal, an expiry or a revocation ends all links at once. An
//! opening is a day and a count: who looked is not asked, not guessed and not kept.

use std::collections::HashMap;

use domain::{
    content::{Audience, ContentKind, ContentState},
    id::{ContentId, OpportunityId, ShareId},
    opportunity::DealStage,
    protection::LockReason,
    record::{Action, RecordKind},
    time::{Day, Timestamp},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use storage::{
    NewEvent, Source, Tx,
    content::{self, Content, Sight},
    opportunity::Opportunity,
    page::Page,
    share::{self, Share},
};

use crate::{
    App,
    account::PersonRef,
    actor::Actor,
    clock::new_id,
    content::consents,
    error::Error,
    idempotency::{self, CreateKey},
    listing::List,
    policy::{self, Permission},
    secret,
};

pub mod visit;

/// How long a link works when nobody says otherwise, and at most.
const DAYS_DEFAULT: i64 = 30;
const DAYS_MAX: i64 = 365;

/// Where a share is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ShareState {
    /// The link works.
    Live,
    Expired,
    Revoked,
    /// The content may not be shown any more, whatever became of the link.
    Stopped,
}

/// Content that was sent on a deal.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Share)]
pub struct ShareView {
    pub id: ShareId,
    pub opportunity_id: OpportunityId,
    pub content_id: ContentId,
    pub title: String,
    pub kind: ContentKind,
    pub stage: Option<DealStage>,
    pub state: ShareState,
    pub created_by: Option<PersonRef>,
    pub created_at: Timestamp,
    /// The last day on which the link works.
    pub expires_on: Day,
    pub opening_count: i64,
    pub first_opened_on: Option<Day>,
    pub last_opened_on: Option<Day>,
    pub can_revoke: bool,
}

/// A share that was just made.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct NewShare {
    pub share: ShareView,
    /// The address to send, told this once; null when the create was sent a second time.
    pub url: Option<String>,
}

/// What is sent to whom, for how long.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShareContent {
    pub opportunity_id: OpportunityId,
    /// The last day on which the link works; 30 days from now when absent.
    pub expires_on: Option<Day>,
}

/// Makes a link to content for a deal.
pub async fn create(
    app: &App,
    actor: &Actor,
    content: ContentId,
    ask: ShareContent,
    key: Option<&CreateKey>,
) -> Result<NewShare, Error> {
    let scope = policy::require(actor, Permission::ContentShare)?;
    policy::require(actor, Permission::ContentRead)?;
    let today = app.clock.today();
    let expires_on = last_day(ask.expires_on, today)?;
    let mut tx = app.begin(actor).await?;
    let deal = storage::opportunity::find(&tx, &scope, ask.opportunity_id)
        .await?
        .ok_or_else(|| {
            Error::field(
                "opportunity_id",
                "There is no such deal of yours. Choose one from the list.",
            )
        })?;
    let row = content::find(&tx, crate::content::sight(app, actor), content)
        .await?
        .ok_or(Error::NotFound)?;
    sendable(&tx, &row, &deal, today).await?;
    let link = secret::new_secret();
    let made = Share {
        id: new_id(),
        version: 1,
        content_id: content,
        opportunity_id: deal.id,
        token_hash: secret::hash(&link),
        created_by: actor.user_id(),
        expires_on,
        created_at: tx.now(),
        revoked_at: None,
        opening_count: 0,
        first_opened_on: None,
        last_opened_on: None,
    };
    idempotency::claim(&tx, key, made.id).await?;
    let id = made.id;
    tx.record(
        event(Action::Created, &made, &row)
            .detail(json!({ "title": row.title, "expires_on": expires_on })),
    );
    share::insert(&tx, made).await?;
    tx.commit().await?;
    Ok(NewShare {
        share: get(app, actor, id).await?,
        url: Some(format!("{}/s/{link}", app.config.public_url)),
    })
}

/// What an earlier create with the same key made. Its link was told then, and is not known any more.
pub async fn earlier(app: &App, actor: &Actor, id: ShareId) -> Result<NewShare, Error> {
    Ok(NewShare {
        share: get(app, actor, id).await?,
        url: None,
    })
}

fn last_day(asked: Option<Day>, today: Day) -> Result<Day, Error> {
    let last = asked.unwrap_or_else(|| today.plus_days(DAYS_DEFAULT));
    if last < today || last > today.plus_days(DAYS_MAX) {
        return Err(Error::field(
            "expires_on",
            format!("The last day of a link must be from today to {DAYS_MAX} days ahead."),
        ));
    }
    Ok(last)
}

/// An event on the timelines of the deal, the content and whoever tells it, so that a customer can be
/// told where their story went.
fn event(action: Action, row: &Share, content: &Content) -> NewEvent {
    let event = NewEvent::new(action, RecordKind::Share, row.id)
        .link(RecordKind::Opportunity, row.opportunity_id)
        .link(RecordKind::Content, row.content_id);
    match content.advocate_id {
        Some(teller) => event.link(RecordKind::Advocate, teller),
        None => event,
    }
}

/// Why content may not be shown to a buyer on a day; `None` when it may.
pub(crate) async fn hindrance(
    source: &impl Source,
    row: &Content,
    today: Day,
) -> Result<Option<&'static str>, Error> {
    let by_state = match row.state(today) {
        ContentState::Draft => Some("It is a draft. Ask the program team to approve it."),
        ContentState::Embargoed => Some("It is under embargo until a later day."),
        ContentState::Expired => Some("Its last day is over. Ask the program team to renew it."),
        ContentState::Retired => Some("It was retired. Choose another piece."),
        ContentState::Approved if row.audience < Audience::Buyer => {
            Some("It is for colleagues only. Choose another piece.")
        }
        ContentState::Approved => None,
    };
    if by_state.is_some() {
        return Ok(by_state);
    }
    let stands = consents(source, std::slice::from_ref(row), today).await?;
    if stands.get(&row.id) == Some(&false) {
        return Ok(Some(
            "The customer took back their consent, or it ran out. Choose another piece.",
        ));
    }
    let locks = match row.account_id {
        Some(account) => storage::account::locks(source, vec![account]).await?,
        None => Vec::new(),
    };
    let opted_out = locks.iter().any(|lock| {
        lock.reason == LockReason::OptOut
            && lock.from_on <= today
            && lock.until_on.is_none_or(|until| today <= until)
    });
    Ok(opted_out.then_some("The customer wants no more use made of them. Choose another piece."))
}

async fn sendable(tx: &Tx, row: &Content, deal: &Opportunity, today: Day) -> Result<(), Error> {
    if let Some(why) = hindrance(tx, row, today).await? {
        return Err(Error::MoveNotAllowed(format!(
            "This content cannot be sent to a buyer now. {why}"
        )));
    }
    let no_go = match row.advocate_id {
        Some(teller) => storage::advocate::no_go(tx, vec![teller]).await?,
        None => Vec::new(),
    };
    if no_go
        .iter()
        .any(|entry| Some(entry.account_id) == deal.account_id)
    {
        return Err(Error::MoveNotAllowed(
            "This content cannot be sent on this deal. The person who tells it does not speak to this company. Choose another piece.".to_owned(),
        ));
    }
    Ok(())
}

async fn get(app: &App, actor: &Actor, id: ShareId) -> Result<ShareView, Error> {
    let row = found(&app.store, actor, Permission::OpportunityRead, id).await?;
    views(app, actor, vec![row])
        .await?
        .pop()
        .ok_or(Error::NotFound)
}

/// A share on a deal that the permission reaches.
async fn found(
    source: &impl Source,
    actor: &Actor,
    permission: Permission,
    id: ShareId,
) -> Result<Share, Error> {
    let scope = policy::require(actor, permission)?;
    let row = share::find(source, id).await?.ok_or(Error::NotFound)?;
    storage::opportunity::find(source, &scope, row.opportunity_id)
        .await?
        .ok_or(Error::NotFound)?;
    Ok(row)
}

/// What was sent on a deal, newest first.
pub async fn of_opportunity(
    app: &App,
    actor: &Actor,
    id: OpportunityId,
    page: &Page,
) -> Result<List<ShareView>, Error> {
    let scope = policy::require(actor, Permission::OpportunityRead)?;
    storage::opportunity::find(&app.store, &scope, id)
        .await?
        .ok_or(Error::NotFound)?;
    let mut rows = share::on_opportunity(&app.store, id, page).await?;
    let views = views(app, actor, std::mem::take(&mut rows.items)).await?;
    Ok(List::from_listed(rows.with_items(views)))
}

/// Ends a link at once. Ending one that ended already changes nothing.
pub async fn revoke(app: &App, actor: &Actor, id: ShareId) -> Result<ShareView, Error> {
    let mut tx = app.begin(actor).await?;
    let mut row = found(&tx, actor, Permission::ContentShare, id).await?;
    if row.revoked_at.is_none() {
        row.revoked_at = Some(tx.now());
        share::save(&tx, &mut row).await?;
        let content = piece(&tx, &row).await?;
        tx.record(event(Action::Revoked, &row, &content));
        tx.commit().await?;
    }
    get(app, actor, id).await
}

async fn views(app: &App, actor: &Actor, rows: Vec<Share>) -> Result<Vec<ShareView>, Error> {
    let content =
        content::by_ids(&app.store, rows.iter().map(|row| row.content_id).collect()).await?;
    let deals = storage::opportunity::by_ids(
        &app.store,
        rows.iter().map(|row| row.opportunity_id).collect(),
    )
    .await?;
    let people = storage::user::by_ids(
        &app.store,
        rows.iter().filter_map(|row| row.created_by).collect(),
    )
    .await?;
    let shown: Vec<Content> = content.values().cloned().collect();
    let today = app.clock.today();
    let stands = consents(&app.store, &shown, today).await?;
    let reach = policy::scope(actor, Permission::ContentShare);
    let view = |row: Share| {
        let piece = content.get(&row.content_id)?;
        let owner = deals
            .get(&row.opportunity_id)
            .and_then(|deal| deal.owner_id);
        let may_be_shown = piece.state(today) == ContentState::Approved
            && piece.audience >= Audience::Buyer
            && stands.get(&piece.id) == Some(&true);
        let state = state(&row, may_be_shown, today);
        let sender = row.created_by.and_then(|id| people.get(&id));
        Some(ShareView {
            id: row.id,
            opportunity_id: row.opportunity_id,
            content_id: row.content_id,
            title: piece.title.clone(),
            kind: piece.kind,
            stage: piece.stage,
            state,
            created_by: sender.map(PersonRef::from),
            created_at: row.created_at,
            expires_on: row.expires_on,
            opening_count: row.opening_count,
            first_opened_on: row.first_opened_on,
            last_opened_on: row.last_opened_on,
            can_revoke: state == ShareState::Live && reach.reaches(owner),
        })
    };
    Ok(rows.into_iter().filter_map(view).collect())
}

fn state(row: &Share, may_be_shown: bool, today: Day) -> ShareState {
    if row.revoked_at.is_some() {
        ShareState::Revoked
    } else if row.expires_on < today {
        ShareState::Expired
    } else if may_be_shown {
        ShareState::Live
    } else {
        ShareState::Stopped
    }
}

/// An opened share as an influence: what was opened first, and when.
pub(crate) struct OpenedShare {
    pub on: Day,
    pub content: Content,
}

/// The opened shares of deals, earliest opening first.
pub(crate) async fn opened_on(
    app: &App,
    deals: Vec<OpportunityId>,
) -> Result<HashMap<OpportunityId, Vec<OpenedShare>>, Error> {
    let rows = share::on_opportunities(&app.store, deals).await?;
    let content =
        content::by_ids(&app.store, rows.iter().map(|row| row.content_id).collect()).await?;
    let mut opened: HashMap<OpportunityId, Vec<OpenedShare>> = HashMap::new();
    for row in rows {
        let piece = content.get(&row.content_id);
        if let (Some(on), Some(content)) = (row.first_opened_on, piece.cloned()) {
            let of_deal = opened.entry(row.opportunity_id).or_default();
            of_deal.push(OpenedShare { on, content });
        }
    }
    for of_deal in opened.values_mut() {
        of_deal.sort_by_key(|share| (share.on, share.content.id));
    }
    Ok(opened)
}

/// The content behind a share, whoever looks: the link is the permission.
async fn piece(source: &impl Source, row: &Share) -> Result<Content, Error> {
    content::find(source, Sight::Everything, row.content_id)
        .await?
        .ok_or(Error::NotFound)
}

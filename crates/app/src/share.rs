//! Content sent on a deal: a link that a buyer opens without a sign-in, and what it earned.
//!
//! A link shows content and nothing about the person who tells it. Every look checks again whether it
//! may still be shown, so that a withdrawal, an expiry or a revocation ends all links at once. An
//! opening is a day and a count: who looked is not asked, not guessed and not kept.

use std::collections::HashMap;

use domain::{
    content::{Audience, ContentState},
    id::{ContentId, OpportunityId, ShareId},
    protection::LockReason,
    record::{Action, RecordKind},
    time::Day,
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
    actor::Actor,
    clock::new_id,
    content::consents,
    error::Error,
    idempotency::{self, CreateKey},
    listing::List,
    policy::{self, Permission},
    secret,
};

mod view;
pub mod visit;

pub(crate) use view::by_ids;
use view::views;
pub use view::{ShareState, ShareView};

/// How long a link works when nobody says otherwise, and at most.
const DAYS_DEFAULT: i64 = 30;
const DAYS_MAX: i64 = 365;

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
    policy::require(actor, Permission::ContentShare)?;
    let mut tx = app.begin(actor).await?;
    let made = make(app, &mut tx, actor, content, ask).await?;
    idempotency::claim(&tx, key, made.id).await?;
    tx.commit().await?;
    Ok(NewShare {
        share: get(app, actor, made.id).await?,
        url: Some(made.url),
    })
}

/// A link that a write makes: its address is known to nobody else and never again.
pub(crate) struct Link {
    pub id: ShareId,
    pub url: String,
    pub title: String,
}

/// Makes a link inside a write, where the actor may send the content on the deal.
pub(crate) async fn make(
    app: &App,
    tx: &mut Tx,
    actor: &Actor,
    content: ContentId,
    ask: ShareContent,
) -> Result<Link, Error> {
    let scope = policy::require(actor, Permission::ContentShare)?;
    policy::require(actor, Permission::ContentRead)?;
    let today = app.clock.today();
    let expires_on = last_day(ask.expires_on, today)?;
    let deal = storage::opportunity::find(tx, &scope, ask.opportunity_id)
        .await?
        .ok_or_else(|| {
            Error::field(
                "opportunity_id",
                "There is no such deal of yours. Choose one from the list.",
            )
        })?;
    let row = content::find(tx, crate::content::sight(app, actor), content)
        .await?
        .ok_or(Error::NotFound)?;
    sendable(tx, &row, &deal, today).await?;
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
    let id = made.id;
    tx.record(
        event(Action::Created, &made, &row)
            .detail(json!({ "title": row.title, "expires_on": expires_on })),
    );
    share::insert(tx, made).await?;
    Ok(Link {
        id,
        url: format!("{}/s/{link}", app.config.public_url),
        title: row.title,
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
        end(&mut tx, &mut row).await?;
        tx.commit().await?;
    }
    get(app, actor, id).await
}

/// Ends a link inside a write.
pub(crate) async fn end(tx: &mut Tx, row: &mut Share) -> Result<(), Error> {
    row.revoked_at = Some(tx.now());
    share::save(tx, row).await?;
    let content = piece(tx, row).await?;
    tx.record(event(Action::Revoked, row, &content));
    Ok(())
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

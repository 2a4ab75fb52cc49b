//! What is done about a row of the steward queue from the queue itself: putting it off until a day,
//! taking that back, and asking the relationship owner to look.

use domain::{
    id::{AccountId, AdvocateId, ContentId, UserId},
    record::{Action, RecordKind},
    steward::StewardReason,
    time::Day,
};
use serde::Deserialize;
use serde_json::json;
use storage::{NewEvent, Tx, content::Sight, steward::PutOff};
use uuid::Uuid;

use crate::{
    App,
    actor::Actor,
    advocate,
    error::Error,
    policy::{self, Permission},
    request::notify::{self, Attention, Message},
};

/// The longest that something can be put off.
const PUT_OFF_DAYS_MAX: i64 = 365;

/// So long an owner who was asked has to look, before the row waits again.
const OWNER_DAYS: i64 = 14;

/// Until when a row is put off.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PutOffInput)]
pub struct PutOffInput {
    /// The day on which it waits again: from tomorrow to a year from now.
    pub until: Day,
}

/// A record of the queue inside a write, with whom to ask about it.
struct Subject {
    event: NewEvent,
    /// What the owner calls it; owners know the names of their own customers' people.
    name: String,
    owner: Option<UserId>,
    /// Where a person looks at it.
    path: String,
}

/// Puts a record off for a reason; what was said before is replaced.
pub async fn put_off(
    app: &App,
    actor: &Actor,
    reason: StewardReason,
    record: Uuid,
    ask: PutOffInput,
) -> Result<(), Error> {
    let today = app.clock.today();
    let last = today.plus_days(PUT_OFF_DAYS_MAX);
    if ask.until <= today || ask.until > last {
        return Err(Error::field(
            "until",
            format!("Put it off until a day after today, {last} at the latest."),
        ));
    }
    let mut tx = app.begin(actor).await?;
    let subject = subject(&tx, actor, Action::PutOff, reason, record).await?;
    keep(&tx, actor, reason, record, ask.until, false).await?;
    tx.record(
        subject
            .event
            .detail(json!({ "reason": reason, "until": ask.until })),
    );
    Ok(tx.commit().await?)
}

async fn keep(
    tx: &Tx,
    actor: &Actor,
    reason: StewardReason,
    record: Uuid,
    until: Day,
    owner_asked: bool,
) -> Result<(), Error> {
    let row = PutOff {
        reason,
        record_id: record,
        until_on: until,
        owner_asked,
        made_by: actor.user_id(),
        made_at: tx.now(),
    };
    Ok(storage::steward::put_off(tx, row).await?)
}

/// Lets a record wait again; doing it twice is no fault.
pub async fn take_back(
    app: &App,
    actor: &Actor,
    reason: StewardReason,
    record: Uuid,
) -> Result<(), Error> {
    let mut tx = app.begin(actor).await?;
    let subject = subject(&tx, actor, Action::Resumed, reason, record).await?;
    if storage::steward::take_back(&tx, reason, record).await? {
        tx.record(subject.event.detail(json!({ "reason": reason })));
    }
    Ok(tx.commit().await?)
}

/// Asks the relationship owner to look at a record, and puts it off for two weeks.
pub async fn ask_owner(
    app: &App,
    actor: &Actor,
    reason: StewardReason,
    record: Uuid,
) -> Result<(), Error> {
    let mut tx = app.begin(actor).await?;
    let subject = subject(&tx, actor, Action::Reminded, reason, record).await?;
    let owner = match subject.owner {
        Some(owner) => storage::user::find(&tx, owner).await?,
        None => None,
    };
    let Some(owner) = owner.filter(|owner| owner.is_active) else {
        return Err(Error::MoveNotAllowed(
            "Nobody who works here owns the account. Give it an owner first.".to_owned(),
        ));
    };
    if policy::is_self(actor, owner.id) {
        return Err(Error::MoveNotAllowed(
            "You own the account yourself. Look at the record, or put it off.".to_owned(),
        ));
    }
    let (title, body) = question(reason);
    let message = Message {
        attention: Attention::Ask,
        about: None,
        title: &format!("{}: {title}", subject.name),
        body,
        path: subject.path,
    };
    notify::tell(app, &tx, &[owner.id], &message).await?;
    let until = app.clock.today().plus_days(OWNER_DAYS);
    keep(&tx, actor, reason, record, until, true).await?;
    tx.record(
        subject
            .event
            .detail(json!({ "reason": reason, "until": until })),
    );
    Ok(tx.commit().await?)
}

/// What the owner is asked, in words: the question, and what to do.
fn question(reason: StewardReason) -> (&'static str, &'static str) {
    match reason {
        StewardReason::Departed => (
            "who speaks for the company now?",
            "They leave, or have left. Ask your customer who takes over, and nominate that person.",
        ),
        StewardReason::AddressRefused => (
            "what is their address now?",
            "A mail server refused their address for good. Write the right one into the contact.",
        ),
        StewardReason::ConsentEnding => (
            "does the consent go on?",
            "A consent ends. Ask your customer, then record the new one on the profile.",
        ),
        StewardReason::ContentEnding => (
            "may we go on using the story?",
            "It expires. Ask your customer, then tell the program team until when it may be used.",
        ),
        StewardReason::OverLimit => (
            "is it too much?",
            "They gave more than a limit allows. Talk to them, and correct their limits on the profile.",
        ),
        StewardReason::OwnerGone => (
            "who owns the relationship?",
            "Look at the account and say who looks after it.",
        ),
        StewardReason::Stale => (
            "is the profile still true?",
            "Nobody confirmed it for half a year. Look at it, correct it, and press Still true.",
        ),
        StewardReason::NeverAsked => (
            "would they still help?",
            "Nobody asked them for half a year. Ask how they are, and whether the profile is right.",
        ),
    }
}

/// The record, when the actor reaches it; of one out of reach there is nothing to put off.
async fn subject(
    tx: &Tx,
    actor: &Actor,
    action: Action,
    reason: StewardReason,
    record: Uuid,
) -> Result<Subject, Error> {
    let scope = policy::require(actor, Permission::Steward)?;
    let account_of = async |id: Option<AccountId>| match id {
        Some(id) => storage::account::find(tx, &scope, id).await,
        None => Ok(None),
    };
    match reason.record_kind() {
        RecordKind::Content => {
            // Whoever cannot give it another last day has nothing to look at.
            policy::require(actor, Permission::ContentEdit)?;
            let id = ContentId(record);
            let row = storage::content::find(tx, Sight::Everything, id)
                .await?
                .ok_or(Error::NotFound)?;
            let of_advocate = match row.advocate_id {
                Some(advocate) => storage::advocate::account_of(tx, advocate).await?,
                None => None,
            };
            let account = account_of(row.account_id.or(of_advocate)).await?;
            Ok(Subject {
                event: NewEvent::new(action, RecordKind::Content, id),
                name: row.title,
                // The owner answers for the customer, not for the piece.
                path: account
                    .as_ref()
                    .map_or_else(String::new, |account| format!("/accounts/{}", account.id)),
                owner: account.and_then(|account| account.owner_id),
            })
        }
        RecordKind::Account => {
            let id = AccountId(record);
            let account = account_of(Some(id)).await?.ok_or(Error::NotFound)?;
            Ok(Subject {
                event: NewEvent::new(action, RecordKind::Account, id),
                name: account.name,
                owner: account.owner_id,
                path: format!("/accounts/{id}"),
            })
        }
        _ => {
            let id = AdvocateId(record);
            let row = advocate::find_for(tx, actor, Permission::Steward, id).await?;
            let account = storage::advocate::account_of(tx, id).await?;
            let contacts = storage::contact::by_ids(tx, vec![row.contact_id]).await?;
            let name = contacts.into_values().next().map(|contact| contact.name);
            Ok(Subject {
                event: advocate::event(tx, action, &row).await?,
                name: name.ok_or(Error::NotFound)?,
                owner: account_of(account)
                    .await?
                    .and_then(|account| account.owner_id),
                path: format!("/advocates/{id}"),
            })
        }
    }
}

//! Showing contact details: always a step of its own, logged and bounded per person and day, for
//! everybody but the owner of the account, who knows the customer, and the data protection officer.

use domain::{
    id::AdvocateId,
    record::{Action, RecordKind},
};
use serde::Serialize;
use storage::{
    NewEvent, Tx, advocate,
    rate::{self, Limit},
};

use crate::{
    App,
    actor::Actor,
    error::Error,
    people,
    policy::{self, FieldClass, Permission},
    request::letter,
};

/// Contact details that were asked for, and are logged as shown.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct RevealedContact {
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
}

/// A person may look up this many contacts a day.
const REVEALS: Limit = Limit {
    attempts: 30,
    per_seconds: 86_400,
};

pub(crate) const NOT_YET: &str = "Contact details are shown from the advocate's acceptance until 30 days after the request closes.";

/// Shows the details of an advocate to whoever may see them, and logs that they were shown.
pub async fn reveal(app: &App, actor: &Actor, id: AdvocateId) -> Result<RevealedContact, Error> {
    let scope = policy::require(actor, Permission::AdvocateRead)?;
    let mut tx = app.begin(actor).await?;
    advocate::find(&tx, &scope, policy::sees_restricted(actor), id)
        .await?
        .ok_or(Error::NotFound)?;
    let person = people::load(app, actor, vec![id]).await?.remove(&id);
    let person = person.ok_or(Error::NotFound)?;
    if !person.sees(actor, FieldClass::ContactDetails) {
        return Err(Error::MoveNotAllowed(NOT_YET.to_owned()));
    }
    let event = NewEvent::new(Action::ContactRevealed, RecordKind::Advocate, id);
    let shown = show(&mut tx, actor, id, event).await?;
    tx.commit().await?;
    Ok(shown)
}

/// Reads the details inside a write that records `event` about it.
pub(crate) async fn show(
    tx: &mut Tx,
    actor: &Actor,
    id: AdvocateId,
    event: NewEvent,
) -> Result<RevealedContact, Error> {
    let who = actor
        .user_id()
        .map_or_else(|| "operator".to_owned(), |user| user.to_string());
    if !rate::take(tx, &format!("reveal:{who}"), REVEALS).await? {
        return Err(Error::TooManyAttempts {
            retry_after_seconds: rate::retry_after_seconds(REVEALS),
        });
    }
    let contact = letter::contact_of(tx, id).await?.ok_or(Error::NotFound)?;
    tx.record(event.link(RecordKind::Contact, contact.id));
    Ok(RevealedContact {
        name: contact.name,
        email: contact.email.map(|email| email.to_string()),
        phone: contact.phone,
    })
}

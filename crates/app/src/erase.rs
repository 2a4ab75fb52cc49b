//! Erasure: a person asks to be forgotten, and is, at once and for good.
//!
//! Decides who may do it and what happens around it; `storage::erasure` knows where everything is.

use domain::{
    id::ContactId,
    record::{Action, RecordKind},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use storage::{NewEvent, contact::Contact, erasure::Person};

use crate::{
    App,
    actor::Actor,
    change,
    error::Error,
    policy::{self, Permission},
    request::stop,
};

/// Why somebody is forgotten.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EraseContact {
    /// Kept in the log; must not name the person.
    pub reason: String,
}

/// What is left.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Erased {
    pub contact_id: ContactId,
    /// The name under which uses keep counting.
    pub pseudonym: String,
}

/// Forgets a person: profile, address, story, quotes, notes and what the log noted. Open requests go
/// on without them; uses, grades and the consent record stay under a pseudonym. Cannot be undone;
/// doing it again changes nothing.
pub async fn erase(
    app: &App,
    actor: &Actor,
    id: ContactId,
    ask: EraseContact,
) -> Result<Erased, Error> {
    let scope = policy::require(actor, Permission::Erase)?;
    let reason = change::text("reason", &ask.reason, 5, 1_000)?;
    let mut tx = app.begin(actor).await?;
    let contact = storage::contact::find(&tx, &scope, id)
        .await?
        .ok_or(Error::NotFound)?;
    let pseudonym = pseudonym(id);
    if contact.erased_at.is_some() {
        tx.roll_back().await?;
        return Ok(Erased {
            contact_id: id,
            pseudonym: contact.name,
        });
    }
    let traces = traces(&contact);
    if traces.iter().any(|trace| reason.contains(trace.as_str())) {
        return Err(Error::field(
            "reason",
            "The reason names the person, and it is kept. Say it without the name.",
        ));
    }
    let advocate = storage::advocate::of_contacts(&tx, vec![id])
        .await?
        .pop()
        .map(|row| row.id);
    if let Some(advocate) = advocate {
        stop::lock_advocate(&tx, advocate).await?;
    }
    let person = Person {
        contact: id,
        advocate,
        pseudonym: pseudonym.clone(),
        traces,
    };
    storage::erasure::erase(&mut tx, &person).await?;
    if let Some(advocate) = advocate {
        let why = "This person is not available any more.";
        stop::open_candidates(app, &mut tx, advocate, None, why).await?;
    }
    let mut event =
        NewEvent::new(Action::Erased, RecordKind::Contact, id).detail(json!({ "reason": reason }));
    if let Some(advocate) = advocate {
        event = event.link(RecordKind::Advocate, advocate);
    }
    if let Some(account) = contact.account_id {
        event = event.link(RecordKind::Account, account);
    }
    tx.record(event);
    tx.commit().await?;
    Ok(Erased {
        contact_id: id,
        pseudonym,
    })
}

/// The same person keeps the same pseudonym, and nothing leads back from it.
fn pseudonym(id: ContactId) -> String {
    let digits = id.0.simple().to_string();
    let end = digits.get(digits.len() - 4..).unwrap_or_default();
    format!("Erased person {end}")
}

/// What names the person in texts: the name where it is more than one word, the address, the number.
fn traces(contact: &Contact) -> Vec<String> {
    let name = contact.name.trim();
    let is_whole = name.split_whitespace().count() > 1 || name.chars().count() > 7;
    is_whole
        .then(|| name.to_owned())
        .into_iter()
        .chain(contact.email.as_ref().map(ToString::to_string))
        .chain(contact.phone.clone().filter(|phone| phone.len() > 5))
        .collect()
}

//! Correcting what is known of a person at an account.
//!
//! Decides what may be changed and when; refuses to know about accounts: somebody who changed
//! employer is another contact, and the old one stays as history.

use domain::{
    id::{ContactId, TermId},
    record::{Action, RecordKind},
    text::{EmailAddress, fold},
    time::Day,
};
use serde::Deserialize;
use storage::{
    NewEvent, StorageError, Tx,
    contact::{self, Contact},
};

use super::ContactView;
use crate::{
    App,
    actor::Actor,
    change::{self, Changes},
    error::{Error, same_version},
    policy::{self, Permission},
    request::stop,
    tagging,
};

/// What may be changed about a contact. Absent fields stay as they are, null takes a value away.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditContact {
    pub name: Option<String>,
    #[serde(default, deserialize_with = "change::present")]
    #[schema(value_type = Option<String>)]
    pub title: Option<Option<String>>,
    /// Belongs to one contact only.
    #[serde(default, deserialize_with = "change::present")]
    #[schema(value_type = Option<String>)]
    pub email: Option<Option<String>>,
    #[serde(default, deserialize_with = "change::present")]
    #[schema(value_type = Option<String>)]
    pub phone: Option<Option<String>>,
    /// A name of the IANA list, such as `Europe/Berlin`.
    #[serde(default, deserialize_with = "change::present")]
    #[schema(value_type = Option<String>)]
    pub time_zone: Option<Option<String>>,
    /// The first day on which they do not work for the account any more. From that day on they are not
    /// asked, and what is planned with them for then ends.
    #[serde(default, deserialize_with = "change::present")]
    #[schema(value_type = Option<Day>)]
    pub left_on: Option<Option<Day>>,
    /// Whether mail to the address comes back for good: then nobody is asked by mail until it is
    /// corrected, or this is taken back.
    pub email_refused: Option<bool>,
    /// All terms that the person is tagged with; values that stand for no term stay.
    pub terms: Option<Vec<TermId>>,
}

/// Changes a contact in the actor's reach; the event stands on the timelines of the account and of
/// the advocate as well.
pub async fn edit(
    app: &App,
    actor: &Actor,
    id: ContactId,
    version: i64,
    change: EditContact,
) -> Result<ContactView, Error> {
    let scope = policy::require(actor, Permission::ContactEdit)?;
    let mut tx = app.begin(actor).await?;
    let mut row = contact::find(&tx, &scope, id)
        .await?
        .ok_or(Error::NotFound)?;
    same_version(row.version, version)?;
    if row.erased_at.is_some() {
        return Err(Error::MoveNotAllowed(
            "This person asked to be forgotten. What is left is a pseudonym and stays as it is."
                .to_owned(),
        ));
    }
    let mut changes = Changes::default();
    texts(&mut row, &change, &mut changes)?;
    if let Some(email) = &change.email {
        address(&tx, &mut row, email.as_deref(), &mut changes).await?;
    }
    let record = (RecordKind::Contact, id.0);
    if let Some((before, after)) = tagging::retag(app, &tx, record, change.terms).await? {
        changes.note("terms", &before, &after);
    }
    if let Some(is_refused) = change.email_refused {
        refusal(&mut row, is_refused, app.clock.today(), &mut changes)?;
    }
    if let Some(left_on) = change.left_on {
        changes.note("left_on", &row.left_on, &left_on);
        row.left_on = left_on;
        if let Some(day) = left_on {
            departs(app, &mut tx, id, day).await?;
        }
    }
    if !changes.is_empty() {
        row.updated_at = tx.now();
        contact::save(&tx, &mut row).await.map_err(taken)?;
        let event = event(&tx, Action::Updated, &row).await?;
        tx.record(event.detail(changes.into_detail()));
        tx.commit().await?;
    }
    super::get(app, actor, id).await
}

fn texts(row: &mut Contact, change: &EditContact, changes: &mut Changes) -> Result<(), Error> {
    if let Some(name) = &change.name {
        let name = change::text("name", name, 1, 200)?;
        changes.note("name", &row.name, &name);
        row.name_folded = fold(&name);
        row.name = name;
    }
    for (field, given, kept, longest) in [
        ("title", &change.title, &mut row.title, 200),
        ("phone", &change.phone, &mut row.phone, 60),
        ("time_zone", &change.time_zone, &mut row.time_zone, 60),
    ] {
        let Some(given) = given else { continue };
        let value = change::optional(field, given.as_deref(), longest)?;
        if field == "time_zone"
            && value
                .as_deref()
                .is_some_and(|zone| domain::appointment::time_zone(zone).is_none())
        {
            return Err(Error::field(
                field,
                "Write a time zone such as Europe/Berlin.",
            ));
        }
        changes.note(field, kept, &value);
        *kept = value;
    }
    Ok(())
}

/// What somebody says of the address, in place of what a mail server said.
fn refusal(
    row: &mut Contact,
    is_refused: bool,
    today: Day,
    changes: &mut Changes,
) -> Result<(), Error> {
    let before = row.email_refused_on();
    if is_refused && row.email.is_none() {
        return Err(Error::field(
            "email_refused",
            "No address is known. Write one first.",
        ));
    }
    if is_refused != before.is_some() {
        row.refused_email = row.email.clone().filter(|_| is_refused);
        row.refused_on = is_refused.then_some(today);
        changes.note("email_refused_on", &before, &row.refused_on);
    }
    Ok(())
}

/// Keeps that a mail server refused an address for good, where a contact has it; once for an address.
pub(crate) async fn refused(tx: &mut Tx, email: &EmailAddress, today: Day) -> Result<(), Error> {
    let found = contact::find_by_email(tx, email).await?;
    let Some(mut row) = found.filter(|row| row.email_refused_on().is_none()) else {
        return Ok(());
    };
    row.refused_email = Some(email.clone());
    row.refused_on = Some(today);
    row.updated_at = tx.now();
    contact::save(tx, &mut row).await?;
    let event = event(tx, Action::AddressRefused, &row).await?;
    tx.record(event);
    Ok(())
}

/// Nobody waits for somebody who is gone by then: what is planned from the day on ends as when they
/// retire, what is planned before it goes on.
async fn departs(app: &App, tx: &mut Tx, id: ContactId, day: Day) -> Result<(), Error> {
    let why = "The advocate has left the company by then.";
    // A contact has one profile at most.
    if let Some(advocate) = storage::advocate::of_contacts(tx, vec![id]).await?.pop() {
        stop::lock_advocate(tx, advocate.id).await?;
        stop::candidates_planned_from(app, tx, advocate.id, day, why).await?;
    }
    Ok(())
}

/// An address belongs to one person: letters and imports know people by it.
async fn address(
    tx: &Tx,
    row: &mut Contact,
    given: Option<&str>,
    changes: &mut Changes,
) -> Result<(), Error> {
    let email: Option<EmailAddress> = change::optional("email", given, 254)?
        .map(|written| written.parse())
        .transpose()
        .map_err(|_| Error::field("email", "Write an address such as ann@example.com."))?;
    if let Some(email) = &email
        && contact::find_by_email(tx, email)
            .await?
            .is_some_and(|other| other.id != row.id)
    {
        return Err(email_taken());
    }
    let written = |email: &Option<EmailAddress>| email.as_ref().map(ToString::to_string);
    changes.note("email", &written(&row.email), &written(&email));
    row.email = email;
    Ok(())
}

fn email_taken() -> Error {
    Error::field(
        "email",
        "Another contact has this address. Correct that one first, or erase it there.",
    )
}

/// Two writers may want the same address at once; the second hears the same as one who comes later.
fn taken(error: StorageError) -> Error {
    match error {
        StorageError::Duplicate(_) => email_taken(),
        other => other.into(),
    }
}

async fn event(tx: &Tx, action: Action, row: &Contact) -> Result<NewEvent, Error> {
    let mut event = NewEvent::new(action, RecordKind::Contact, row.id);
    if let Some(account) = row.account_id {
        event = event.link(RecordKind::Account, account);
    }
    for advocate in storage::advocate::of_contacts(tx, vec![row.id]).await? {
        event = event.link(RecordKind::Advocate, advocate.id);
    }
    Ok(event)
}

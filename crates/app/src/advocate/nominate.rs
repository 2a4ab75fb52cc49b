//! Nominating a contact: two fields suffice, and nobody is nominated twice.

use domain::{
    access::Scope,
    id::{AccountId, AdvocateId, RecruitingTargetId},
    record::{Action, RecordKind},
    text::EmailAddress,
};
use serde::Deserialize;
use serde_json::json;
use storage::{
    NewEvent,
    account::Account,
    advocate::Advocate,
    contact::Contact,
    recruiting::{self, Nominee},
};

use crate::{
    App,
    actor::Actor,
    change,
    clock::new_id,
    error::Error,
    idempotency::{self, CreateKey},
    policy::{self, Permission},
};

/// Who is nominated, and why. The account is named by id, or by name where it is not known yet.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Nominate {
    pub account_id: Option<AccountId>,
    pub account_name: Option<String>,
    pub name: String,
    pub email: Option<String>,
    pub title: Option<String>,
    pub why: Option<String>,
    /// The recruiting target that this is for.
    pub target_id: Option<RecruitingTargetId>,
}

pub async fn nominate(
    app: &App,
    actor: &Actor,
    ask: Nominate,
    key: Option<&CreateKey>,
) -> Result<AdvocateId, Error> {
    let scope = policy::require(actor, Permission::AdvocateNominate)?;
    let name = change::text("name", &ask.name, 2, 200)?;
    let email = ask
        .email
        .as_deref()
        .filter(|text| !text.trim().is_empty())
        .map(str::parse::<EmailAddress>)
        .transpose()
        .map_err(|_| Error::field("email", "Write an address such as ann@example.com."))?;
    let mut tx = app.begin(actor).await?;
    let account = account(&mut tx, &scope, &ask).await?;
    let contact = contact(&mut tx, &account, &name, email, ask.title.as_deref()).await?;
    if let Some(known) = storage::advocate::of_contacts(&tx, vec![contact.id])
        .await?
        .first()
    {
        return Err(Error::Conflict(format!(
            "This contact was nominated before and is {} now.",
            known.status
        )));
    }
    let why = ask
        .why
        .as_deref()
        .filter(|why| !why.trim().is_empty())
        .map(|why| change::text("why", why, 1, 2_000))
        .transpose()?;
    let row = Advocate {
        notes: why,
        source: Some("nomination".to_owned()),
        nominated_by: actor.user_id(),
        ..Advocate::nominated(new_id(), contact.id, tx.now())
    };
    idempotency::claim(&tx, key, row.id).await?;
    let id = row.id;
    tx.record(
        NewEvent::new(Action::Created, RecordKind::Advocate, id)
            .link(RecordKind::Contact, contact.id)
            .link(RecordKind::Account, account.id)
            .detail(json!({ "status": row.status, "why": row.notes })),
    );
    storage::advocate::insert(&tx, row).await?;
    if let Some(target_id) = ask.target_id {
        open_target(&tx, target_id).await?;
        let nominee = Nominee {
            advocate_id: id,
            target_id,
            nominated_at: tx.now(),
        };
        recruiting::nominate(&tx, nominee).await?;
    }
    tx.commit().await?;
    Ok(id)
}

async fn open_target(tx: &storage::Tx, id: RecruitingTargetId) -> Result<(), Error> {
    let target = recruiting::find(tx, id).await?;
    if target.is_some_and(|target| target.closed_at.is_none()) {
        return Ok(());
    }
    Err(Error::field(
        "target_id",
        "There is no such open recruiting target. Nominate without one.",
    ))
}

async fn account(tx: &mut storage::Tx, scope: &Scope, ask: &Nominate) -> Result<Account, Error> {
    if let Some(id) = ask.account_id {
        return storage::account::find(tx, scope, id).await?.ok_or_else(|| {
            Error::field(
                "account_id",
                "There is no such account in your reach. Choose one from the list.",
            )
        });
    }
    let name = ask
        .account_name
        .as_deref()
        .ok_or_else(|| Error::field("account_name", "Name the customer's company."))?;
    let name = change::text("account_name", name, 1, 200)?;
    if let Some(known) = storage::account::find_by_name(tx, scope, &name).await? {
        return Ok(known);
    }
    let row = Account::named(new_id(), &name, tx.now());
    tx.record(
        NewEvent::new(Action::Created, RecordKind::Account, row.id)
            .detail(json!({ "name": row.name })),
    );
    storage::account::insert(tx, row.clone()).await?;
    Ok(row)
}

async fn contact(
    tx: &mut storage::Tx,
    account: &Account,
    name: &str,
    email: Option<EmailAddress>,
    title: Option<&str>,
) -> Result<Contact, Error> {
    let known = match &email {
        Some(email) => storage::contact::find_by_email(tx, email).await?,
        None => storage::contact::find_at_account(tx, account.id, name).await?,
    };
    if let Some(known) = known {
        return Ok(known);
    }
    let title = title
        .filter(|title| !title.trim().is_empty())
        .map(|title| change::text("title", title, 1, 200))
        .transpose()?;
    let row = Contact {
        account_id: Some(account.id),
        email,
        title,
        ..Contact::named(new_id(), name, tx.now())
    };
    tx.record(
        NewEvent::new(Action::Created, RecordKind::Contact, row.id)
            .link(RecordKind::Account, account.id)
            .detail(json!({ "name": row.name })),
    );
    storage::contact::insert(tx, row.clone()).await?;
    Ok(row)
}

//! Correcting what is known of a customer.

use domain::{
    id::{AccountId, TermId, UserId},
    record::{Action, RecordKind},
    text::fold,
};
use serde::Deserialize;
use storage::{
    NewEvent, Tx,
    account::{self, Account},
};

use super::{AccountView, one};
use crate::{
    App,
    actor::Actor,
    change::{self, Changes},
    error::{Error, same_version},
    policy::{self, Permission},
    tagging,
};

/// What may be changed about an account. Absent fields stay as they are, null takes a value away.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditAccount {
    pub name: Option<String>,
    #[serde(default, deserialize_with = "change::present")]
    #[schema(value_type = Option<UserId>)]
    pub owner_id: Option<Option<UserId>>,
    #[serde(default, deserialize_with = "change::present")]
    #[schema(value_type = Option<String>)]
    pub domain: Option<Option<String>>,
    #[serde(default, deserialize_with = "change::present")]
    #[schema(value_type = Option<i64>)]
    pub employees: Option<Option<i64>>,
    /// All terms that it is tagged with; values that stand for no term stay.
    pub terms: Option<Vec<TermId>>,
}

pub async fn edit(
    app: &App,
    actor: &Actor,
    id: AccountId,
    version: i64,
    change: EditAccount,
) -> Result<AccountView, Error> {
    let scope = policy::require(actor, Permission::AccountEdit)?;
    let mut tx = app.begin(actor).await?;
    let mut row = account::find(&tx, &scope, id)
        .await?
        .ok_or(Error::NotFound)?;
    same_version(row.version, version)?;
    let mut changes = Changes::default();
    if let Some(owner) = change.owner_id {
        own(&tx, &mut row, owner, &mut changes).await?;
    }
    facts(&mut row, &change, &mut changes)?;
    let record = (RecordKind::Account, id.0);
    if let Some((before, after)) = tagging::retag(app, &tx, record, change.terms).await? {
        changes.note("terms", &before, &after);
    }
    if changes.is_empty() {
        return one(app, actor, row).await;
    }
    row.updated_at = tx.now();
    account::save(&tx, &mut row).await?;
    tx.record(
        NewEvent::new(Action::Updated, RecordKind::Account, id).detail(changes.into_detail()),
    );
    tx.commit().await?;
    one(app, actor, row).await
}

async fn own(
    tx: &Tx,
    row: &mut Account,
    owner: Option<UserId>,
    changes: &mut Changes,
) -> Result<(), Error> {
    if let Some(owner) = owner
        && storage::user::find(tx, owner).await?.is_none()
    {
        return Err(Error::field(
            "owner_id",
            "There is no such colleague. Choose one from the list.",
        ));
    }
    changes.note("owner_id", &row.owner_id, &owner);
    row.owner_id = owner;
    Ok(())
}

fn facts(row: &mut Account, change: &EditAccount, changes: &mut Changes) -> Result<(), Error> {
    if let Some(name) = &change.name {
        let name = change::text("name", name, 1, 200)?;
        changes.note("name", &row.name, &name);
        row.name_folded = fold(&name);
        row.name = name;
    }
    if let Some(domain) = &change.domain {
        let domain = change::optional("domain", domain.as_deref(), 300)?
            .map(|written| {
                domain::text::web_domain(&written)
                    .ok_or_else(|| Error::field("domain", "Write a domain such as acme.com."))
            })
            .transpose()?;
        changes.note("domain", &row.domain, &domain);
        row.domain = domain;
    }
    if let Some(employees) = change.employees {
        if employees.is_some_and(|employees| !(0..=10_000_000).contains(&employees)) {
            return Err(Error::field(
                "employees",
                "The number of employees must be from 0 to 10,000,000.",
            ));
        }
        changes.note("employees", &row.employees, &employees);
        row.employees = employees;
    }
    Ok(())
}

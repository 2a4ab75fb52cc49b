//! What is known already of somebody who is about to be nominated, told while a form is filled in.
//!
//! Tells no more than a nomination would: accounts that everybody who nominates may look at, and
//! whether the person is in the program. Of a mere contact it tells nothing.

use domain::{
    advocate::AdvocateStatus,
    id::{AccountId, AdvocateId},
    text::{EmailAddress, fold},
};
use serde::{Deserialize, Serialize};
use storage::{account, page::Page};

use crate::{
    App,
    account::AccountRef,
    actor::Actor,
    error::Error,
    policy::{self, Permission},
};

/// Accounts that are offered for what is typed.
const ACCOUNTS_MAX: u64 = 6;
/// Letters of a company's name below which nothing is looked for.
const LETTERS_MIN: usize = 2;

/// What a nomination says so far.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AskKnown {
    pub account_id: Option<AccountId>,
    pub account_name: Option<String>,
    pub name: Option<String>,
    pub email: Option<String>,
}

/// Somebody of this name or address who is in the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct KnownAdvocate {
    /// Absent where the profile is hidden from you.
    pub advocate_id: Option<AdvocateId>,
    pub status: AdvocateStatus,
}

/// What is known of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct KnownNominee {
    /// Accounts whose names hold what was typed, by name.
    pub accounts: Vec<AccountRef>,
    pub advocate: Option<KnownAdvocate>,
}

/// Looks for the company and the person as [`super::nominate::nominate`] would; writes nothing.
pub async fn known(app: &App, actor: &Actor, ask: AskKnown) -> Result<KnownNominee, Error> {
    let scope = policy::require(actor, Permission::AdvocateNominate)?;
    let typed = ask.account_name.as_deref().unwrap_or_default().trim();
    let mut accounts = Vec::new();
    if ask.account_id.is_none() && typed.chars().count() >= LETTERS_MIN {
        let filter = account::Filter {
            text: Some(typed.to_owned()),
            ..account::Filter::default()
        };
        let page = Page {
            limit: ACCOUNTS_MAX,
            after: None,
        };
        accounts = account::list(&app.store, &scope, &filter, &page)
            .await?
            .items;
    }
    let at = ask.account_id.or_else(|| {
        let same = accounts.iter().find(|row| row.name_folded == fold(typed));
        same.map(|row| row.id)
    });
    Ok(KnownNominee {
        advocate: advocate(app, actor, at, &ask).await?,
        accounts: accounts.iter().map(AccountRef::from).collect(),
    })
}

async fn advocate(
    app: &App,
    actor: &Actor,
    at: Option<AccountId>,
    ask: &AskKnown,
) -> Result<Option<KnownAdvocate>, Error> {
    let store = &app.store;
    let email = ask
        .email
        .as_deref()
        .and_then(|text| text.trim().parse::<EmailAddress>().ok());
    let name = ask
        .name
        .as_deref()
        .map(str::trim)
        .filter(|name| !name.is_empty());
    let contact = match (&email, at, name) {
        (Some(email), _, _) => storage::contact::find_by_email(store, email).await?,
        (None, Some(at), Some(name)) => storage::contact::find_at_account(store, at, name).await?,
        (None, _, _) => None,
    };
    let Some(contact) = contact else {
        return Ok(None);
    };
    let row = storage::advocate::of_contacts(store, vec![contact.id])
        .await?
        .pop();
    Ok(row.map(|row| {
        let is_shown = policy::may(actor, Permission::AdvocateRead)
            && (!row.is_restricted || policy::sees_restricted(actor));
        KnownAdvocate {
            advocate_id: Some(row.id).filter(|_| is_shown),
            status: row.status,
        }
    }))
}

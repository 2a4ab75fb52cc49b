//! Keys for programs: made by a person, never more able than that person, told once.

use domain::{
    id::{TokenId, UserId},
    record::{Action, RecordKind},
    time::{Day, Timestamp},
};
use serde::{Deserialize, Serialize};
use storage::{
    NewEvent,
    token::{self, ApiToken},
};

use crate::{
    App,
    actor::Actor,
    clock::new_id,
    error::Error,
    idempotency::{self, CreateKey},
    listing::List,
    policy::{self, Permission},
    secret,
    session::TOKEN_PREFIX,
};

const LIFE_DAYS_MAX: i64 = 366;
const TOKENS_MAX: usize = 200;

/// A token without its secret.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Token)]
pub struct TokenView {
    pub id: TokenId,
    pub name: String,
    /// What the token may do at most; its maker's roles may allow less.
    pub scopes: Vec<Permission>,
    /// The last day on which it works.
    pub expires_on: Day,
    pub created_at: Timestamp,
    pub seen_at: Option<Timestamp>,
}

/// A token that was just made.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct NewTokenView {
    /// Shown this once; null when the same create is sent again, because only a hash was kept.
    pub token: Option<String>,
    #[serde(flatten)]
    pub details: TokenView,
}

/// A token to be.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewToken {
    pub name: String,
    pub scopes: Vec<Permission>,
    pub expires_on: Day,
}

fn maker(actor: &Actor) -> Result<UserId, Error> {
    policy::require(actor, Permission::TokenOwn)?;
    actor.user_id().ok_or(Error::Forbidden)
}

pub async fn list(app: &App, actor: &Actor) -> Result<List<TokenView>, Error> {
    let maker = maker(actor)?;
    let rows = token::of_user(&app.store, maker).await?;
    Ok(List::whole(rows.into_iter().map(view).collect()))
}

fn view(row: ApiToken) -> TokenView {
    TokenView {
        id: row.id,
        name: row.name,
        scopes: row
            .scopes
            .split(',')
            .filter_map(|scope| scope.parse().ok())
            .collect(),
        expires_on: row.expires_on,
        created_at: row.created_at,
        seen_at: row.seen_at,
    }
}

/// The token that an earlier create made, without its secret.
pub async fn earlier(app: &App, actor: &Actor, id: TokenId) -> Result<NewTokenView, Error> {
    let maker = maker(actor)?;
    let rows = token::of_user(&app.store, maker).await?;
    let row = rows
        .into_iter()
        .find(|row| row.id == id)
        .ok_or(Error::NotFound)?;
    Ok(NewTokenView {
        token: None,
        details: view(row),
    })
}

pub async fn create(
    app: &App,
    actor: &Actor,
    ask: NewToken,
    key: Option<&CreateKey>,
) -> Result<NewTokenView, Error> {
    let maker = maker(actor)?;
    let name = crate::change::text("name", &ask.name, 1, 100)?;
    let scopes = scopes(actor, &ask.scopes)?;
    let today = app.clock.today();
    if ask.expires_on < today || ask.expires_on > today.plus_days(LIFE_DAYS_MAX) {
        return Err(Error::field(
            "expires_on",
            format!("Choose a day from today to {LIFE_DAYS_MAX} days from now."),
        ));
    }
    if token::of_user(&app.store, maker).await?.len() >= TOKENS_MAX {
        return Err(Error::Conflict(format!(
            "You have {TOKENS_MAX} tokens, which is the most. Revoke one that is not used."
        )));
    }
    let secret = format!("{TOKEN_PREFIX}{}", secret::new_secret());
    let mut tx = app.begin(actor).await?;
    let row = ApiToken {
        id: new_id(),
        user_id: maker,
        name,
        token_hash: secret::hash(&secret),
        scopes: scopes
            .iter()
            .map(|scope| scope.as_str())
            .collect::<Vec<_>>()
            .join(","),
        expires_on: ask.expires_on,
        created_at: tx.now(),
        seen_at: None,
        revoked_at: None,
    };
    tx.record(
        NewEvent::new(Action::Created, RecordKind::Token, row.id).link(RecordKind::User, maker),
    );
    token::insert(&tx, row.clone()).await?;
    idempotency::claim(&tx, key, row.id).await?;
    tx.commit().await?;
    Ok(NewTokenView {
        token: Some(secret),
        details: view(row),
    })
}

/// Takes only what the maker holds now.
fn scopes(actor: &Actor, asked: &[Permission]) -> Result<Vec<Permission>, Error> {
    let held = policy::held(actor);
    if asked.is_empty() {
        return Err(Error::field("scopes", "Name at least one scope."));
    }
    if let Some(surplus) = asked.iter().find(|scope| !held.contains(scope)) {
        let known = held
            .iter()
            .map(|scope| scope.as_str())
            .collect::<Vec<_>>()
            .join(", ");
        return Err(Error::field(
            "scopes",
            format!("You do not hold {surplus} yourself. Choose from: {known}."),
        ));
    }
    let mut scopes = asked.to_vec();
    scopes.sort_unstable();
    scopes.dedup();
    Ok(scopes)
}

pub async fn revoke(app: &App, actor: &Actor, id: TokenId) -> Result<(), Error> {
    let maker = maker(actor)?;
    let mut tx = app.begin(actor).await?;
    if !token::revoke(&tx, maker, id).await? {
        return Err(Error::NotFound);
    }
    tx.record(NewEvent::new(Action::Revoked, RecordKind::Token, id).link(RecordKind::User, maker));
    Ok(tx.commit().await?)
}

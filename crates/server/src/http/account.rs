//! Accounts over HTTP.

use app::{
    App,
    account::{
        self, AccountView, ListAccounts, LockAccount,
        edit::{self, EditAccount},
    },
    audit::{self, TimelineEntry},
    listing::List,
};
use axum::{Json, extract::State};
use domain::id::{AccountId, LockId};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    answer::Record,
    audit::TimelineQuery,
    extract::{Body, Id, Ids, IfMatch, Query, Signed},
    problem::Problem,
    sort::Direction,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list_accounts))
        .routes(routes!(get_account, edit_account))
        .routes(routes!(lock_account))
        .routes(routes!(unlock_account))
        .routes(routes!(get_account_timeline))
}

/// Whose records a list is narrowed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AccountsOf {
    Me,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct AccountsQuery {
    /// Part of a name.
    q: Option<String>,
    /// Only the accounts that you own.
    owner: Option<AccountsOf>,
    /// Only accounts that nobody owns.
    unowned: Option<bool>,
    /// Only accounts that may not be used today.
    locked: Option<bool>,
    /// Conditions in groups as JSON: `{"all":[{"field":"name","is":"contains","value":"north"}]}`.
    filter: Option<String>,
    /// The key of a field that the list has for you; by name when absent.
    sort: Option<String>,
    direction: Option<Direction>,
    /// Rows on a page, 1 to 200; 50 when absent.
    limit: Option<u64>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Lists accounts by name.
#[utoipa::path(get, path = "/accounts", operation_id = "list_accounts", tag = "accounts",
    params(AccountsQuery),
    responses((status = 200, description = "A page of accounts", body = List<AccountView>)))]
async fn list_accounts(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<AccountsQuery>,
) -> Result<Json<List<AccountView>>, Problem> {
    let ask = ListAccounts {
        text: query.q,
        mine: query.owner.is_some(),
        unowned: query.unowned.unwrap_or(false),
        locked: query.locked.unwrap_or(false),
        filter: query.filter,
        sort: query.sort,
        direction: query.direction.map(Into::into),
        limit: query.limit,
        cursor: query.cursor,
    };
    Ok(Json(account::list(&app, &actor, ask).await?))
}

/// One account.
#[utoipa::path(get, path = "/accounts/{id}", operation_id = "get_account", tag = "accounts",
    params(("id" = Uuid, Path)),
    responses((status = 200, description = "The account", body = AccountView)))]
async fn get_account(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<AccountId>,
) -> Result<Record<AccountView>, Problem> {
    let view = account::get(&app, &actor, id).await?;
    Ok(Record::new(view.version, view))
}

/// Changes an account. Fields that are absent stay as they are.
#[utoipa::path(patch, path = "/accounts/{id}", operation_id = "edit_account", tag = "accounts",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The ETag of the version you read")),
    request_body = EditAccount,
    responses((status = 200, description = "The account as it is now", body = AccountView)))]
async fn edit_account(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<AccountId>,
    IfMatch(version): IfMatch,
    Body(change): Body<EditAccount>,
) -> Result<Record<AccountView>, Problem> {
    let view = edit::edit(&app, &actor, id, version, change).await?;
    Ok(Record::new(view.version, view))
}

/// Keeps an account from being used.
#[utoipa::path(post, path = "/accounts/{id}/locks", operation_id = "lock_account", tag = "accounts",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The ETag of the version you read")),
    request_body = LockAccount,
    responses((status = 200, description = "The account with its locks", body = AccountView)))]
async fn lock_account(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<AccountId>,
    IfMatch(version): IfMatch,
    Body(ask): Body<LockAccount>,
) -> Result<Record<AccountView>, Problem> {
    let view = account::lock(&app, &actor, id, version, ask).await?;
    Ok(Record::new(view.version, view))
}

/// Lifts a lock; it stays in the history.
#[utoipa::path(delete, path = "/accounts/{id}/locks/{lock_id}", operation_id = "unlock_account", tag = "accounts",
    params(("id" = Uuid, Path), ("lock_id" = Uuid, Path), ("If-Match" = String, Header, description = "The ETag of the version you read")),
    responses((status = 200, description = "The account with the locks that are left", body = AccountView)))]
async fn unlock_account(
    State(app): State<App>,
    Signed(actor): Signed,
    Ids(id, lock): Ids<AccountId, LockId>,
    IfMatch(version): IfMatch,
) -> Result<Record<AccountView>, Problem> {
    let view = account::unlock(&app, &actor, id, version, lock).await?;
    Ok(Record::new(view.version, view))
}

/// What happened to an account, newest first.
#[utoipa::path(get, path = "/accounts/{id}/timeline", operation_id = "get_account_timeline", tag = "accounts",
    params(("id" = Uuid, Path), TimelineQuery),
    responses((status = 200, description = "A page of the timeline", body = List<TimelineEntry>)))]
async fn get_account_timeline(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<AccountId>,
    Query(query): Query<TimelineQuery>,
) -> Result<Json<List<TimelineEntry>>, Problem> {
    let page = audit::of_account(&app, &actor, id, &query.into()).await?;
    Ok(Json(page))
}

//! Colleagues over HTTP.

use app::{
    App, idempotency,
    listing::List,
    user::{self, EditUser, ListUsers, NewUser, UserView},
};
use axum::{Json, extract::State};
use domain::{access::Role, id::UserId};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    answer::{Created, Record},
    extract::{Body, Create, Id, IfMatch, Query, Signed},
    problem::Problem,
    sort::Direction,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list_users, create_user))
        .routes(routes!(get_user, edit_user))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct UsersQuery {
    /// Part of a name.
    q: Option<String>,
    /// Only people who hold this role.
    role: Option<Role>,
    /// Conditions in groups as JSON: `{"all":[{"field":"team","is":"contains","value":"west"}]}`.
    filter: Option<String>,
    /// The key of a field that the list has for you; by name when absent.
    sort: Option<String>,
    direction: Option<Direction>,
    /// Rows on a page, 1 to 200; 50 when absent.
    limit: Option<u64>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Lists colleagues by name.
#[utoipa::path(get, path = "/users", operation_id = "list_users", tag = "users",
    params(UsersQuery),
    responses((status = 200, description = "A page of colleagues", body = List<UserView>)))]
async fn list_users(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<UsersQuery>,
) -> Result<Json<List<UserView>>, Problem> {
    let ask = ListUsers {
        text: query.q,
        role: query.role,
        filter: query.filter,
        sort: query.sort,
        direction: query.direction.map(Into::into),
        limit: query.limit,
        cursor: query.cursor,
    };
    Ok(Json(user::list(&app, &actor, ask).await?))
}

/// One colleague.
#[utoipa::path(get, path = "/users/{id}", operation_id = "get_user", tag = "users",
    params(("id" = Uuid, Path)),
    responses((status = 200, description = "The colleague", body = UserView)))]
async fn get_user(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<UserId>,
) -> Result<Record<UserView>, Problem> {
    let view = user::get(&app, &actor, id).await?;
    Ok(Record::new(view.version, view))
}

/// Adds a colleague who may sign in.
#[utoipa::path(post, path = "/users", operation_id = "create_user", tag = "users",
    params(("Idempotency-Key" = String, Header, description = "A text of your own, new for each create")),
    request_body = NewUser,
    responses((status = 201, description = "The new colleague", body = UserView)))]
async fn create_user(
    State(app): State<App>,
    Signed(actor): Signed,
    Create { key, body }: Create<NewUser>,
) -> Result<Created<UserView>, Problem> {
    let view = idempotency::once(
        &app,
        &key,
        || user::create(&app, &actor, body, Some(&key)),
        |id| user::get(&app, &actor, id.into()),
    )
    .await?;
    let path = format!("/users/{}", view.id);
    Ok(Created::at(&path, Some(view.version), view))
}

/// Changes a colleague. Fields that are absent stay as they are.
#[utoipa::path(patch, path = "/users/{id}", operation_id = "edit_user", tag = "users",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The ETag of the version you read")),
    request_body = EditUser,
    responses((status = 200, description = "The colleague as they are now", body = UserView)))]
async fn edit_user(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<UserId>,
    IfMatch(version): IfMatch,
    Body(change): Body<EditUser>,
) -> Result<Record<UserView>, Problem> {
    let view = user::edit(&app, &actor, id, version, change).await?;
    Ok(Record::new(view.version, view))
}

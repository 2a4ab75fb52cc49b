//! Keys for programs over HTTP.

use app::{
    App, idempotency,
    listing::List,
    token::{self, NewToken, NewTokenView, TokenView},
};
use axum::{Json, extract::State, http::StatusCode};
use domain::id::TokenId;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    answer::Created,
    extract::{Create, Id, Signed},
    problem::Problem,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list_tokens, create_token))
        .routes(routes!(revoke_token))
}

/// Lists your own tokens, newest first, without their secrets.
#[utoipa::path(get, path = "/tokens", operation_id = "list_tokens", tag = "tokens",
    responses((status = 200, description = "Your tokens", body = List<TokenView>)))]
async fn list_tokens(
    State(app): State<App>,
    Signed(actor): Signed,
) -> Result<Json<List<TokenView>>, Problem> {
    Ok(Json(token::list(&app, &actor).await?))
}

/// Makes a token and shows its secret this once.
#[utoipa::path(post, path = "/tokens", operation_id = "create_token", tag = "tokens",
    params(("Idempotency-Key" = String, Header, description = "A text of your own, new for each create")),
    request_body = NewToken,
    responses((status = 201, description = "The new token", body = NewTokenView)))]
async fn create_token(
    State(app): State<App>,
    Signed(actor): Signed,
    Create { key, body }: Create<NewToken>,
) -> Result<Created<NewTokenView>, Problem> {
    let view = idempotency::once(
        &app,
        &key,
        || token::create(&app, &actor, body, Some(&key)),
        |id| token::earlier(&app, &actor, id.into()),
    )
    .await?;
    Ok(Created::at(
        &format!("/tokens/{}", view.details.id),
        None,
        view,
    ))
}

/// Ends a token of yours at once.
#[utoipa::path(delete, path = "/tokens/{id}", operation_id = "revoke_token", tag = "tokens",
    params(("id" = Uuid, Path)),
    responses((status = 204, description = "It works no more")))]
async fn revoke_token(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<TokenId>,
) -> Result<StatusCode, Problem> {
    token::revoke(&app, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

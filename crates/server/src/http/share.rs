//! Shares over HTTP: made and ended by colleagues, opened by buyers with the secret of the link.

use app::{
    App, idempotency,
    listing::List,
    session,
    share::{
        self, NewShare, ShareContent, ShareView,
        visit::{self, BegunView, SharedContent, Visitor},
    },
};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use domain::id::{ContentId, OpportunityId, ShareId, ShareViewId};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    answer::Created,
    cookie,
    extract::{Create, Id, Ids, Query, Signed},
    file,
    page::PageQuery,
    problem::Problem,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(share_content))
        .routes(routes!(list_opportunity_shares))
        .routes(routes!(revoke_share))
        .routes(routes!(get_shared))
        .routes(routes!(get_shared_file))
        .routes(routes!(begin_shared_view))
        .routes(routes!(finish_shared_view))
}

/// Makes a link to content for a deal. Its address is told this once.
#[utoipa::path(post, path = "/content/{id}/shares", operation_id = "share_content", tag = "shares",
    params(("id" = Uuid, Path), ("Idempotency-Key" = String, Header, description = "A text of your own, new for each create")),
    request_body = ShareContent,
    responses((status = 201, description = "The share and its link", body = NewShare)))]
async fn share_content(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<ContentId>,
    Create { key, body }: Create<ShareContent>,
) -> Result<Created<NewShare>, Problem> {
    let made = idempotency::once(
        &app,
        &key,
        || share::create(&app, &actor, id, body, Some(&key)),
        |id| share::earlier(&app, &actor, id.into()),
    )
    .await?;
    let path = format!("/opportunities/{}/shares", made.share.opportunity_id);
    Ok(Created::at(&path, None, made))
}

/// What was sent on a deal, newest first.
#[utoipa::path(get, path = "/opportunities/{id}/shares", operation_id = "list_opportunity_shares", tag = "shares",
    params(("id" = Uuid, Path), PageQuery),
    responses((status = 200, description = "A page of the shares of the deal", body = List<ShareView>)))]
async fn list_opportunity_shares(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<OpportunityId>,
    Query(query): Query<PageQuery>,
) -> Result<Json<List<ShareView>>, Problem> {
    let page = query.page()?;
    Ok(Json(share::of_opportunity(&app, &actor, id, &page).await?))
}

/// Ends a link at once.
#[utoipa::path(delete, path = "/shares/{id}", operation_id = "revoke_share", tag = "shares",
    params(("id" = Uuid, Path)),
    responses((status = 200, description = "The share as it is now", body = ShareView)))]
async fn revoke_share(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<ShareId>,
) -> Result<Json<ShareView>, Problem> {
    Ok(Json(share::revoke(&app, &actor, id).await?))
}

/// Shared content. Looking changes nothing, so a mail scanner may look.
#[utoipa::path(get, path = "/shared/{token}", operation_id = "get_shared", tag = "shares",
    params(("token" = String, Path, description = "The secret of the link")),
    responses((status = 200, description = "The content", body = SharedContent)))]
async fn get_shared(
    State(app): State<App>,
    Id(token): Id<String>,
) -> Result<Json<SharedContent>, Problem> {
    Ok(Json(visit::look(&app, &token).await?))
}

/// The file of shared content, or a range of it.
#[utoipa::path(get, path = "/shared/{token}/file", operation_id = "get_shared_file", tag = "shares",
    params(("token" = String, Path, description = "The secret of the link")),
    responses((status = 200, description = "The file", body = Vec<u8>, content_type = "application/octet-stream")))]
async fn get_shared_file(
    State(app): State<App>,
    Id(token): Id<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let found = visit::file(&app, &token).await?;
    Ok(file::answer(&app, &found, &headers))
}

/// Says that a page began to be looked at.
#[utoipa::path(post, path = "/shared/{token}/views", operation_id = "begin_shared_view", tag = "shares",
    params(("token" = String, Path, description = "The secret of the link")),
    responses((status = 200, description = "The look that began", body = BegunView)))]
async fn begin_shared_view(
    State(app): State<App>,
    Id(token): Id<String>,
    headers: HeaderMap,
) -> Result<Json<BegunView>, Problem> {
    let visitor = visitor(&app, &headers).await?;
    Ok(Json(visit::begin(&app, &token, &visitor).await?))
}

/// Says that a page was looked at for long enough.
#[utoipa::path(post, path = "/shared/{token}/views/{view_id}", operation_id = "finish_shared_view", tag = "shares",
    params(("token" = String, Path, description = "The secret of the link"), ("view_id" = Uuid, Path)),
    responses((status = 204, description = "Taken")))]
async fn finish_shared_view(
    State(app): State<App>,
    Ids(token, view): Ids<String, ShareViewId>,
    headers: HeaderMap,
) -> Result<StatusCode, Problem> {
    let visitor = visitor(&app, &headers).await?;
    visit::finish(&app, &token, view, &visitor).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Whether somebody who works here looks, and what the browser calls itself.
async fn visitor(app: &App, headers: &HeaderMap) -> Result<Visitor, Problem> {
    let is_colleague = match cookie::secret(headers, &app.config) {
        Some(secret) => session::by_cookie(app, &secret).await?.is_some(),
        None => false,
    };
    let user_agent = headers
        .get(header::USER_AGENT)
        .and_then(|agent| agent.to_str().ok())
        .map(str::to_owned);
    Ok(Visitor {
        is_colleague,
        user_agent,
    })
}

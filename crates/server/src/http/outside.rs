//! Uses that no request led to, over HTTP: logged afterwards, taken back, listed with a deal.

use app::{
    App, idempotency,
    listing::List,
    request::outside::{self, DealUse, LogUse, LoggedUse},
};
use axum::{Json, extract::State, http::StatusCode};
use domain::id::{AccountId, OpportunityId, UseId};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    answer::Created,
    extract::{Create, Id, IfMatch, Query, Signed},
    page::PageQuery,
    problem::Problem,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(log_use))
        .routes(routes!(take_back_use))
        .routes(routes!(list_opportunity_uses))
        .routes(routes!(list_account_uses))
}

/// Logs a use that took place outside the system.
#[utoipa::path(post, path = "/uses", operation_id = "log_use", tag = "uses",
    params(("Idempotency-Key" = String, Header, description = "A text of your own, new for each create")),
    request_body = LogUse,
    responses((status = 201, description = "The use, and what stood in its way", body = LoggedUse)))]
async fn log_use(
    State(app): State<App>,
    Signed(actor): Signed,
    Create { key, body }: Create<LogUse>,
) -> Result<Created<LoggedUse>, Problem> {
    let logged = idempotency::once(
        &app,
        &key,
        || outside::log(&app, &actor, body, Some(&key)),
        |id| outside::earlier(&app, &actor, id.into()),
    )
    .await?;
    let path = format!("/uses/{}", logged.used.id);
    Ok(Created::at(&path, Some(logged.used.version), logged))
}

/// Takes a logged use back: who logged it within a day, the program team at any time.
#[utoipa::path(delete, path = "/uses/{id}", operation_id = "take_back_use", tag = "uses",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The version that was read")),
    responses((status = 204, description = "It is off the record")))]
async fn take_back_use(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<UseId>,
    IfMatch(version): IfMatch,
) -> Result<StatusCode, Problem> {
    outside::take_back(&app, &actor, id, version).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// References that were used on a deal, latest first.
#[utoipa::path(get, path = "/opportunities/{id}/uses", operation_id = "list_opportunity_uses", tag = "uses",
    params(("id" = Uuid, Path), PageQuery),
    responses((status = 200, description = "A page of the uses of the deal", body = List<DealUse>)))]
async fn list_opportunity_uses(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<OpportunityId>,
    Query(query): Query<PageQuery>,
) -> Result<Json<List<DealUse>>, Problem> {
    let page = query.page()?;
    Ok(Json(
        outside::of_opportunity(&app, &actor, id, &page).await?,
    ))
}

/// What customers of an account gave, latest first; refused for those who see only how often they did.
#[utoipa::path(get, path = "/accounts/{id}/uses", operation_id = "list_account_uses", tag = "uses",
    params(("id" = Uuid, Path), PageQuery),
    responses((status = 200, description = "A page of the uses of the account", body = List<DealUse>)))]
async fn list_account_uses(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<AccountId>,
    Query(query): Query<PageQuery>,
) -> Result<Json<List<DealUse>>, Problem> {
    let page = query.page()?;
    Ok(Json(outside::of_account(&app, &actor, id, &page).await?))
}

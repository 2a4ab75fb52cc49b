//! The steward queue over HTTP.

use app::{
    App,
    steward::{self, AskQueue, PutOffInput, StewardQueue},
};
use axum::{Json, extract::State, http::StatusCode};
use domain::steward::StewardReason;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    extract::{Body, Ids, Query, Signed},
    problem::Problem,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list_steward_queue))
        .routes(routes!(put_off, take_back_put_off))
        .routes(routes!(ask_owner_to_look))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct QueueQuery {
    /// Only what waits for this reason.
    reason: Option<StewardReason>,
    /// What is put off, in place of what waits.
    put_off: Option<bool>,
    /// Rows on a page, 1 to 200; 50 when absent.
    limit: Option<u64>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// What needs a person's eye, the most pressing reason first.
#[utoipa::path(get, path = "/steward", operation_id = "list_steward_queue", tag = "steward",
    params(QueueQuery),
    responses((status = 200, description = "A page of the queue, with what waits in all", body = StewardQueue)))]
async fn list_steward_queue(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<QueueQuery>,
) -> Result<Json<StewardQueue>, Problem> {
    let ask = AskQueue {
        reason: query.reason,
        put_off: query.put_off.unwrap_or(false),
        limit: query.limit,
        cursor: query.cursor,
    };
    Ok(Json(steward::list(&app, &actor, ask).await?))
}

/// Puts a record off until a day, in place of what was said before.
#[utoipa::path(put, path = "/steward/{reason}/{record}/put-off", operation_id = "put_off", tag = "steward",
    params(("reason" = StewardReason, Path), ("record" = Uuid, Path)), request_body = PutOffInput,
    responses((status = 204, description = "It waits again on that day")))]
async fn put_off(
    State(app): State<App>,
    Signed(actor): Signed,
    Ids(reason, record): Ids<StewardReason, Uuid>,
    Body(ask): Body<PutOffInput>,
) -> Result<StatusCode, Problem> {
    steward::put_off(&app, &actor, reason, record, ask).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lets a record wait again; doing it twice is no fault.
#[utoipa::path(delete, path = "/steward/{reason}/{record}/put-off", operation_id = "take_back_put_off", tag = "steward",
    params(("reason" = StewardReason, Path), ("record" = Uuid, Path)),
    responses((status = 204, description = "It waits")))]
async fn take_back_put_off(
    State(app): State<App>,
    Signed(actor): Signed,
    Ids(reason, record): Ids<StewardReason, Uuid>,
) -> Result<StatusCode, Problem> {
    steward::take_back(&app, &actor, reason, record).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Asks the relationship owner to look, and puts the record off for two weeks.
#[utoipa::path(post, path = "/steward/{reason}/{record}/ask-owner", operation_id = "ask_owner_to_look", tag = "steward",
    params(("reason" = StewardReason, Path), ("record" = Uuid, Path)),
    responses((status = 204, description = "The owner is asked")))]
async fn ask_owner_to_look(
    State(app): State<App>,
    Signed(actor): Signed,
    Ids(reason, record): Ids<StewardReason, Uuid>,
) -> Result<StatusCode, Problem> {
    steward::ask_owner(&app, &actor, reason, record).await?;
    Ok(StatusCode::NO_CONTENT)
}

//! What asks can expect, over HTTP: one before it is sent, and all that are open.

use app::{
    App,
    request::{
        board::{self, Board},
        outlook::{self, AskOutlook, Outlook, RushRate},
    },
};
use axum::{Json, extract::State};
use domain::{
    activity::Activity,
    id::{AdvocateId, OpportunityId},
    time::Day,
};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    extract::{Query, Signed},
    problem::Problem,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(get_request_outlook))
        .routes(routes!(get_rush_rate))
        .routes(routes!(get_request_board))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct OutlookQuery {
    activity: Activity,
    /// The day by which the reference is needed.
    #[param(value_type = String, format = Date)]
    need_by: Day,
    /// The deal it is for.
    #[param(value_type = Option<uuid::Uuid>)]
    opportunity: Option<OpportunityId>,
    /// The advocate who would be asked first.
    #[param(value_type = Option<uuid::Uuid>)]
    advocate: Option<AdvocateId>,
}

/// What an ask can expect before it is sent: who decides, how long each usually takes by the
/// program's own past year, how often somebody said yes in time, and an open ask for the same.
#[utoipa::path(get, path = "/requests/outlook", operation_id = "get_request_outlook", tag = "requests",
    params(OutlookQuery),
    responses((status = 200, description = "What to expect", body = Outlook)))]
async fn get_request_outlook(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<OutlookQuery>,
) -> Result<Json<Outlook>, Problem> {
    let ask = AskOutlook {
        opportunity: query.opportunity,
        activity: query.activity,
        need_by: query.need_by,
        advocate: query.advocate,
    };
    Ok(Json(outlook::outlook(&app, &actor, ask).await?))
}

/// How many requests of the last quarter left less than the notice that their activity needs.
#[utoipa::path(get, path = "/requests/rush-rate", operation_id = "get_rush_rate", tag = "requests",
    responses((status = 200, description = "Requests in your reach, and the rushes among them", body = RushRate)))]
async fn get_rush_rate(
    State(app): State<App>,
    Signed(actor): Signed,
) -> Result<Json<RushRate>, Problem> {
    Ok(Json(outlook::rush_rate(&app, &actor).await?))
}

/// Open requests in columns by who has them, with their ages, and which are likely to miss their day by
/// the program's own past year.
#[utoipa::path(get, path = "/requests/board", operation_id = "get_request_board", tag = "requests",
    responses((status = 200, description = "The open requests in your reach", body = Board)))]
async fn get_request_board(
    State(app): State<App>,
    Signed(actor): Signed,
) -> Result<Json<Board>, Problem> {
    Ok(Json(board::board(&app, &actor).await?))
}

//! Your own absence over HTTP, and who answers meanwhile.

use app::{
    App,
    absence::{self, AbsenceView, PlanAbsence},
};
use axum::{Json, extract::State};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    extract::{Body, Signed},
    problem::Problem,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(get_absence, plan_absence, end_absence))
}

/// When you are away and who answers for you.
#[utoipa::path(get, path = "/absence", operation_id = "get_absence", tag = "inbox",
    responses((status = 200, description = "The days and the stand-in; nulls while nothing is planned", body = AbsenceView)))]
async fn get_absence(
    State(app): State<App>,
    Signed(actor): Signed,
) -> Result<Json<AbsenceView>, Problem> {
    Ok(Json(absence::get(&app, &actor).await?))
}

/// Plans your absence, in place of what was planned before. From the first day to the last, what waits for
/// you waits for your stand-in as well.
#[utoipa::path(put, path = "/absence", operation_id = "plan_absence", tag = "inbox",
    request_body = PlanAbsence,
    responses((status = 200, description = "What is planned now", body = AbsenceView)))]
async fn plan_absence(
    State(app): State<App>,
    Signed(actor): Signed,
    Body(ask): Body<PlanAbsence>,
) -> Result<Json<AbsenceView>, Problem> {
    Ok(Json(absence::plan(&app, &actor, ask).await?))
}

/// Ends your absence at once, or takes a planned one back.
#[utoipa::path(delete, path = "/absence", operation_id = "end_absence", tag = "inbox",
    responses((status = 200, description = "Nothing is planned any more", body = AbsenceView)))]
async fn end_absence(
    State(app): State<App>,
    Signed(actor): Signed,
) -> Result<Json<AbsenceView>, Problem> {
    Ok(Json(absence::end(&app, &actor).await?))
}

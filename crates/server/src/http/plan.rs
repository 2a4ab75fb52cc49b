//! Planning over HTTP: the calculator and its saved versions.

use app::{
    App, idempotency,
    listing::List,
    plan::calculator::{self, PlanVersion, Revision, SavePlan},
};
use axum::{Json, extract::State};
use planning::calculator::{Answer, Plan};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    answer::Created,
    extract::{Body, Create, Query, Signed},
    problem::Problem,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(calculate_plan))
        .routes(routes!(list_plan_versions, save_plan_version))
        .routes(routes!(get_plan_revision))
}

/// Calculates how many opportunities and requests a team has, from its sellers and habits. Values
/// are not rounded; nothing is stored.
#[utoipa::path(post, path = "/plan/calculator", operation_id = "calculate_plan", tag = "plan",
    request_body = Plan,
    responses((status = 200, description = "The answer, whole and by segment", body = Answer)))]
async fn calculate_plan(
    Signed(actor): Signed,
    Body(plan): Body<Plan>,
) -> Result<Json<Answer>, Problem> {
    Ok(Json(calculator::calculate(&actor, &plan)?))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct VersionsQuery {
    /// Rows on a page, 1 to 200; 50 when absent.
    limit: Option<u64>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Lists saved plans, newest first, with who saved them and why.
#[utoipa::path(get, path = "/plan/versions", operation_id = "list_plan_versions", tag = "plan",
    params(VersionsQuery),
    responses((status = 200, description = "A page of saved plans", body = List<PlanVersion>)))]
async fn list_plan_versions(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<VersionsQuery>,
) -> Result<Json<List<PlanVersion>>, Problem> {
    let list = calculator::list(&app, &actor, query.limit, query.cursor.as_deref()).await?;
    Ok(Json(list))
}

/// Saves a plan as a version; versions are never changed.
#[utoipa::path(post, path = "/plan/versions", operation_id = "save_plan_version", tag = "plan",
    params(("Idempotency-Key" = String, Header, description = "A text of your own, new for each create")),
    request_body = SavePlan,
    responses((status = 201, description = "The saved plan", body = PlanVersion)))]
async fn save_plan_version(
    State(app): State<App>,
    Signed(actor): Signed,
    Create { key, body }: Create<SavePlan>,
) -> Result<Created<PlanVersion>, Problem> {
    let view = idempotency::once(
        &app,
        &key,
        || calculator::save(&app, &actor, body, Some(&key)),
        |id| calculator::get(&app, &actor, id.into()),
    )
    .await?;
    Ok(Created::at(
        &format!("/plan/versions/{}", view.id),
        None,
        view,
    ))
}

/// Holds the plan against what deals asked for, by calendar quarter, newest first.
#[utoipa::path(get, path = "/plan/revision", operation_id = "get_plan_revision", tag = "plan",
    responses((status = 200, description = "Plan against actual", body = Revision)))]
async fn get_plan_revision(
    State(app): State<App>,
    Signed(actor): Signed,
) -> Result<Json<Revision>, Problem> {
    Ok(Json(calculator::revision(&app, &actor).await?))
}

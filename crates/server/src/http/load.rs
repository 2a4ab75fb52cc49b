//! The load report and the overrides to review, over HTTP.

use app::{
    App,
    load::{self, LoadReport, Overrides},
};
use axum::{Json, extract::State};
use domain::time::Day;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    extract::{Query, Signed},
    problem::Problem,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(get_load))
        .routes(routes!(list_overrides))
}

/// How uses are spread over active advocates, who is over a limit, never asked, or tiring.
#[utoipa::path(get, path = "/load", operation_id = "get_load", tag = "protection",
    responses((status = 200, description = "The load report", body = LoadReport)))]
async fn get_load(
    State(app): State<App>,
    Signed(actor): Signed,
) -> Result<Json<LoadReport>, Problem> {
    Ok(Json(load::report(&app, &actor).await?))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct OverridesQuery {
    /// First day; 30 days before the end when absent.
    from: Option<Day>,
    /// The day after the last; tomorrow when absent.
    to: Option<Day>,
}

/// Where somebody went past a protection rule, with the reason given; for the monthly review.
#[utoipa::path(get, path = "/overrides", operation_id = "list_overrides", tag = "protection",
    params(OverridesQuery),
    responses((status = 200, description = "Overrides, latest first", body = Overrides)))]
async fn list_overrides(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<OverridesQuery>,
) -> Result<Json<Overrides>, Problem> {
    Ok(Json(
        load::overrides(&app, &actor, query.from, query.to).await?,
    ))
}

//! Background jobs over HTTP.

use app::{
    App,
    job::{self, JobView, ListJobs},
    listing::List,
};
use axum::{Json, extract::State, http::StatusCode};
use domain::id::JobId;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    extract::{Id, Query, Signed},
    problem::Problem,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list_jobs))
        .routes(routes!(replay_job))
}

/// Which jobs a list is narrowed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum JobsShown {
    Dead,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct JobsQuery {
    /// Only jobs that were given up.
    state: Option<JobsShown>,
    /// Rows on a page, 1 to 200; 50 when absent.
    limit: Option<u64>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Jobs that are not done, newest first.
#[utoipa::path(get, path = "/jobs", operation_id = "list_jobs", tag = "jobs",
    params(JobsQuery),
    responses((status = 200, description = "A page of jobs", body = List<JobView>)))]
async fn list_jobs(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<JobsQuery>,
) -> Result<Json<List<JobView>>, Problem> {
    let ask = ListJobs {
        dead_only: query.state.is_some(),
        limit: query.limit,
        cursor: query.cursor,
    };
    Ok(Json(job::list(&app, &actor, ask).await?))
}

/// Gives a dead job another round.
#[utoipa::path(post, path = "/jobs/{id}/replay", operation_id = "replay_job", tag = "jobs",
    params(("id" = Uuid, Path)),
    responses((status = 204, description = "It runs again")))]
async fn replay_job(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<JobId>,
) -> Result<StatusCode, Problem> {
    job::replay(&app, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

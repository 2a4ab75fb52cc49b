//! Homes over HTTP.

use app::{
    App,
    home::{self, ProgramHome},
};
use axum::{Json, extract::State};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{extract::Signed, problem::Problem};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(get_program_home))
}

/// What the program team looks at first, in one answer; refused for those who do not see unmet demand.
#[utoipa::path(get, path = "/program-home", operation_id = "get_program_home", tag = "steward",
    responses((status = 200, description = "Counts of what waits, and the newest searches without a match", body = ProgramHome)))]
async fn get_program_home(
    State(app): State<App>,
    Signed(actor): Signed,
) -> Result<Json<ProgramHome>, Problem> {
    Ok(Json(home::program(&app, &actor).await?))
}

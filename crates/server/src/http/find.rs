//! Find a reference over HTTP.

use app::{
    App,
    find::{self, FindReferences, MatchAnswer},
};
use axum::{Json, extract::State};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    extract::{Body, Signed},
    problem::Problem,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(find_references))
}

/// Searches people and content. A search without a match is kept as unmet demand.
#[utoipa::path(post, path = "/matches", operation_id = "find_references", tag = "matches",
    request_body = FindReferences,
    responses((status = 200, description = "People and content that fit the need", body = MatchAnswer)))]
async fn find_references(
    State(app): State<App>,
    Signed(actor): Signed,
    Body(ask): Body<FindReferences>,
) -> Result<Json<MatchAnswer>, Problem> {
    Ok(Json(find::search(&app, &actor, ask).await?))
}

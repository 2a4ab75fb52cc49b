//! What each side reads before a use, over HTTP: for colleagues by the candidate, for advocate and buyer by
//! the secret of a link.

use app::{
    App,
    request::brief::{self, BriefView},
};
use axum::{Json, extract::State};
use domain::id::CandidateId;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    extract::{Id, Signed},
    problem::Problem,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list_briefs))
        .routes(routes!(get_brief))
}

/// The briefs of a promised use that the reader may see: their own and the buyer's, and for the owner and
/// the program team the advocate's.
#[utoipa::path(get, path = "/candidates/{id}/briefs", operation_id = "list_briefs", tag = "requests",
    params(("id" = Uuid, Path)),
    responses((status = 200, description = "At most three, one a reader", body = Vec<BriefView>)))]
async fn list_briefs(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<CandidateId>,
) -> Result<Json<Vec<BriefView>>, Problem> {
    Ok(Json(brief::of_candidate(&app, &actor, id).await?))
}

/// What advocate or buyer should know before the use. Reading changes nothing and the link stays.
#[utoipa::path(get, path = "/briefs/{token}", operation_id = "get_brief", tag = "answers",
    params(("token" = String, Path, description = "The secret of the link")),
    responses((status = 200, description = "The brief", body = BriefView)))]
async fn get_brief(
    State(app): State<App>,
    Id(token): Id<String>,
) -> Result<Json<BriefView>, Problem> {
    Ok(Json(brief::look(&app, &token).await?))
}

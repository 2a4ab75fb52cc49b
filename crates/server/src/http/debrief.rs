//! What the buyer says after a use, over HTTP: the requester makes the link, its secret is the permission.

use app::{
    App,
    request::{
        RequestView,
        buyer_link::{self, BuyerDebriefView, SayHow},
        link::IssuedLink,
        proof,
    },
};
use axum::{Json, extract::State};
use domain::id::CandidateId;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    answer::Record,
    extract::{Body, Id, IfMatch, Signed},
    problem::Problem,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(issue_debrief_link))
        .routes(routes!(take_back_no_show))
        .routes(routes!(get_debrief, give_debrief))
}

/// Makes a link for the buyer to say how it was without a login. It is shown once.
#[utoipa::path(post, path = "/candidates/{id}/debrief-link", operation_id = "issue_debrief_link", tag = "requests",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The version of the candidate you read")),
    responses((status = 200, description = "The link", body = IssuedLink)))]
async fn issue_debrief_link(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<CandidateId>,
    IfMatch(version): IfMatch,
) -> Result<Json<IssuedLink>, Problem> {
    Ok(Json(buyer_link::issue(&app, &actor, id, version).await?))
}

/// Takes back within a minute that it did not take place: the promise stands again.
#[utoipa::path(delete, path = "/candidates/{id}/use", operation_id = "take_back_no_show", tag = "requests",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The version of the candidate you read")),
    responses((status = 200, description = "The request as it is now", body = RequestView)))]
async fn take_back_no_show(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<CandidateId>,
    IfMatch(version): IfMatch,
) -> Result<Record<RequestView>, Problem> {
    let view = proof::take_back(&app, &actor, id, version).await?;
    Ok(Record::new(view.version, view))
}

/// What a buyer is asked about. Looking changes nothing, so a mail scanner may look.
#[utoipa::path(get, path = "/debriefs/{token}", operation_id = "get_debrief", tag = "answers",
    params(("token" = String, Path, description = "The secret of the link")),
    responses((status = 200, description = "What took place", body = BuyerDebriefView)))]
async fn get_debrief(
    State(app): State<App>,
    Id(token): Id<String>,
) -> Result<Json<BuyerDebriefView>, Problem> {
    Ok(Json(buyer_link::look(&app, &token).await?))
}

/// Says how it was; each link takes one answer.
#[utoipa::path(post, path = "/debriefs/{token}", operation_id = "give_debrief", tag = "answers",
    params(("token" = String, Path, description = "The secret of the link")),
    request_body = SayHow,
    responses((status = 200, description = "What took place, with the answer taken", body = BuyerDebriefView)))]
async fn give_debrief(
    State(app): State<App>,
    Id(token): Id<String>,
    Body(ask): Body<SayHow>,
) -> Result<Json<BuyerDebriefView>, Problem> {
    Ok(Json(buyer_link::give(&app, &token, ask).await?))
}

//! The advocate's answer over HTTP: the secret in the address is the permission.

use app::{
    App,
    request::answer::{self, AnswerView, GiveAnswer},
};
use axum::{Json, extract::State};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    extract::{Body, Id},
    problem::Problem,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(get_answer, give_answer))
}

/// What is asked through a link. Looking changes nothing, so a mail scanner may look.
#[utoipa::path(get, path = "/answers/{token}", operation_id = "get_answer", tag = "answers",
    params(("token" = String, Path, description = "The secret of the link")),
    responses((status = 200, description = "The question", body = AnswerView)))]
async fn get_answer(
    State(app): State<App>,
    Id(token): Id<String>,
) -> Result<Json<AnswerView>, Problem> {
    Ok(Json(answer::look(&app, &token).await?))
}

/// Gives the answer; each link takes one.
#[utoipa::path(post, path = "/answers/{token}", operation_id = "give_answer", tag = "answers",
    params(("token" = String, Path, description = "The secret of the link")),
    request_body = GiveAnswer,
    responses((status = 200, description = "The question, answered", body = AnswerView)))]
async fn give_answer(
    State(app): State<App>,
    Id(token): Id<String>,
    Body(ask): Body<GiveAnswer>,
) -> Result<Json<AnswerView>, Problem> {
    Ok(Json(answer::give(&app, &token, ask).await?))
}

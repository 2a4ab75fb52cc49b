//! The first run over HTTP.

use app::{
    App,
    session::SessionView,
    setup::{self, FirstAccount},
};
use axum::{Json, extract::State, http::StatusCode};
use axum_extra::extract::cookie::CookieJar;
use serde::Serialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{cookie, extract::Body, problem::Problem};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(get_setup, create_first_account))
}

/// Whether the program waits for its first account.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Setup {
    pub needed: bool,
    /// Whether the first account takes the setup code that the program's console shows.
    pub code_needed: bool,
}

/// Whether the first account is still to be made.
#[utoipa::path(get, path = "/setup", operation_id = "get_setup", tag = "session",
    responses((status = 200, description = "Whether it is", body = Setup)))]
async fn get_setup(State(app): State<App>) -> Result<Json<Setup>, Problem> {
    let needed = setup::is_needed(&app).await?;
    Ok(Json(Setup {
        needed,
        code_needed: setup::needs_code(&app),
    }))
}

/// Makes the first account and signs it in. Refused once anybody can sign in.
#[utoipa::path(post, path = "/setup", operation_id = "create_first_account", tag = "session",
    request_body = FirstAccount,
    responses((status = 201, description = "Signed in as the first account", body = SessionView)))]
async fn create_first_account(
    State(app): State<App>,
    Body(ask): Body<FirstAccount>,
) -> Result<(StatusCode, CookieJar, Json<SessionView>), Problem> {
    let started = setup::create_first_account(&app, ask).await?;
    let cookies = cookie::set(started.secret, &app.config);
    Ok((StatusCode::CREATED, cookies, Json(started.view)))
}

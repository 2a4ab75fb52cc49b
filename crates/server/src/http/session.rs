//! Signing in and out over HTTP.

use app::{
    App,
    session::{
        self, ChangePassword, Origin, SessionView, SignIn,
        viewing::{self, ViewAs},
    },
};
use axum::{
    Extension, Json,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use axum_extra::extract::cookie::CookieJar;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    cookie,
    extract::{Body, SignedSession},
    guard::ClientAddress,
    problem::Problem,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(get_session, sign_in, sign_out))
        .routes(routes!(change_password))
        .routes(routes!(sign_out_everywhere))
        .routes(routes!(view_as, stop_viewing))
}

/// Who is signed in and what they may do.
#[utoipa::path(get, path = "/session", operation_id = "get_session", tag = "session",
    responses((status = 200, description = "The session", body = SessionView)))]
async fn get_session(
    State(app): State<App>,
    SignedSession(who): SignedSession,
) -> Result<Json<SessionView>, Problem> {
    Ok(Json(session::view(&app, &who).await?))
}

/// Signs in and sets the session cookie; an earlier session of the same browser ends.
#[utoipa::path(post, path = "/session", operation_id = "sign_in", tag = "session",
    request_body = SignIn,
    responses((status = 200, description = "Signed in", body = SessionView)))]
async fn sign_in(
    State(app): State<App>,
    Extension(address): Extension<ClientAddress>,
    headers: HeaderMap,
    Body(ask): Body<SignIn>,
) -> Result<(CookieJar, Json<SessionView>), Problem> {
    let origin = Origin {
        address: address.0,
        earlier: cookie::secret(&headers, &app.config),
    };
    let started = session::sign_in(&app, &origin, ask).await?;
    Ok((cookie::set(started.secret, &app.config), Json(started.view)))
}

/// Signs out.
#[utoipa::path(delete, path = "/session", operation_id = "sign_out", tag = "session",
    responses((status = 204, description = "Signed out")))]
async fn sign_out(
    State(app): State<App>,
    SignedSession(who): SignedSession,
) -> Result<(StatusCode, CookieJar), Problem> {
    session::sign_out(&app, &who).await?;
    Ok((StatusCode::NO_CONTENT, cookie::clear(&app.config)))
}

/// Signs out everywhere: every session of this person ends.
#[utoipa::path(delete, path = "/sessions", operation_id = "sign_out_everywhere", tag = "session",
    responses((status = 204, description = "Signed out everywhere")))]
async fn sign_out_everywhere(
    State(app): State<App>,
    SignedSession(who): SignedSession,
) -> Result<(StatusCode, CookieJar), Problem> {
    session::sign_out_everywhere(&app, &who).await?;
    Ok((StatusCode::NO_CONTENT, cookie::clear(&app.config)))
}

/// Changes your own password; every session ends and this browser gets a new one.
#[utoipa::path(post, path = "/session/password", operation_id = "change_password", tag = "session",
    request_body = ChangePassword,
    responses((status = 200, description = "Signed in with the new password", body = SessionView)))]
async fn change_password(
    State(app): State<App>,
    SignedSession(who): SignedSession,
    Extension(address): Extension<ClientAddress>,
    Body(ask): Body<ChangePassword>,
) -> Result<(CookieJar, Json<SessionView>), Problem> {
    let origin = Origin {
        address: address.0,
        earlier: None,
    };
    let started = session::change_password(&app, &who, &origin, ask).await?;
    Ok((cookie::set(started.secret, &app.config), Json(started.view)))
}

/// Looks through the eyes of a colleague or a role for at most an hour, and changes nothing meanwhile.
#[utoipa::path(put, path = "/session/viewing", operation_id = "view_as", tag = "session",
    request_body = ViewAs,
    responses((status = 200, description = "The session through other eyes", body = SessionView)))]
async fn view_as(
    State(app): State<App>,
    SignedSession(who): SignedSession,
    Body(ask): Body<ViewAs>,
) -> Result<Json<SessionView>, Problem> {
    Ok(Json(viewing::begin(&app, &who, ask).await?))
}

/// Looks with one's own eyes again.
#[utoipa::path(delete, path = "/session/viewing", operation_id = "stop_viewing", tag = "session",
    responses((status = 200, description = "The session with its own eyes", body = SessionView)))]
async fn stop_viewing(
    State(app): State<App>,
    SignedSession(who): SignedSession,
) -> Result<Json<SessionView>, Problem> {
    Ok(Json(viewing::stop(&app, &who).await?))
}

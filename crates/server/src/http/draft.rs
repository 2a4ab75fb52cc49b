//! Requests that are not sent yet, over HTTP.

use app::{
    App, idempotency,
    request::{self, RequestView, draft, submit::SubmitRequest},
};
use axum::extract::State;
use domain::id::RequestId;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    answer::{Created, Record},
    extract::{Body, Create, Id, IfMatch, Signed},
    problem::Problem,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(keep_draft))
        .routes(routes!(change_draft))
        .routes(routes!(send_draft))
}

/// Keeps an ask as a draft: nobody is asked and nothing is reserved.
#[utoipa::path(post, path = "/requests/drafts", operation_id = "keep_draft", tag = "requests",
    params(("Idempotency-Key" = String, Header, description = "A text of your own, new for each draft")),
    request_body = SubmitRequest,
    responses((status = 201, description = "The draft", body = RequestView)))]
async fn keep_draft(
    State(app): State<App>,
    Signed(actor): Signed,
    Create { key, body }: Create<SubmitRequest>,
) -> Result<Created<RequestView>, Problem> {
    let made = idempotency::once(
        &app,
        &key,
        async || {
            let id = draft::keep(&app, &actor, body, Some(&key)).await?;
            request::get(&app, &actor, id).await
        },
        async |id| request::get(&app, &actor, RequestId(id)).await,
    )
    .await?;
    let path = format!("/requests/{}", made.id);
    Ok(Created::at(&path, Some(made.version), made))
}

/// Changes your draft to another ask.
#[utoipa::path(put, path = "/requests/{id}/draft", operation_id = "change_draft", tag = "requests",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The ETag of the version you read")),
    request_body = SubmitRequest,
    responses((status = 200, description = "The draft as it is now", body = RequestView)))]
async fn change_draft(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<RequestId>,
    IfMatch(version): IfMatch,
    Body(ask): Body<SubmitRequest>,
) -> Result<Record<RequestView>, Problem> {
    draft::change(&app, &actor, id, version, ask).await?;
    let view = request::get(&app, &actor, id).await?;
    Ok(Record::new(view.version, view))
}

/// Sends your draft, as it is asked for now. It is checked like a request that was never a draft.
#[utoipa::path(post, path = "/requests/{id}/submit", operation_id = "send_draft", tag = "requests",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The ETag of the version you read")),
    request_body = SubmitRequest,
    responses((status = 200, description = "The request", body = RequestView)))]
async fn send_draft(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<RequestId>,
    IfMatch(version): IfMatch,
    Body(ask): Body<SubmitRequest>,
) -> Result<Record<RequestView>, Problem> {
    draft::send(&app, &actor, id, version, ask).await?;
    let view = request::get(&app, &actor, id).await?;
    Ok(Record::new(view.version, view))
}

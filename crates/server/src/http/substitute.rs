//! Content in place of a customer, over HTTP.

use app::{
    App, idempotency,
    request::{
        RequestView,
        substitute::{self, AnsweredByContent, SendInstead},
    },
};
use axum::extract::State;
use domain::id::RequestId;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    answer::Record,
    extract::{Create, Id, IfMatch, Signed},
    problem::Problem,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(send_instead, take_back_instead))
}

/// Answers a request, or your draft, with a link to content on its deal. No customer is asked any more.
#[utoipa::path(post, path = "/requests/{id}/content", operation_id = "send_instead", tag = "requests",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The ETag of the version you read"),
        ("Idempotency-Key" = String, Header, description = "A text of your own, new for each answer")),
    request_body = SendInstead,
    responses((status = 200, description = "The request as it is now, and the link", body = AnsweredByContent)))]
async fn send_instead(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<RequestId>,
    IfMatch(version): IfMatch,
    Create { key, body }: Create<SendInstead>,
) -> Result<Record<AnsweredByContent>, Problem> {
    let answered = idempotency::once(
        &app,
        &key,
        async || substitute::send(&app, &actor, id, version, body, Some(&key)).await,
        async |id| substitute::earlier(&app, &actor, RequestId(id)).await,
    )
    .await?;
    Ok(Record::new(answered.request.version, answered))
}

/// Takes the content back within a minute, unless the buyer opened it; the request goes on.
#[utoipa::path(delete, path = "/requests/{id}/content", operation_id = "take_back_instead", tag = "requests",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The ETag of the version you read")),
    responses((status = 200, description = "The request as it is now", body = RequestView)))]
async fn take_back_instead(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<RequestId>,
    IfMatch(version): IfMatch,
) -> Result<Record<RequestView>, Problem> {
    let view = substitute::take_back(&app, &actor, id, version).await?;
    Ok(Record::new(view.version, view))
}

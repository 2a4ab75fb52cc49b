//! Group calls over HTTP: further deals share a promised use.

use app::{
    App, idempotency,
    request::{
        self, RequestView,
        group::join::{self, JoinCall},
    },
};
use axum::{Json, extract::State};
use domain::id::{CandidateId, RequestId};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    answer::Record,
    extract::{Create, Id, IfMatch, Signed},
    problem::Problem,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(list_joinable_requests, join_call))
}

/// Open requests that a promised group call or site visit could serve as well, those that are needed first; at
/// most 50.
#[utoipa::path(get, path = "/candidates/{id}/deals", operation_id = "list_joinable_requests", tag = "requests",
    params(("id" = Uuid, Path)),
    responses((status = 200, description = "Requests that can join", body = Vec<RequestView>)))]
async fn list_joinable_requests(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<CandidateId>,
) -> Result<Json<Vec<RequestView>>, Problem> {
    Ok(Json(join::open_to(&app, &actor, id).await?))
}

/// Serves further requests with a promised group call or site visit, until it begins. It stays one use of the
/// customer, and each deal counts as served.
#[utoipa::path(post, path = "/candidates/{id}/deals", operation_id = "join_call", tag = "requests",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The version of the candidate you read"),
        ("Idempotency-Key" = String, Header, description = "A text of your own, new for each time")),
    request_body = JoinCall,
    responses((status = 200, description = "The request that the call began with, as it is now", body = RequestView)))]
async fn join_call(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<CandidateId>,
    IfMatch(version): IfMatch,
    create: Create<JoinCall>,
) -> Result<Record<RequestView>, Problem> {
    let (key, ask) = (create.key, create.body);
    let view = idempotency::once(
        &app,
        &key,
        async || join::join(&app, &actor, id, version, ask, Some(&key)).await,
        async |id| request::get(&app, &actor, RequestId(id)).await,
    )
    .await?;
    Ok(Record::new(view.version, view))
}

//! Holds over HTTP: put by, listed with their queue, given back.

use app::{
    App, idempotency,
    listing::List,
    request::hold::{self, HoldView, ListHolds, PutBy},
};
use axum::{Json, extract::State, http::StatusCode};
use domain::id::{AdvocateId, HoldId, OpportunityId};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    answer::Created,
    extract::{Create, Id, IfMatch, Query, Signed},
    problem::Problem,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list_holds, put_by))
        .routes(routes!(give_back))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct HoldsQuery {
    /// Holds of one deal.
    #[param(value_type = Option<uuid::Uuid>)]
    opportunity: Option<OpportunityId>,
    /// Holds of one advocate, whoever has them.
    #[param(value_type = Option<uuid::Uuid>)]
    advocate: Option<AdvocateId>,
    /// Rows on a page, 1 to 200; 50 when absent.
    limit: Option<u64>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Lists open holds, the oldest first, with how many came before each.
#[utoipa::path(get, path = "/holds", operation_id = "list_holds", tag = "requests",
    params(HoldsQuery),
    responses((status = 200, description = "A page of holds", body = List<HoldView>)))]
async fn list_holds(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<HoldsQuery>,
) -> Result<Json<List<HoldView>>, Problem> {
    let ask = ListHolds {
        opportunity: query.opportunity,
        advocate: query.advocate,
        limit: query.limit,
        cursor: query.cursor,
    };
    Ok(Json(hold::list(&app, &actor, ask).await?))
}

/// Keeps a use of a customer for a deal before it is asked for, or waits behind the holds of others.
#[utoipa::path(post, path = "/holds", operation_id = "put_by", tag = "requests",
    params(("Idempotency-Key" = String, Header, description = "A text of your own, new for each hold")),
    request_body = PutBy,
    responses((status = 201, description = "The hold", body = HoldView)))]
async fn put_by(
    State(app): State<App>,
    Signed(actor): Signed,
    Create { key, body }: Create<PutBy>,
) -> Result<Created<HoldView>, Problem> {
    let made = idempotency::once(
        &app,
        &key,
        async || {
            let id = hold::put_by(&app, &actor, body, Some(&key)).await?;
            hold::get(&app, &actor, id).await
        },
        async |id| hold::get(&app, &actor, HoldId(id)).await,
    )
    .await?;
    let path = format!("/holds/{}", made.id);
    Ok(Created::at(&path, Some(made.version), made))
}

/// Gives a held use back; who waits for it moves up.
#[utoipa::path(delete, path = "/holds/{id}", operation_id = "give_back", tag = "requests",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The version that was read")),
    responses((status = 204, description = "The use is free again")))]
async fn give_back(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<HoldId>,
    IfMatch(version): IfMatch,
) -> Result<StatusCode, Problem> {
    hold::give_back(&app, &actor, id, version).await?;
    Ok(StatusCode::NO_CONTENT)
}

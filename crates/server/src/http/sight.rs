//! What somebody may see, and why not more, over HTTP.

use app::{
    App,
    sight::{self, PersonSight, SightRules},
};
use axum::{Json, extract::State};
use domain::{id::UserId, record::RecordKind};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    extract::{Id, Query, Signed},
    problem::Problem,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(get_sight_rules))
        .routes(routes!(get_sight_of_user))
}

/// What your roles let you see, what has to hold for more, and whom to ask. Says nothing about any record.
#[utoipa::path(get, path = "/sight", operation_id = "get_sight_rules", tag = "users",
    responses((status = 200, description = "The rules as they are for you", body = SightRules)))]
async fn get_sight_rules(
    State(app): State<App>,
    Signed(actor): Signed,
) -> Result<Json<SightRules>, Problem> {
    Ok(Json(sight::rules(&app, &actor).await?))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct SightQuery {
    /// `account`, `contact`, `advocate`, `opportunity`, `request` or `content`.
    kind: RecordKind,
    /// The record by its id.
    record: Uuid,
}

/// What a colleague sees of a record, and why; no value of the record itself.
#[utoipa::path(get, path = "/users/{id}/sight", operation_id = "get_sight_of_user", tag = "users",
    params(("id" = Uuid, Path), SightQuery),
    responses((status = 200, description = "Whether they see it, and by which rule", body = PersonSight)))]
async fn get_sight_of_user(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<UserId>,
    Query(query): Query<SightQuery>,
) -> Result<Json<PersonSight>, Problem> {
    let SightQuery { kind, record } = query;
    Ok(Json(
        sight::of_person(&app, &actor, id, kind, record).await?,
    ))
}

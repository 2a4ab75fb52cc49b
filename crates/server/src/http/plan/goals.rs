//! Growth goals over HTTP.

use app::{
    App, idempotency,
    listing::List,
    plan::goals::{self, GoalOutlook, GoalReading, GrowthGoal, KeptGoal, ReadGoal, SaveGoal},
};
use axum::{Json, extract::State, http::StatusCode};
use domain::id::GrowthGoalId;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::http::{
    answer::{Created, Record},
    extract::{Body, Create, Id, IfMatch, Signed},
    problem::Problem,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(read_growth_goal))
        .routes(routes!(ask_growth_goal))
        .routes(routes!(list_growth_goals, save_growth_goal))
        .routes(routes!(
            get_growth_goal,
            edit_growth_goal,
            remove_growth_goal
        ))
}

/// Reads a sentence as a growth goal: period, change, and the terms that its words name. Nothing is
/// stored, and no outside service is asked.
#[utoipa::path(post, path = "/plan/goals/read", operation_id = "read_growth_goal", tag = "plan",
    request_body = ReadGoal,
    responses((status = 200, description = "What the sentence says and what was not understood", body = GoalReading)))]
async fn read_growth_goal(
    State(app): State<App>,
    Signed(actor): Signed,
    Body(ask): Body<ReadGoal>,
) -> Result<Json<GoalReading>, Problem> {
    Ok(Json(goals::read(&app, &actor, &ask).await?))
}

/// Works out the opportunities and requests that a growth goal asks for. Nothing is stored.
#[utoipa::path(post, path = "/plan/goals/outlook", operation_id = "ask_growth_goal", tag = "plan",
    request_body = GrowthGoal,
    responses((status = 200, description = "What the goal asks for", body = GoalOutlook)))]
async fn ask_growth_goal(
    State(app): State<App>,
    Signed(actor): Signed,
    Body(goal): Body<GrowthGoal>,
) -> Result<Json<GoalOutlook>, Problem> {
    Ok(Json(goals::outlook(&app, &actor, &goal).await?))
}

/// Lists kept growth goals, saved last first.
#[utoipa::path(get, path = "/plan/goals", operation_id = "list_growth_goals", tag = "plan",
    responses((status = 200, description = "The goals", body = List<KeptGoal>)))]
async fn list_growth_goals(
    State(app): State<App>,
    Signed(actor): Signed,
) -> Result<Json<List<KeptGoal>>, Problem> {
    Ok(Json(goals::list(&app, &actor).await?))
}

/// Keeps a growth goal: what it asks for beyond the pipeline is demand from then on.
#[utoipa::path(post, path = "/plan/goals", operation_id = "save_growth_goal", tag = "plan",
    params(("Idempotency-Key" = String, Header, description = "A text of your own, new for each create")),
    request_body = SaveGoal,
    responses((status = 201, description = "The goal", body = KeptGoal)))]
async fn save_growth_goal(
    State(app): State<App>,
    Signed(actor): Signed,
    Create { key, body }: Create<SaveGoal>,
) -> Result<Created<KeptGoal>, Problem> {
    let view = idempotency::once(
        &app,
        &key,
        || goals::save(&app, &actor, body, Some(&key)),
        |id| goals::get(&app, &actor, id.into()),
    )
    .await?;
    Ok(Created::at(
        &format!("/plan/goals/{}", view.id),
        Some(view.version),
        view,
    ))
}

/// Shows a kept growth goal.
#[utoipa::path(get, path = "/plan/goals/{id}", operation_id = "get_growth_goal", tag = "plan",
    params(("id" = Uuid, Path)),
    responses((status = 200, description = "The goal", body = KeptGoal)))]
async fn get_growth_goal(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<GrowthGoalId>,
) -> Result<Record<KeptGoal>, Problem> {
    let view = goals::get(&app, &actor, id).await?;
    Ok(Record::new(view.version, view))
}

/// Saves a growth goal again, under this name and saying this.
#[utoipa::path(put, path = "/plan/goals/{id}", operation_id = "edit_growth_goal", tag = "plan",
    params(("id" = Uuid, Path),
        ("If-Match" = String, Header, description = "The version you read, in quotes")),
    request_body = SaveGoal,
    responses((status = 200, description = "The goal as it is now", body = KeptGoal)))]
async fn edit_growth_goal(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<GrowthGoalId>,
    IfMatch(version): IfMatch,
    Body(ask): Body<SaveGoal>,
) -> Result<Record<KeptGoal>, Problem> {
    let view = goals::edit(&app, &actor, id, version, ask).await?;
    Ok(Record::new(view.version, view))
}

/// Removes a kept growth goal.
#[utoipa::path(delete, path = "/plan/goals/{id}", operation_id = "remove_growth_goal", tag = "plan",
    params(("id" = Uuid, Path),
        ("If-Match" = String, Header, description = "The version you read, in quotes")),
    responses((status = 204, description = "It is kept no more")))]
async fn remove_growth_goal(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<GrowthGoalId>,
    IfMatch(version): IfMatch,
) -> Result<StatusCode, Problem> {
    goals::remove(&app, &actor, id, version).await?;
    Ok(StatusCode::NO_CONTENT)
}

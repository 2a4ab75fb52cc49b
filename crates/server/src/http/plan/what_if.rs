//! What-if questions and kept scenarios over HTTP.

use app::{
    App, idempotency,
    listing::List,
    plan::{
        scenario::{self, SaveScenario, Scenario},
        what_if::{self, AskWhatIf, WhatIf},
    },
};
use axum::{Json, extract::State, http::StatusCode};
use domain::id::ScenarioId;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::http::{
    answer::{Created, Record},
    extract::{Body, Create, Id, IfMatch, Signed},
    problem::Problem,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(ask_what_if))
        .routes(routes!(list_scenarios, save_scenario))
        .routes(routes!(get_scenario, edit_scenario, remove_scenario))
}

/// Solves the plan as it stands and with changes, side by side: advocates lost or added, other rules,
/// other rates, stakeholder needs on other days. Nothing is stored.
#[utoipa::path(post, path = "/plan/what-if", operation_id = "ask_what_if", tag = "plan",
    request_body = AskWhatIf,
    responses((status = 200, description = "Today and the scenario", body = WhatIf)))]
async fn ask_what_if(
    State(app): State<App>,
    Signed(actor): Signed,
    Body(ask): Body<AskWhatIf>,
) -> Result<Json<WhatIf>, Problem> {
    Ok(Json(what_if::ask(&app, &actor, &ask).await?))
}

/// Lists kept scenarios, saved last first.
#[utoipa::path(get, path = "/plan/scenarios", operation_id = "list_scenarios", tag = "plan",
    responses((status = 200, description = "The scenarios", body = List<Scenario>)))]
async fn list_scenarios(
    State(app): State<App>,
    Signed(actor): Signed,
) -> Result<Json<List<Scenario>>, Problem> {
    Ok(Json(scenario::list(&app, &actor).await?))
}

/// Keeps a what-if question under a name.
#[utoipa::path(post, path = "/plan/scenarios", operation_id = "save_scenario", tag = "plan",
    params(("Idempotency-Key" = String, Header, description = "A text of your own, new for each create")),
    request_body = SaveScenario,
    responses((status = 201, description = "The scenario", body = Scenario)))]
async fn save_scenario(
    State(app): State<App>,
    Signed(actor): Signed,
    Create { key, body }: Create<SaveScenario>,
) -> Result<Created<Scenario>, Problem> {
    let view = idempotency::once(
        &app,
        &key,
        || scenario::save(&app, &actor, body, Some(&key)),
        |id| scenario::get(&app, &actor, id.into()),
    )
    .await?;
    Ok(Created::at(
        &format!("/plan/scenarios/{}", view.id),
        Some(view.version),
        view,
    ))
}

/// Shows a kept scenario: the question, which is answered anew whenever it is asked.
#[utoipa::path(get, path = "/plan/scenarios/{id}", operation_id = "get_scenario", tag = "plan",
    params(("id" = Uuid, Path)),
    responses((status = 200, description = "The scenario", body = Scenario)))]
async fn get_scenario(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<ScenarioId>,
) -> Result<Record<Scenario>, Problem> {
    let view = scenario::get(&app, &actor, id).await?;
    Ok(Record::new(view.version, view))
}

/// Saves a scenario again, under this name and with this question.
#[utoipa::path(put, path = "/plan/scenarios/{id}", operation_id = "edit_scenario", tag = "plan",
    params(("id" = Uuid, Path),
        ("If-Match" = String, Header, description = "The version you read, in quotes")),
    request_body = SaveScenario,
    responses((status = 200, description = "The scenario as it is now", body = Scenario)))]
async fn edit_scenario(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<ScenarioId>,
    IfMatch(version): IfMatch,
    Body(ask): Body<SaveScenario>,
) -> Result<Record<Scenario>, Problem> {
    let view = scenario::edit(&app, &actor, id, version, ask).await?;
    Ok(Record::new(view.version, view))
}

/// Removes a kept scenario.
#[utoipa::path(delete, path = "/plan/scenarios/{id}", operation_id = "remove_scenario", tag = "plan",
    params(("id" = Uuid, Path),
        ("If-Match" = String, Header, description = "The version you read, in quotes")),
    responses((status = 204, description = "It is kept no more")))]
async fn remove_scenario(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<ScenarioId>,
    IfMatch(version): IfMatch,
) -> Result<StatusCode, Problem> {
    scenario::remove(&app, &actor, id, version).await?;
    Ok(StatusCode::NO_CONTENT)
}

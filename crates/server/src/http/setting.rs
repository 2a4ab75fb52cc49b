//! Program settings over HTTP.

use app::{
    App,
    account::lock_rules::{self, LockPreview},
    find::{
        learned::{self, LearnedWeights},
        weights::{self, MatchWeights, WeightPreview},
    },
    plan::assume::PlanAssumptions,
    policy::Permission,
    request::fulfilment::preview::{self as fulfilment_preview, FulfilmentPreview},
    setting::{
        self, LeveragingGoal, Program, Setting, SettingView, Settings,
        preview::{self, ProtectionPreview},
    },
};
use axum::{Json, extract::State};
use domain::{fulfilment::FulfilmentPolicy, lock_rule::LockRules, protection::Rules};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    answer::Record,
    extract::{Body, IfMatch, Signed},
    partial::Partial,
    problem::Problem,
};

type EditProgram = Partial<Program>;
type EditRules = Partial<Rules>;
type EditLockRules = Partial<LockRules>;
type EditFulfilment = Partial<FulfilmentPolicy>;
type EditPlanAssumptions = Partial<PlanAssumptions>;
type EditLeveragingGoal = Partial<LeveragingGoal>;
type EditMatchWeights = Partial<MatchWeights>;

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(get_settings))
        .routes(routes!(edit_program_setting))
        .routes(routes!(edit_protection_setting))
        .routes(routes!(preview_protection))
        .routes(routes!(edit_lock_rules))
        .routes(routes!(preview_lock_rules))
        .routes(routes!(edit_fulfilment))
        .routes(routes!(preview_fulfilment))
        .routes(routes!(edit_leveraging_goal))
        .routes(routes!(edit_plan_assumptions))
        .routes(routes!(edit_match_weights))
        .routes(routes!(preview_match_weights))
        .routes(routes!(learn_match_weights))
}

/// Every setting with the version to write it back with; version 0 is the default.
#[utoipa::path(get, path = "/settings", operation_id = "get_settings", tag = "settings",
    responses((status = 200, description = "The settings", body = Settings)))]
async fn get_settings(
    State(app): State<App>,
    Signed(actor): Signed,
) -> Result<Json<Settings>, Problem> {
    Ok(Json(setting::all(&app, &actor).await?))
}

async fn edit<T: Setting>(
    app: &App,
    actor: &app::Actor,
    permission: Permission,
    version: i64,
    change: Partial<T>,
) -> Result<Record<SettingView<T>>, Problem> {
    let view = setting::edit(app, actor, permission, version, change.fields).await?;
    Ok(Record::new(view.version, view))
}

/// Changes what the program is called, counts in and shows. Fields that are absent stay.
#[utoipa::path(patch, path = "/settings/program", operation_id = "edit_program_setting", tag = "settings",
    params(("If-Match" = String, Header, description = "The version you read, in quotes")),
    request_body = EditProgram,
    responses((status = 200, description = "The setting as it is now", body = SettingView<Program>)))]
async fn edit_program_setting(
    State(app): State<App>,
    Signed(actor): Signed,
    IfMatch(version): IfMatch,
    Body(change): Body<EditProgram>,
) -> Result<Record<SettingView<Program>>, Problem> {
    edit(&app, &actor, Permission::SettingEdit, version, change).await
}

/// Changes the rules that protect customers. Fields that are absent stay; `activities` is replaced as a whole.
#[utoipa::path(patch, path = "/settings/protection", operation_id = "edit_protection_setting", tag = "settings",
    params(("If-Match" = String, Header, description = "The version you read, in quotes")),
    request_body = EditRules,
    responses((status = 200, description = "The setting as it is now", body = SettingView<Rules>)))]
async fn edit_protection_setting(
    State(app): State<App>,
    Signed(actor): Signed,
    IfMatch(version): IfMatch,
    Body(change): Body<EditRules>,
) -> Result<Record<SettingView<Rules>>, Problem> {
    edit(&app, &actor, Permission::SettingEdit, version, change).await
}

/// Shows what these rules would have stopped in the last 91 days; changes nothing.
#[utoipa::path(post, path = "/settings/protection/preview", operation_id = "preview_protection", tag = "settings",
    request_body = Rules,
    responses((status = 200, description = "The uses that they would have stopped", body = ProtectionPreview)))]
async fn preview_protection(
    State(app): State<App>,
    Signed(actor): Signed,
    Body(rules): Body<Rules>,
) -> Result<Json<ProtectionPreview>, Problem> {
    Ok(Json(preview::preview(&app, &actor, rules).await?))
}

/// Changes what locks a customer by itself; null takes a rule away. Locks follow within the hour.
#[utoipa::path(patch, path = "/settings/lock-rules", operation_id = "edit_lock_rules", tag = "settings",
    params(("If-Match" = String, Header, description = "The version you read, in quotes")),
    request_body = EditLockRules,
    responses((status = 200, description = "The setting as it is now", body = SettingView<LockRules>)))]
async fn edit_lock_rules(
    State(app): State<App>,
    Signed(actor): Signed,
    IfMatch(version): IfMatch,
    Body(change): Body<EditLockRules>,
) -> Result<Record<SettingView<LockRules>>, Problem> {
    edit(&app, &actor, Permission::SettingEdit, version, change).await
}

/// Shows whom these rules would lock today, and what that would have stopped in the last 91 days;
/// changes nothing.
#[utoipa::path(post, path = "/settings/lock-rules/preview", operation_id = "preview_lock_rules", tag = "settings",
    request_body = LockRules,
    responses((status = 200, description = "Whom they would stop", body = LockPreview)))]
async fn preview_lock_rules(
    State(app): State<App>,
    Signed(actor): Signed,
    Body(rules): Body<LockRules>,
) -> Result<Json<LockPreview>, Problem> {
    Ok(Json(lock_rules::preview(&app, &actor, rules).await?))
}

/// Changes whose yes an ask needs, by activity, tier of the advocate and size of the deal; `rows` is
/// replaced as a whole, and the first row that fits decides.
#[utoipa::path(patch, path = "/settings/fulfilment", operation_id = "edit_fulfilment", tag = "settings",
    params(("If-Match" = String, Header, description = "The version you read, in quotes")),
    request_body = EditFulfilment,
    responses((status = 200, description = "The setting as it is now", body = SettingView<FulfilmentPolicy>)))]
async fn edit_fulfilment(
    State(app): State<App>,
    Signed(actor): Signed,
    IfMatch(version): IfMatch,
    Body(change): Body<EditFulfilment>,
) -> Result<Record<SettingView<FulfilmentPolicy>>, Problem> {
    edit(&app, &actor, Permission::SettingEdit, version, change).await
}

/// Shows which questions this policy would have skipped in the last 91 days; changes nothing.
#[utoipa::path(post, path = "/settings/fulfilment/preview", operation_id = "preview_fulfilment", tag = "settings",
    request_body = FulfilmentPolicy,
    responses((status = 200, description = "What it would have made of the asks", body = FulfilmentPreview)))]
async fn preview_fulfilment(
    State(app): State<App>,
    Signed(actor): Signed,
    Body(policy): Body<FulfilmentPolicy>,
) -> Result<Json<FulfilmentPreview>, Problem> {
    Ok(Json(
        fulfilment_preview::preview(&app, &actor, policy).await?,
    ))
}

/// Sets where the one metric should go and where it stood before, in percent; null clears one.
#[utoipa::path(patch, path = "/metrics/leveraging/goal", operation_id = "edit_leveraging_goal", tag = "settings",
    params(("If-Match" = String, Header, description = "The version you read, in quotes")),
    request_body = EditLeveragingGoal,
    responses((status = 200, description = "The goal as it is now", body = SettingView<LeveragingGoal>)))]
async fn edit_leveraging_goal(
    State(app): State<App>,
    Signed(actor): Signed,
    IfMatch(version): IfMatch,
    Body(change): Body<EditLeveragingGoal>,
) -> Result<Record<SettingView<LeveragingGoal>>, Problem> {
    edit(&app, &actor, Permission::MetricGoalEdit, version, change).await
}

/// Changes what planning assumes where the program's own deals do not say it. Fields that are absent
/// stay; `exchange_rates` is replaced as a whole.
#[utoipa::path(patch, path = "/plan/assumptions", operation_id = "edit_plan_assumptions", tag = "settings",
    params(("If-Match" = String, Header, description = "The version you read, in quotes")),
    request_body = EditPlanAssumptions,
    responses((status = 200, description = "The assumptions as they are now", body = SettingView<PlanAssumptions>)))]
async fn edit_plan_assumptions(
    State(app): State<App>,
    Signed(actor): Signed,
    IfMatch(version): IfMatch,
    Body(change): Body<EditPlanAssumptions>,
) -> Result<Record<SettingView<PlanAssumptions>>, Problem> {
    edit(&app, &actor, Permission::PlanEdit, version, change).await
}

/// Changes how much each facet counts in a search. Fields that are absent stay; `facets` is replaced as a whole.
#[utoipa::path(patch, path = "/settings/match-weights", operation_id = "edit_match_weights", tag = "settings",
    params(("If-Match" = String, Header, description = "The version you read, in quotes")),
    request_body = EditMatchWeights,
    responses((status = 200, description = "The weights as they are now", body = SettingView<MatchWeights>)))]
async fn edit_match_weights(
    State(app): State<App>,
    Signed(actor): Signed,
    IfMatch(version): IfMatch,
    Body(change): Body<EditMatchWeights>,
) -> Result<Record<SettingView<MatchWeights>>, Problem> {
    let view = weights::edit(&app, &actor, version, change.fields).await?;
    Ok(Record::new(view.version, view))
}

/// Shows what these weights would change for the 20 open deals that close next; changes nothing.
#[utoipa::path(post, path = "/settings/match-weights/preview", operation_id = "preview_match_weights", tag = "settings",
    request_body = MatchWeights,
    responses((status = 200, description = "Who is offered now, and who would be", body = WeightPreview)))]
async fn preview_match_weights(
    State(app): State<App>,
    Signed(actor): Signed,
    Body(asked): Body<MatchWeights>,
) -> Result<Json<WeightPreview>, Problem> {
    Ok(Json(weights::preview(&app, &actor, asked).await?))
}

/// Learns weights from the requests of the program and tries them on later ones; changes nothing.
#[utoipa::path(post, path = "/settings/match-weights/learn", operation_id = "learn_match_weights", tag = "settings",
    responses((status = 200, description = "The weights that were learned, and how they did", body = LearnedWeights)))]
async fn learn_match_weights(
    State(app): State<App>,
    Signed(actor): Signed,
) -> Result<Json<LearnedWeights>, Problem> {
    Ok(Json(learned::learn(&app, &actor).await?))
}

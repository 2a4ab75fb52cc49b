//! Recruiting targets over HTTP.

use app::{
    App, idempotency,
    plan::targets::{
        self, CreateTarget, EditTarget, RecruitingTargets, SendAsks, Target, TargetAsks,
    },
    plan::verification::{self, VerificationRound},
};
use axum::{Json, extract::State};
use domain::id::RecruitingTargetId;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::http::{
    answer::{Created, Record},
    extract::{Body, Create, Id, IfMatch, Signed},
    problem::Problem,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list_recruiting_targets, create_recruiting_target))
        .routes(routes!(get_recruiting_target, edit_recruiting_target))
        .routes(routes!(list_recruiting_asks, send_recruiting_asks))
        .routes(routes!(start_verification_round))
}

/// Lists recruiting targets, open ones first, with how the nominations for each are getting on.
#[utoipa::path(get, path = "/plan/targets", operation_id = "list_recruiting_targets", tag = "plan",
    responses((status = 200, description = "The targets and the yield they are held against", body = RecruitingTargets)))]
async fn list_recruiting_targets(
    State(app): State<App>,
    Signed(actor): Signed,
) -> Result<Json<RecruitingTargets>, Problem> {
    Ok(Json(targets::list(&app, &actor).await?))
}

/// Makes a target from a gap: so many advocates of its profile, with what they are worth today. A
/// profile has one open target for an activity.
#[utoipa::path(post, path = "/plan/targets", operation_id = "create_recruiting_target", tag = "plan",
    params(("Idempotency-Key" = String, Header, description = "A text of your own, new for each create")),
    request_body = CreateTarget,
    responses((status = 201, description = "The target", body = Target)))]
async fn create_recruiting_target(
    State(app): State<App>,
    Signed(actor): Signed,
    Create { key, body }: Create<CreateTarget>,
) -> Result<Created<Target>, Problem> {
    let view = idempotency::once(
        &app,
        &key,
        || targets::create(&app, &actor, body, Some(&key)),
        |id| targets::get(&app, &actor, id.into()),
    )
    .await?;
    Ok(Created::at(
        &format!("/plan/targets/{}", view.id),
        Some(view.version),
        view,
    ))
}

/// Shows a target.
#[utoipa::path(get, path = "/plan/targets/{id}", operation_id = "get_recruiting_target", tag = "plan",
    params(("id" = Uuid, Path)),
    responses((status = 200, description = "The target", body = Target)))]
async fn get_recruiting_target(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<RecruitingTargetId>,
) -> Result<Record<Target>, Problem> {
    let view = targets::get(&app, &actor, id).await?;
    Ok(Record::new(view.version, view))
}

/// Changes a target. Fields that are absent stay; saying why closes it for good.
#[utoipa::path(patch, path = "/plan/targets/{id}", operation_id = "edit_recruiting_target", tag = "plan",
    params(("id" = Uuid, Path),
        ("If-Match" = String, Header, description = "The version you read, in quotes")),
    request_body = EditTarget,
    responses((status = 200, description = "The target as it is now", body = Target)))]
async fn edit_recruiting_target(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<RecruitingTargetId>,
    IfMatch(version): IfMatch,
    Body(change): Body<EditTarget>,
) -> Result<Record<Target>, Problem> {
    let view = targets::edit(&app, &actor, id, version, change).await?;
    Ok(Record::new(view.version, view))
}

/// Shows which relationship owners were asked whom they would nominate for a target, and whom the next round would
/// ask. Who does not plan sees what they were asked themselves.
#[utoipa::path(get, path = "/plan/targets/{id}/asks", operation_id = "list_recruiting_asks", tag = "plan",
    params(("id" = Uuid, Path)),
    responses((status = 200, description = "What was asked, and what would be", body = TargetAsks)))]
async fn list_recruiting_asks(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<RecruitingTargetId>,
) -> Result<Json<TargetAsks>, Problem> {
    Ok(Json(targets::asks(&app, &actor, id).await?))
}

/// Sends the next round: each owner gets one message about their customers who fit, the best first, and is asked about
/// no more of them in seven days than the plan's assumptions allow.
#[utoipa::path(post, path = "/plan/targets/{id}/asks", operation_id = "send_recruiting_asks", tag = "plan",
    params(("id" = Uuid, Path),
        ("Idempotency-Key" = String, Header, description = "A text of your own, new for each round")),
    request_body = SendAsks,
    responses((status = 201, description = "What was asked, and what would be next", body = TargetAsks)))]
async fn send_recruiting_asks(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<RecruitingTargetId>,
    Create { key, body }: Create<SendAsks>,
) -> Result<Created<TargetAsks>, Problem> {
    let view = idempotency::once(
        &app,
        &key,
        || targets::send(&app, &actor, id, body, Some(&key)),
        |_| targets::asks(&app, &actor, id),
    )
    .await?;
    Ok(Created::at(&format!("/plan/targets/{id}/asks"), None, view))
}

/// Starts a verification round: the owners of active advocates whose profile nobody confirmed for as long as the plan's
/// assumptions say get one message each. Who was asked in the last two weeks is not asked again.
#[utoipa::path(post, path = "/plan/verification-round", operation_id = "start_verification_round", tag = "plan",
    responses((status = 200, description = "What was asked", body = VerificationRound)))]
async fn start_verification_round(
    State(app): State<App>,
    Signed(actor): Signed,
) -> Result<Json<VerificationRound>, Problem> {
    Ok(Json(verification::start(&app, &actor).await?))
}

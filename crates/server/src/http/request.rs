//! Requests, candidates and approvals over HTTP.

use app::{
    App,
    advocate::reveal::RevealedContact,
    audit::{self, TimelineEntry},
    find::MatchAnswer,
    idempotency,
    listing::List,
    request::{
        self, ListRequests, RequestView,
        fulfil::{self, GradeUse, RecordUse, ScheduleUse},
        link::{self, IssuedLink},
        need_by::{self, MoveNeedBy},
        owner::{self, Approval, Approve, DeclineCandidate},
        propose::{self, ProposeCandidates, RequestMatches},
        stop::{self, CloseRequest, WithdrawRequest},
        submit::{self, SubmitRequest},
    },
};
use axum::{Json, extract::State};
use domain::id::{CandidateId, OpportunityId, RequestId};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    answer::{Created, Record},
    audit::TimelineQuery,
    extract::{Body, Create, Id, IfMatch, Query, Signed},
    problem::Problem,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list_requests, submit_request))
        .routes(routes!(get_request))
        .routes(routes!(withdraw_request))
        .routes(routes!(move_need_by))
        .routes(routes!(close_request))
        .routes(routes!(list_request_matches))
        .routes(routes!(propose_candidates))
        .routes(routes!(list_approvals))
        .routes(routes!(approve_candidate))
        .routes(routes!(decline_candidate))
        .routes(routes!(issue_answer_link))
        .routes(routes!(reveal_contact))
        .routes(routes!(schedule_use))
        .routes(routes!(record_use))
        .routes(routes!(grade_use))
        .routes(routes!(get_request_timeline))
}

/// Whose requests a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RequestScope {
    Mine,
    All,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct RequestsQuery {
    /// Your own requests, or all that you may see; all when absent.
    scope: Option<RequestScope>,
    /// Open ones or closed ones; both when absent.
    open: Option<bool>,
    /// Requests on one deal.
    #[param(value_type = Option<uuid::Uuid>)]
    opportunity: Option<OpportunityId>,
    /// Rows on a page, 1 to 200; 50 when absent.
    limit: Option<u64>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Lists requests, the newest first.
#[utoipa::path(get, path = "/requests", operation_id = "list_requests", tag = "requests",
    params(RequestsQuery),
    responses((status = 200, description = "A page of requests", body = List<RequestView>)))]
async fn list_requests(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<RequestsQuery>,
) -> Result<Json<List<RequestView>>, Problem> {
    let ask = ListRequests {
        mine: query.scope == Some(RequestScope::Mine),
        open: query.open,
        opportunity: query.opportunity,
        limit: query.limit,
        cursor: query.cursor,
    };
    Ok(Json(request::list(&app, &actor, ask).await?))
}

/// Asks for references. A named advocate without a use left refuses the whole request.
#[utoipa::path(post, path = "/requests", operation_id = "submit_request", tag = "requests",
    params(("Idempotency-Key" = String, Header, description = "A text of your own, new for each request")),
    request_body = SubmitRequest,
    responses((status = 201, description = "The request", body = RequestView)))]
async fn submit_request(
    State(app): State<App>,
    Signed(actor): Signed,
    create: Create<SubmitRequest>,
) -> Result<Created<RequestView>, Problem> {
    let (key, ask) = (create.key, create.body);
    let made = idempotency::once(
        &app,
        &key,
        async || {
            let id = submit::submit(&app, &actor, ask, Some(&key)).await?;
            request::get(&app, &actor, id).await
        },
        async |id| request::get(&app, &actor, RequestId(id)).await,
    )
    .await?;
    Ok(Created::at(
        &format!("/requests/{}", made.id),
        Some(made.version),
        made,
    ))
}

/// One request with its candidates.
#[utoipa::path(get, path = "/requests/{id}", operation_id = "get_request", tag = "requests",
    params(("id" = Uuid, Path)),
    responses((status = 200, description = "The request", body = RequestView)))]
async fn get_request(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<RequestId>,
) -> Result<Record<RequestView>, Problem> {
    let view = request::get(&app, &actor, id).await?;
    Ok(Record::new(view.version, view))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct RequestMatchesQuery {
    /// Leaves out advocates who rest or are blocked on the day; on unless switched off.
    only_available: Option<bool>,
    /// Rows on a page, 1 to 200; 20 when absent.
    limit: Option<u64>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Who fits a request, without those who were proposed on it before. Changes nothing.
#[utoipa::path(get, path = "/requests/{id}/matches", operation_id = "list_request_matches", tag = "requests",
    params(("id" = Uuid, Path), RequestMatchesQuery),
    responses((status = 200, description = "Ranked matches", body = MatchAnswer)))]
async fn list_request_matches(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<RequestId>,
    Query(query): Query<RequestMatchesQuery>,
) -> Result<Json<MatchAnswer>, Problem> {
    let ask = RequestMatches {
        only_available: query.only_available,
        limit: query.limit,
        cursor: query.cursor,
    };
    Ok(Json(propose::matches(&app, &actor, id, ask).await?))
}

/// Proposes candidates on an open request. As many as there is room for are asked at once, the
/// others wait in line; one without a use left refuses all of it.
#[utoipa::path(post, path = "/requests/{id}/candidates", operation_id = "propose_candidates", tag = "requests",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The ETag of the version you read"),
        ("Idempotency-Key" = String, Header, description = "A text of your own, new for each proposal")),
    request_body = ProposeCandidates,
    responses((status = 200, description = "The request as it is now", body = RequestView)))]
async fn propose_candidates(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<RequestId>,
    IfMatch(version): IfMatch,
    create: Create<ProposeCandidates>,
) -> Result<Record<RequestView>, Problem> {
    let (key, ask) = (create.key, create.body);
    let view = idempotency::once(
        &app,
        &key,
        async || propose::propose(&app, &actor, id, version, ask, Some(&key)).await,
        async |id| request::get(&app, &actor, RequestId(id)).await,
    )
    .await?;
    Ok(Record::new(view.version, view))
}

/// Withdraws a request; everybody who was asked is told.
#[utoipa::path(post, path = "/requests/{id}/withdraw", operation_id = "withdraw_request", tag = "requests",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The ETag of the version you read")),
    request_body = WithdrawRequest,
    responses((status = 200, description = "The request as it is now", body = RequestView)))]
async fn withdraw_request(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<RequestId>,
    IfMatch(version): IfMatch,
    Body(ask): Body<WithdrawRequest>,
) -> Result<Record<RequestView>, Problem> {
    let view = stop::withdraw(&app, &actor, id, version, ask).await?;
    Ok(Record::new(view.version, view))
}

/// Moves the day by which it is needed. Whoever is asked goes along or makes room for the next.
#[utoipa::path(put, path = "/requests/{id}/need-by", operation_id = "move_need_by", tag = "requests",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The ETag of the version you read")),
    request_body = MoveNeedBy,
    responses((status = 200, description = "The request as it is now", body = RequestView)))]
async fn move_need_by(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<RequestId>,
    IfMatch(version): IfMatch,
    Body(ask): Body<MoveNeedBy>,
) -> Result<Record<RequestView>, Problem> {
    let view = need_by::set(&app, &actor, id, version, ask).await?;
    Ok(Record::new(view.version, view))
}

/// Closes a request that stays without the references it wanted.
#[utoipa::path(post, path = "/requests/{id}/close", operation_id = "close_request", tag = "requests",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The ETag of the version you read")),
    request_body = CloseRequest,
    responses((status = 200, description = "The request as it is now", body = RequestView)))]
async fn close_request(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<RequestId>,
    IfMatch(version): IfMatch,
    Body(ask): Body<CloseRequest>,
) -> Result<Record<RequestView>, Problem> {
    let view = stop::close(&app, &actor, id, version, ask).await?;
    Ok(Record::new(view.version, view))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ApprovalsQuery {
    /// Rows on a page, 1 to 200; 50 when absent.
    limit: Option<u64>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// What waits for your decision, the most urgent first.
#[utoipa::path(get, path = "/approvals", operation_id = "list_approvals", tag = "requests",
    params(ApprovalsQuery),
    responses((status = 200, description = "A page of candidates that wait for a yes", body = List<Approval>)))]
async fn list_approvals(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<ApprovalsQuery>,
) -> Result<Json<List<Approval>>, Problem> {
    Ok(Json(
        owner::approvals(&app, &actor, query.limit, query.cursor.as_deref()).await?,
    ))
}

/// Says yes for the account; the advocate is asked next.
#[utoipa::path(post, path = "/candidates/{id}/approve", operation_id = "approve_candidate", tag = "requests",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The version of the candidate you read")),
    request_body = Approve,
    responses((status = 200, description = "The request as it is now", body = RequestView)))]
async fn approve_candidate(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<CandidateId>,
    IfMatch(version): IfMatch,
    Body(ask): Body<Approve>,
) -> Result<Record<RequestView>, Problem> {
    let view = owner::approve(&app, &actor, id, version, ask).await?;
    Ok(Record::new(view.version, view))
}

/// Says no for the account, with the reason that the requester reads.
#[utoipa::path(post, path = "/candidates/{id}/decline", operation_id = "decline_candidate", tag = "requests",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The version of the candidate you read")),
    request_body = DeclineCandidate,
    responses((status = 200, description = "The request as it is now", body = RequestView)))]
async fn decline_candidate(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<CandidateId>,
    IfMatch(version): IfMatch,
    Body(ask): Body<DeclineCandidate>,
) -> Result<Record<RequestView>, Problem> {
    let view = owner::decline(&app, &actor, id, version, ask).await?;
    Ok(Record::new(view.version, view))
}

/// Makes an answer link to pass on to an advocate whom no mail reaches. It is shown once.
#[utoipa::path(post, path = "/candidates/{id}/link", operation_id = "issue_answer_link", tag = "requests",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The version of the candidate you read")),
    responses((status = 200, description = "The link", body = IssuedLink)))]
async fn issue_answer_link(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<CandidateId>,
    IfMatch(version): IfMatch,
) -> Result<Json<IssuedLink>, Problem> {
    Ok(Json(link::copy(&app, &actor, id, version).await?))
}

/// Shows the contact details of an advocate who accepted, and logs that they were shown.
#[utoipa::path(post, path = "/candidates/{id}/reveal", operation_id = "reveal_contact", tag = "requests",
    params(("id" = Uuid, Path)),
    responses((status = 200, description = "The contact details", body = RevealedContact)))]
async fn reveal_contact(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<CandidateId>,
) -> Result<Json<RevealedContact>, Problem> {
    Ok(Json(fulfil::reveal(&app, &actor, id).await?))
}

/// Sets the agreed day.
#[utoipa::path(post, path = "/candidates/{id}/schedule", operation_id = "schedule_use", tag = "requests",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The version of the candidate you read")),
    request_body = ScheduleUse,
    responses((status = 200, description = "The request as it is now", body = RequestView)))]
async fn schedule_use(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<CandidateId>,
    IfMatch(version): IfMatch,
    Body(ask): Body<ScheduleUse>,
) -> Result<Record<RequestView>, Problem> {
    let view = fulfil::schedule(&app, &actor, id, version, ask).await?;
    Ok(Record::new(view.version, view))
}

/// Records that it took place.
#[utoipa::path(post, path = "/candidates/{id}/use", operation_id = "record_use", tag = "requests",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The version of the candidate you read")),
    request_body = RecordUse,
    responses((status = 200, description = "The request as it is now", body = RequestView)))]
async fn record_use(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<CandidateId>,
    IfMatch(version): IfMatch,
    Body(ask): Body<RecordUse>,
) -> Result<Record<RequestView>, Problem> {
    let view = fulfil::record_use(&app, &actor, id, version, ask).await?;
    Ok(Record::new(view.version, view))
}

/// Grades the reference from the seller's side.
#[utoipa::path(post, path = "/candidates/{id}/grade", operation_id = "grade_use", tag = "requests",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The version of the candidate you read")),
    request_body = GradeUse,
    responses((status = 200, description = "The request as it is now", body = RequestView)))]
async fn grade_use(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<CandidateId>,
    IfMatch(version): IfMatch,
    Body(ask): Body<GradeUse>,
) -> Result<Record<RequestView>, Problem> {
    let view = fulfil::grade(&app, &actor, id, version, ask).await?;
    Ok(Record::new(view.version, view))
}

/// What happened to a request, newest first.
#[utoipa::path(get, path = "/requests/{id}/timeline", operation_id = "get_request_timeline", tag = "requests",
    params(("id" = Uuid, Path), TimelineQuery),
    responses((status = 200, description = "A page of the timeline", body = List<TimelineEntry>)))]
async fn get_request_timeline(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<RequestId>,
    Query(query): Query<TimelineQuery>,
) -> Result<Json<List<TimelineEntry>>, Problem> {
    Ok(Json(
        audit::of_request(&app, &actor, id, &query.into()).await?,
    ))
}

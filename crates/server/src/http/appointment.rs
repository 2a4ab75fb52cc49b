//! Agreed times over HTTP: for colleagues by the candidate, for the buyer by the secret of a link.

use app::{
    App,
    request::{
        RequestView,
        appointment::{self, CallOff, InviteBuyer, PickSlot},
        link::IssuedLink,
        offer::{self, OfferSlots},
        slots_link::{self, SlotsView},
    },
};
use axum::{
    Json,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use domain::id::CandidateId;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    answer::Record,
    extract::{Body, Id, IfMatch, Signed},
    problem::Problem,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(offer_slots))
        .routes(routes!(pick_slot))
        .routes(routes!(call_off))
        .routes(routes!(invite_buyer))
        .routes(routes!(issue_pick_link))
        .routes(routes!(get_invitation))
        .routes(routes!(get_offered_slots, pick_offered_slot))
        .routes(routes!(get_offered_invitation))
}

/// A calendar file to keep.
struct CalendarFile(String);

impl IntoResponse for CalendarFile {
    fn into_response(self) -> Response {
        let headers = [
            (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
            (
                header::CONTENT_DISPOSITION,
                "attachment; filename=\"invitation.ics\"",
            ),
        ];
        (headers, self.0).into_response()
    }
}

/// Offers times to choose from, also in place of an agreed one: that one stands until another is picked.
#[utoipa::path(post, path = "/candidates/{id}/slots", operation_id = "offer_slots", tag = "requests",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The version of the candidate you read")),
    request_body = OfferSlots,
    responses((status = 200, description = "The request as it is now", body = RequestView)))]
async fn offer_slots(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<CandidateId>,
    IfMatch(version): IfMatch,
    Body(ask): Body<OfferSlots>,
) -> Result<Record<RequestView>, Problem> {
    let view = offer::offer(&app, &actor, id, version, ask).await?;
    Ok(Record::new(view.version, view))
}

/// Picks one of the offered times; everybody is invited.
#[utoipa::path(post, path = "/candidates/{id}/appointment", operation_id = "pick_slot", tag = "requests",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The version of the candidate you read")),
    request_body = PickSlot,
    responses((status = 200, description = "The request as it is now", body = RequestView)))]
async fn pick_slot(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<CandidateId>,
    IfMatch(version): IfMatch,
    Body(ask): Body<PickSlot>,
) -> Result<Record<RequestView>, Problem> {
    let view = appointment::pick(&app, &actor, id, version, ask).await?;
    Ok(Record::new(view.version, view))
}

/// Calls the agreed time off; the advocate's yes stands, and everybody's calendar is told.
#[utoipa::path(post, path = "/candidates/{id}/appointment/call-off", operation_id = "call_off", tag = "requests",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The version of the candidate you read")),
    request_body = CallOff,
    responses((status = 200, description = "The request as it is now", body = RequestView)))]
async fn call_off(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<CandidateId>,
    IfMatch(version): IfMatch,
    Body(ask): Body<CallOff>,
) -> Result<Record<RequestView>, Problem> {
    let view = appointment::call_off(&app, &actor, id, version, ask).await?;
    Ok(Record::new(view.version, view))
}

/// Sends the agreed time to the buyer, where nobody gave their address before.
#[utoipa::path(post, path = "/candidates/{id}/buyer", operation_id = "invite_buyer", tag = "requests",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The version of the candidate you read")),
    request_body = InviteBuyer,
    responses((status = 200, description = "The request as it is now", body = RequestView)))]
async fn invite_buyer(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<CandidateId>,
    IfMatch(version): IfMatch,
    Body(ask): Body<InviteBuyer>,
) -> Result<Record<RequestView>, Problem> {
    let view = appointment::invite_buyer(&app, &actor, id, version, ask).await?;
    Ok(Record::new(view.version, view))
}

/// Makes a link for the buyer to pick a time without a login. It is shown once.
#[utoipa::path(post, path = "/candidates/{id}/pick-link", operation_id = "issue_pick_link", tag = "requests",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The version of the candidate you read")),
    responses((status = 200, description = "The link", body = IssuedLink)))]
async fn issue_pick_link(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<CandidateId>,
    IfMatch(version): IfMatch,
) -> Result<Json<IssuedLink>, Problem> {
    Ok(Json(slots_link::issue(&app, &actor, id, version).await?))
}

/// The agreed time as a calendar file.
#[utoipa::path(get, path = "/candidates/{id}/invitation", operation_id = "get_invitation", tag = "requests",
    params(("id" = Uuid, Path)),
    responses((status = 200, description = "An iCalendar file", content_type = "text/calendar", body = String)))]
async fn get_invitation(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<CandidateId>,
) -> Result<CalendarFile, Problem> {
    Ok(CalendarFile(
        slots_link::file_for_staff(&app, &actor, id).await?,
    ))
}

/// The times behind a buyer's link. Looking changes nothing, so a mail scanner may look.
#[utoipa::path(get, path = "/slots/{token}", operation_id = "get_offered_slots", tag = "answers",
    params(("token" = String, Path, description = "The secret of the link")),
    responses((status = 200, description = "The times", body = SlotsView)))]
async fn get_offered_slots(
    State(app): State<App>,
    Id(token): Id<String>,
) -> Result<Json<SlotsView>, Problem> {
    Ok(Json(slots_link::look(&app, &token).await?))
}

/// Picks a time; each link picks once.
#[utoipa::path(post, path = "/slots/{token}", operation_id = "pick_offered_slot", tag = "answers",
    params(("token" = String, Path, description = "The secret of the link")),
    request_body = PickSlot,
    responses((status = 200, description = "The agreed time", body = SlotsView)))]
async fn pick_offered_slot(
    State(app): State<App>,
    Id(token): Id<String>,
    Body(ask): Body<PickSlot>,
) -> Result<Json<SlotsView>, Problem> {
    Ok(Json(slots_link::pick(&app, &token, ask).await?))
}

/// The time that was picked through a link as a calendar file.
#[utoipa::path(get, path = "/slots/{token}/invitation", operation_id = "get_offered_invitation", tag = "answers",
    params(("token" = String, Path, description = "The secret of the link")),
    responses((status = 200, description = "An iCalendar file", content_type = "text/calendar", body = String)))]
async fn get_offered_invitation(
    State(app): State<App>,
    Id(token): Id<String>,
) -> Result<CalendarFile, Problem> {
    Ok(CalendarFile(slots_link::file(&app, &token).await?))
}

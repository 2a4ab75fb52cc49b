//! The needs calendar over HTTP.

use app::{
    App, idempotency,
    plan::needs::{self, CreateNeed, EditNeed, ImportNeeds, ImportedNeeds, NeedCalendar, NeedView},
};
use axum::{
    Json,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use domain::{id::NeedId, time::Day};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::http::{
    answer::{Created, Record},
    extract::{Body, Create, Id, IfMatch, Query, Signed},
    problem::Problem,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(get_need_calendar, create_need))
        .routes(routes!(get_need_calendar_file))
        .routes(routes!(import_need_calendar))
        .routes(routes!(get_need, edit_need))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct CalendarQuery {
    /// The first day of the year that is shown; the first of this month when absent.
    from: Option<Day>,
}

/// Shows a year of needs with who could serve them, month by month, and the customers who are asked
/// for more than one thing.
#[utoipa::path(get, path = "/plan/needs", operation_id = "get_need_calendar", tag = "plan",
    params(CalendarQuery),
    responses((status = 200, description = "The calendar", body = NeedCalendar)))]
async fn get_need_calendar(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<CalendarQuery>,
) -> Result<Json<NeedCalendar>, Problem> {
    Ok(Json(needs::calendar(&app, &actor, query.from).await?))
}

/// A calendar file to keep or to load into another calendar.
struct CalendarFile(String);

impl IntoResponse for CalendarFile {
    fn into_response(self) -> Response {
        let headers = [
            (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
            (
                header::CONTENT_DISPOSITION,
                "attachment; filename=\"needs.ics\"",
            ),
        ];
        (headers, self.0).into_response()
    }
}

/// The open needs of the year as a calendar file: all-day events, each with an alarm on the last day on
/// which advocates have the notice they are due.
#[utoipa::path(get, path = "/plan/needs/calendar.ics", operation_id = "get_need_calendar_file", tag = "plan",
    params(CalendarQuery),
    responses((status = 200, description = "An iCalendar file", content_type = "text/calendar", body = String)))]
async fn get_need_calendar_file(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<CalendarQuery>,
) -> Result<CalendarFile, Problem> {
    Ok(CalendarFile(needs::file(&app, &actor, query.from).await?))
}

/// Notes a need: who needs how many references for what, and on which day.
#[utoipa::path(post, path = "/plan/needs", operation_id = "create_need", tag = "plan",
    params(("Idempotency-Key" = String, Header, description = "A text of your own, new for each create")),
    request_body = CreateNeed,
    responses((status = 201, description = "The need", body = NeedView)))]
async fn create_need(
    State(app): State<App>,
    Signed(actor): Signed,
    Create { key, body }: Create<CreateNeed>,
) -> Result<Created<NeedView>, Problem> {
    let view = idempotency::once(
        &app,
        &key,
        || needs::create(&app, &actor, body, Some(&key)),
        |id| needs::get(&app, &actor, id.into()),
    )
    .await?;
    Ok(Created::at(
        &format!("/plan/needs/{}", view.id),
        Some(view.version),
        view,
    ))
}

/// Makes needs of the events of an iCalendar file, the caller's own ones. An event is known by its id, so
/// loading a file again moves, changes and closes needs with their events and notes none twice; the events
/// of this program's own calendar file are its needs. What no need can be made of is told, event by event,
/// and holds nothing else up.
#[utoipa::path(post, path = "/plan/needs/import", operation_id = "import_need_calendar", tag = "plan",
    request_body = ImportNeeds,
    responses((status = 200, description = "What came of the file", body = ImportedNeeds)))]
async fn import_need_calendar(
    State(app): State<App>,
    Signed(actor): Signed,
    Body(ask): Body<ImportNeeds>,
) -> Result<Json<ImportedNeeds>, Problem> {
    Ok(Json(needs::import(&app, &actor, ask).await?))
}

/// Shows a need with who could serve it beside all others.
#[utoipa::path(get, path = "/plan/needs/{id}", operation_id = "get_need", tag = "plan",
    params(("id" = Uuid, Path)),
    responses((status = 200, description = "The need", body = NeedView)))]
async fn get_need(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<NeedId>,
) -> Result<Record<NeedView>, Problem> {
    let view = needs::get(&app, &actor, id).await?;
    Ok(Record::new(view.version, view))
}

/// Changes a need. Fields that are absent stay; saying how it ended closes it for good.
#[utoipa::path(patch, path = "/plan/needs/{id}", operation_id = "edit_need", tag = "plan",
    params(("id" = Uuid, Path),
        ("If-Match" = String, Header, description = "The version you read, in quotes")),
    request_body = EditNeed,
    responses((status = 200, description = "The need as it is now", body = NeedView)))]
async fn edit_need(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<NeedId>,
    IfMatch(version): IfMatch,
    Body(change): Body<EditNeed>,
) -> Result<Record<NeedView>, Problem> {
    let view = needs::edit(&app, &actor, id, version, change).await?;
    Ok(Record::new(view.version, view))
}

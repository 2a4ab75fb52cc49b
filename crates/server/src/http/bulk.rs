//! One change of many records over HTTP: the look before, the change, and the way back.

use app::{
    App,
    bulk::{self, BulkChangeView, BulkInput, BulkPreview},
    idempotency,
    listing::List,
};
use axum::{Json, extract::State};
use domain::id::BulkChangeId;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    answer::{Created, Record},
    extract::{Body, Create, Id, IfMatch, Signed},
    problem::Problem,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(preview_bulk_change))
        .routes(routes!(list_bulk_changes, make_bulk_change))
        .routes(routes!(get_bulk_change))
        .routes(routes!(cancel_bulk_change))
        .routes(routes!(undo_bulk_change))
}

/// Counts what a change of many records would do, and writes nothing.
#[utoipa::path(post, path = "/bulk-changes/preview", operation_id = "preview_bulk_change", tag = "lists",
    request_body = BulkInput,
    responses((status = 200, description = "How many change, stay, and why", body = BulkPreview)))]
async fn preview_bulk_change(
    State(app): State<App>,
    Signed(actor): Signed,
    Body(ask): Body<BulkInput>,
) -> Result<Json<BulkPreview>, Problem> {
    Ok(Json(bulk::preview(&app, &actor, ask).await?))
}

/// Lists the changes of many records that can be taken back, or were lately.
#[utoipa::path(get, path = "/bulk-changes", operation_id = "list_bulk_changes", tag = "lists",
    responses((status = 200, description = "At most 100 of the last 30 days", body = List<BulkChangeView>)))]
async fn list_bulk_changes(
    State(app): State<App>,
    Signed(actor): Signed,
) -> Result<Json<List<BulkChangeView>>, Problem> {
    Ok(Json(bulk::list(&app, &actor).await?))
}

/// Changes many records of a list, each that can be changed: up to 5,000 in one write, up to 50,000 piece by
/// piece in the background.
#[utoipa::path(post, path = "/bulk-changes", operation_id = "make_bulk_change", tag = "lists",
    params(("Idempotency-Key" = String, Header, description = "A text of your own, new for each create")),
    request_body = BulkInput,
    responses((status = 201, description = "The change", body = BulkChangeView)))]
async fn make_bulk_change(
    State(app): State<App>,
    Signed(actor): Signed,
    Create { key, body }: Create<BulkInput>,
) -> Result<Created<BulkChangeView>, Problem> {
    let view = idempotency::once(
        &app,
        &key,
        || bulk::make(&app, &actor, body, Some(&key)),
        |id| bulk::get(&app, &actor, id.into()),
    )
    .await?;
    let place = format!("/bulk-changes/{}", view.id);
    Ok(Created::at(&place, Some(view.version), view))
}

/// One change of many records.
#[utoipa::path(get, path = "/bulk-changes/{id}", operation_id = "get_bulk_change", tag = "lists",
    params(("id" = Uuid, Path)),
    responses((status = 200, description = "The change", body = BulkChangeView)))]
async fn get_bulk_change(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<BulkChangeId>,
) -> Result<Record<BulkChangeView>, Problem> {
    let view = bulk::get(&app, &actor, id).await?;
    Ok(Record::new(view.version, view))
}

/// Stops a change that is made piece by piece. What is changed stays, and can be taken back.
#[utoipa::path(post, path = "/bulk-changes/{id}/cancel", operation_id = "cancel_bulk_change", tag = "lists",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The ETag of the version you read")),
    responses((status = 200, description = "The change, cancelled", body = BulkChangeView)))]
async fn cancel_bulk_change(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<BulkChangeId>,
    IfMatch(version): IfMatch,
) -> Result<Record<BulkChangeView>, Problem> {
    let view = bulk::cancel(&app, &actor, id, version).await?;
    Ok(Record::new(view.version, view))
}

/// Takes a change of many records back, within 30 days. What somebody changed since stays. One of more than
/// 5,000 records is taken back piece by piece.
#[utoipa::path(post, path = "/bulk-changes/{id}/undo", operation_id = "undo_bulk_change", tag = "lists",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The ETag of the version you read")),
    responses((status = 200, description = "The change, taken back", body = BulkChangeView)))]
async fn undo_bulk_change(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<BulkChangeId>,
    IfMatch(version): IfMatch,
) -> Result<Record<BulkChangeView>, Problem> {
    let view = bulk::undo(&app, &actor, id, version).await?;
    Ok(Record::new(view.version, view))
}

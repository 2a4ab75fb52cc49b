//! Deleting records over HTTP, what is in the trash, and the way back.

use app::{
    App,
    listing::List,
    trash::{self, TrashedView},
};
use axum::{Json, extract::State, http::StatusCode};
use domain::{
    id::{AccountId, AdvocateId, ContactId, ContentId, TrashId},
    record::RecordKind,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    extract::{Id, IfMatch, Signed},
    problem::Problem,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(delete_account))
        .routes(routes!(delete_contact))
        .routes(routes!(delete_advocate))
        .routes(routes!(delete_content))
        .routes(routes!(list_trash))
        .routes(routes!(restore_trashed))
        .routes(routes!(remove_trashed))
}

/// Puts an account into the trash with its contacts and their profiles, where nothing rests on them.
#[utoipa::path(delete, path = "/accounts/{id}", operation_id = "delete_account", tag = "trash",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The ETag of the version you read")),
    responses((status = 200, description = "What is in the trash", body = TrashedView)))]
async fn delete_account(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<AccountId>,
    IfMatch(version): IfMatch,
) -> Result<Json<TrashedView>, Problem> {
    let kind = RecordKind::Account;
    Ok(Json(
        trash::delete(&app, &actor, kind, id.0, version).await?,
    ))
}

/// Puts a contact into the trash with the reference profile, where nothing rests on it.
#[utoipa::path(delete, path = "/contacts/{id}", operation_id = "delete_contact", tag = "trash",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The ETag of the version you read")),
    responses((status = 200, description = "What is in the trash", body = TrashedView)))]
async fn delete_contact(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<ContactId>,
    IfMatch(version): IfMatch,
) -> Result<Json<TrashedView>, Problem> {
    let kind = RecordKind::Contact;
    Ok(Json(
        trash::delete(&app, &actor, kind, id.0, version).await?,
    ))
}

/// Puts a reference profile into the trash, where nothing rests on it; the person stays a contact.
#[utoipa::path(delete, path = "/advocates/{id}", operation_id = "delete_advocate", tag = "trash",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The ETag of the version you read")),
    responses((status = 200, description = "What is in the trash", body = TrashedView)))]
async fn delete_advocate(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<AdvocateId>,
    IfMatch(version): IfMatch,
) -> Result<Json<TrashedView>, Problem> {
    let kind = RecordKind::Advocate;
    Ok(Json(
        trash::delete(&app, &actor, kind, id.0, version).await?,
    ))
}

/// Puts a piece of content into the trash with its file, where no link to it was ever sent.
#[utoipa::path(delete, path = "/content/{id}", operation_id = "delete_content", tag = "trash",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The ETag of the version you read")),
    responses((status = 200, description = "What is in the trash", body = TrashedView)))]
async fn delete_content(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<ContentId>,
    IfMatch(version): IfMatch,
) -> Result<Json<TrashedView>, Problem> {
    let kind = RecordKind::Content;
    Ok(Json(
        trash::delete(&app, &actor, kind, id.0, version).await?,
    ))
}

/// Lists what is in the trash, the newest first.
#[utoipa::path(get, path = "/trash", operation_id = "list_trash", tag = "trash",
    responses((status = 200, description = "At most 200 records", body = List<TrashedView>)))]
async fn list_trash(
    State(app): State<App>,
    Signed(actor): Signed,
) -> Result<Json<List<TrashedView>>, Problem> {
    Ok(Json(trash::list(&app, &actor).await?))
}

/// Puts a record back with everything that went with it.
#[utoipa::path(post, path = "/trash/{id}/restore", operation_id = "restore_trashed", tag = "trash",
    params(("id" = Uuid, Path)),
    responses((status = 204, description = "It is back")))]
async fn restore_trashed(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<TrashId>,
) -> Result<StatusCode, Problem> {
    trash::restore(&app, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Deletes a record for good, before its 30 days are over. Nothing brings it back.
#[utoipa::path(delete, path = "/trash/{id}", operation_id = "remove_trashed", tag = "trash",
    params(("id" = Uuid, Path)),
    responses((status = 204, description = "It is gone for good")))]
async fn remove_trashed(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<TrashId>,
) -> Result<StatusCode, Problem> {
    trash::remove(&app, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

//! Imports over HTTP: upload, decide, check, apply, and fetch what failed.

use app::{
    App, Error,
    idempotency::{self, CreateKey},
    import::undo::{self, PreviewView},
    import::upload::{self, EditImport, FieldView, ImportView, MappingView, SaveMapping},
    listing::List,
};
use axum::{
    Json,
    extract::{DefaultBodyLimit, Path, Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::id::ImportId;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    answer::{Created, Record},
    extract::{Body, Create, Id, IfMatch, Query, Signed, idempotency_key, read_bytes},
    page::PageQuery,
    problem::Problem,
};

/// The most bytes of an uploaded file.
pub const FILE_BYTES_MAX: usize = 64 * 1024 * 1024;

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list_imports, upload_import))
        .layer(DefaultBodyLimit::max(FILE_BYTES_MAX))
        .routes(routes!(get_import, edit_import))
        .routes(routes!(check_import))
        .routes(routes!(apply_import))
        .routes(routes!(cancel_import))
        .routes(routes!(get_import_undo, undo_import))
        .routes(routes!(get_import_errors))
        .routes(routes!(list_mappings, save_mapping))
        .routes(routes!(list_import_fields))
}

/// Lists imports, newest first.
#[utoipa::path(get, path = "/imports", operation_id = "list_imports", tag = "imports",
    params(PageQuery),
    responses((status = 200, description = "A page of imports", body = List<ImportView>)))]
async fn list_imports(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<PageQuery>,
) -> Result<Json<List<ImportView>>, Problem> {
    Ok(Json(upload::list(&app, &actor, &query.page()?).await?))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct UploadQuery {
    /// The name of the file; it helps to tell what the file holds.
    file_name: String,
}

/// Takes a file in: CSV, XLSX, JSON lines or YAML, as the raw body.
#[utoipa::path(post, path = "/imports", operation_id = "upload_import", tag = "imports",
    params(UploadQuery, ("Idempotency-Key" = String, Header, description = "A text of your own, new for each create")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, description = "What the file holds, and a proposal", body = ImportView)))]
async fn upload_import(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<UploadQuery>,
    headers: HeaderMap,
    request: Request,
) -> Result<Created<ImportView>, Problem> {
    let key = idempotency_key(&headers)?;
    let owner = actor.user_id().ok_or(Error::NotSignedIn)?;
    let bytes = read_bytes(request, &()).await?;
    let mut signed = query.file_name.clone().into_bytes();
    signed.push(0);
    signed.extend_from_slice(&bytes);
    let key = CreateKey::new(owner.to_string(), key, "upload_import", &signed);
    let view = idempotency::once(
        &app,
        &key,
        || upload::upload(&app, &actor, &query.file_name, bytes.to_vec(), Some(&key)),
        |id| upload::get(&app, &actor, id.into()),
    )
    .await?;
    let path = format!("/imports/{}", view.id);
    Ok(Created::at(&path, Some(view.version), view))
}

/// One import: its proposal, how far it is, and its report.
#[utoipa::path(get, path = "/imports/{id}", operation_id = "get_import", tag = "imports",
    params(("id" = Uuid, Path)),
    responses((status = 200, description = "The import", body = ImportView)))]
async fn get_import(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<ImportId>,
) -> Result<Record<ImportView>, Problem> {
    let view = upload::get(&app, &actor, id).await?;
    Ok(Record::new(view.version, view))
}

/// Chooses the kind, answers questions, or sets the mapping.
#[utoipa::path(patch, path = "/imports/{id}", operation_id = "edit_import", tag = "imports",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The ETag of the version you read")),
    request_body = EditImport,
    responses((status = 200, description = "The import as it is now", body = ImportView)))]
async fn edit_import(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<ImportId>,
    IfMatch(version): IfMatch,
    Body(change): Body<EditImport>,
) -> Result<Record<ImportView>, Problem> {
    let view = upload::edit(&app, &actor, id, version, change).await?;
    Ok(Record::new(view.version, view))
}

/// Decides every row and writes none; the report says what applying the file would do.
#[utoipa::path(post, path = "/imports/{id}/dry-run", operation_id = "check_import", tag = "imports",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The ETag of the version you read")),
    responses((status = 200, description = "The import with its report", body = ImportView)))]
async fn check_import(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<ImportId>,
    IfMatch(version): IfMatch,
) -> Result<Record<ImportView>, Problem> {
    let view = upload::check(&app, &actor, id, version).await?;
    Ok(Record::new(view.version, view))
}

/// Puts the rows into the queue; the import says how far it is. One that broke off is started again.
#[utoipa::path(post, path = "/imports/{id}/apply", operation_id = "apply_import", tag = "imports",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The ETag of the version you read")),
    responses((status = 202, description = "It waits for its turn", body = ImportView)))]
async fn apply_import(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<ImportId>,
    IfMatch(version): IfMatch,
) -> Result<Response, Problem> {
    // A large file takes longer than a request may, and must outlive the node: it is a job.
    let view = upload::start(&app, &actor, id, version).await?;
    let answer = Record::new(view.version, view).into_response();
    Ok((StatusCode::ACCEPTED, answer).into_response())
}

/// Stops an import that is being applied; what is in stays.
#[utoipa::path(post, path = "/imports/{id}/cancel", operation_id = "cancel_import", tag = "imports",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The ETag of the version you read")),
    responses((status = 200, description = "The import as it is now", body = ImportView)))]
async fn cancel_import(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<ImportId>,
    IfMatch(version): IfMatch,
) -> Result<Record<ImportView>, Problem> {
    let view = upload::cancel(&app, &actor, id, version).await?;
    Ok(Record::new(view.version, view))
}

/// Says what undoing an import would take back, what it would leave alone and why; writes nothing.
#[utoipa::path(get, path = "/imports/{id}/undo", operation_id = "get_import_undo", tag = "imports",
    params(("id" = Uuid, Path)),
    responses((status = 200, description = "The counts, or why it cannot be undone", body = PreviewView)))]
async fn get_import_undo(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<ImportId>,
) -> Result<Json<PreviewView>, Problem> {
    Ok(Json(undo::preview(&app, &actor, id).await?))
}

/// Puts the undo of an import into the queue, within 30 days of its end; the import says how far it is.
#[utoipa::path(post, path = "/imports/{id}/undo", operation_id = "undo_import", tag = "imports",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The ETag of the version you read")),
    responses((status = 202, description = "It waits for its turn", body = ImportView)))]
async fn undo_import(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<ImportId>,
    IfMatch(version): IfMatch,
) -> Result<Response, Problem> {
    let view = undo::start(&app, &actor, id, version).await?;
    let answer = Record::new(view.version, view).into_response();
    Ok((StatusCode::ACCEPTED, answer).into_response())
}

/// The rows that failed, as they came, each with its reason.
#[utoipa::path(get, path = "/imports/{id}/errors", operation_id = "get_import_errors", tag = "imports",
    params(("id" = Uuid, Path)),
    responses((status = 200, description = "A CSV file", body = String, content_type = "text/csv")))]
async fn get_import_errors(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<ImportId>,
) -> Result<Response, Problem> {
    let bytes = upload::error_file(&app, &actor, id).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"import-errors.csv\"",
        ),
    ];
    Ok((headers, bytes).into_response())
}

/// Lists the fields that the columns of a file may feed.
#[utoipa::path(get, path = "/import-fields/{kind}", operation_id = "list_import_fields", tag = "imports",
    params(("kind" = String, Path,
        description = "accounts, contacts, users, opportunities, advocates, content, uses or terms")),
    responses((status = 200, description = "Every field of the kind", body = List<FieldView>)))]
async fn list_import_fields(
    State(app): State<App>,
    Signed(actor): Signed,
    Path(kind): Path<String>,
) -> Result<Json<List<FieldView>>, Problem> {
    Ok(Json(upload::fields(&app, &actor, &kind).await?))
}

/// Lists saved mappings by name.
#[utoipa::path(get, path = "/import-mappings", operation_id = "list_import_mappings", tag = "imports",
    params(PageQuery),
    responses((status = 200, description = "A page of mappings", body = List<MappingView>)))]
async fn list_mappings(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<PageQuery>,
) -> Result<Json<List<MappingView>>, Problem> {
    Ok(Json(upload::mappings(&app, &actor, &query.page()?).await?))
}

/// Keeps a mapping for the next file of the same shape.
#[utoipa::path(post, path = "/import-mappings", operation_id = "save_import_mapping", tag = "imports",
    params(("Idempotency-Key" = String, Header, description = "A text of your own, new for each create")),
    request_body = SaveMapping,
    responses((status = 201, description = "The saved mapping", body = MappingView)))]
async fn save_mapping(
    State(app): State<App>,
    Signed(actor): Signed,
    Create { key, body }: Create<SaveMapping>,
) -> Result<Created<MappingView>, Problem> {
    let view = idempotency::once(
        &app,
        &key,
        || upload::save_mapping(&app, &actor, body, Some(&key)),
        |id| upload::mapping(&app, &actor, id.into()),
    )
    .await?;
    Ok(Created::at("/import-mappings", Some(view.version), view))
}

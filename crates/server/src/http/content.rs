//! The content library over HTTP.

use app::{
    App,
    audit::TimelineEntry,
    content::{
        self, ContentList, ContentView, ListContent,
        approve::{self, MoveContent},
        clean,
        edit::{self, CreateContent, EditContent},
        file,
    },
    idempotency,
    listing::List,
};
use axum::{
    Json,
    extract::{DefaultBodyLimit, Request, State},
    http::HeaderMap,
    response::Response,
};
use domain::{
    content::{Audience, ContentKind, ContentState},
    id::{AccountId, AdvocateId, ContentId, FileId, TermId},
    opportunity::DealStage,
    time::Day,
};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    answer::{Created, Record},
    audit::TimelineQuery,
    extract::{Body, Create, Id, Ids, IfMatch, Query, Signed, read_bytes},
    file as file_answer,
    problem::Problem,
    sort::Direction,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list_content, create_content))
        .routes(routes!(get_content, edit_content))
        .routes(routes!(move_content))
        .routes(routes!(get_content_timeline))
        .routes(routes!(get_content_file))
        .merge(files())
}

/// Room for the file itself; whatever is larger than a file may be is refused before it is read.
const UPLOAD_BYTES_MAX: usize = clean::FILE_BYTES_MAX + 1_024;

fn files() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(put_content_file, remove_content_file))
        .layer(DefaultBodyLimit::max(UPLOAD_BYTES_MAX))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ContentQuery {
    /// Part of a title, an account's name or a tag.
    q: Option<String>,
    /// Any of these kinds.
    #[serde(default)]
    kind: Vec<ContentKind>,
    stage: Option<DealStage>,
    state: Option<ContentState>,
    audience: Option<Audience>,
    account: Option<AccountId>,
    advocate: Option<AdvocateId>,
    /// Terms to be tagged with; of one facet any of them, of several facets each.
    #[serde(default)]
    term: Vec<TermId>,
    /// Content whose last day is this one or earlier.
    expires_until: Option<Day>,
    /// Conditions in groups as JSON: `{"all":[{"field":"name","is":"contains","value":"north"}]}`.
    filter: Option<String>,
    /// The key of a field that the list has for you; by title when absent.
    sort: Option<String>,
    direction: Option<Direction>,
    /// Rows on a page, 1 to 200; 50 when absent.
    limit: Option<u64>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Lists content, with how much there is of each stage.
#[utoipa::path(get, path = "/content", operation_id = "list_content", tag = "content",
    params(ContentQuery),
    responses((status = 200, description = "A page of content", body = ContentList)))]
async fn list_content(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<ContentQuery>,
) -> Result<Json<ContentList>, Problem> {
    let ask = ListContent {
        text: query.q,
        kinds: query.kind,
        stage: query.stage,
        state: query.state,
        audience: query.audience,
        account: query.account,
        advocate: query.advocate,
        terms: query.term,
        expires_until: query.expires_until,
        filter: query.filter,
        sort: query.sort,
        direction: query.direction.map(Into::into),
        limit: query.limit,
        cursor: query.cursor,
    };
    Ok(Json(content::list(&app, &actor, ask).await?))
}

/// Adds a piece of content as a draft.
#[utoipa::path(post, path = "/content", operation_id = "create_content", tag = "content",
    params(("Idempotency-Key" = String, Header, description = "A text of your own, new for each create")),
    request_body = CreateContent,
    responses((status = 201, description = "The draft", body = ContentView)))]
async fn create_content(
    State(app): State<App>,
    Signed(actor): Signed,
    Create { key, body }: Create<CreateContent>,
) -> Result<Created<ContentView>, Problem> {
    let view = idempotency::once(
        &app,
        &key,
        || async {
            let id = edit::create(&app, &actor, body, Some(&key)).await?;
            content::get(&app, &actor, id).await
        },
        |id| content::get(&app, &actor, id.into()),
    )
    .await?;
    let path = format!("/content/{}", view.row.id);
    Ok(Created::at(&path, Some(view.version), view))
}

/// One piece of content.
#[utoipa::path(get, path = "/content/{id}", operation_id = "get_content", tag = "content",
    params(("id" = Uuid, Path)),
    responses((status = 200, description = "The content", body = ContentView)))]
async fn get_content(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<ContentId>,
) -> Result<Record<ContentView>, Problem> {
    let view = content::get(&app, &actor, id).await?;
    Ok(Record::new(view.version, view))
}

/// Changes content. Fields that are absent stay as they are; null takes a value away.
#[utoipa::path(patch, path = "/content/{id}", operation_id = "edit_content", tag = "content",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The ETag of the version you read")),
    request_body = EditContent,
    responses((status = 200, description = "The content as it is now", body = ContentView)))]
async fn edit_content(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<ContentId>,
    IfMatch(version): IfMatch,
    Body(change): Body<EditContent>,
) -> Result<Record<ContentView>, Problem> {
    let view = edit::edit(&app, &actor, id, version, change).await?;
    Ok(Record::new(view.version, view))
}

/// Approves, retires or takes content back to a draft.
#[utoipa::path(post, path = "/content/{id}/move", operation_id = "move_content", tag = "content",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The ETag of the version you read")),
    request_body = MoveContent,
    responses((status = 200, description = "The content as it is now", body = ContentView)))]
async fn move_content(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<ContentId>,
    IfMatch(version): IfMatch,
    Body(ask): Body<MoveContent>,
) -> Result<Record<ContentView>, Problem> {
    let view = approve::advance(&app, &actor, id, version, ask).await?;
    Ok(Record::new(view.version, view))
}

/// What happened to a piece of content, newest first.
#[utoipa::path(get, path = "/content/{id}/timeline", operation_id = "get_content_timeline", tag = "content",
    params(("id" = Uuid, Path), TimelineQuery),
    responses((status = 200, description = "A page of the timeline", body = List<TimelineEntry>)))]
async fn get_content_timeline(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<ContentId>,
    Query(query): Query<TimelineQuery>,
) -> Result<Json<List<TimelineEntry>>, Problem> {
    let page = content::timeline(&app, &actor, id, &query.into()).await?;
    Ok(Json(page))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct FileQuery {
    /// The name under which it is downloaded; its ending follows from what the file is.
    file_name: String,
}

/// Puts a file into content, as the raw body: PDF, PNG, JPEG, WebP, MP4 or WebM, at most 25 MB.
#[utoipa::path(put, path = "/content/{id}/file", operation_id = "put_content_file", tag = "content",
    params(("id" = Uuid, Path), FileQuery, ("If-Match" = String, Header, description = "The ETag of the version you read")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, description = "The content with its file", body = ContentView)))]
async fn put_content_file(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<ContentId>,
    IfMatch(version): IfMatch,
    Query(query): Query<FileQuery>,
    request: Request,
) -> Result<Record<ContentView>, Problem> {
    let bytes = read_bytes(request, &()).await?.to_vec();
    let view = file::put(&app, &actor, id, version, &query.file_name, bytes).await?;
    Ok(Record::new(view.version, view))
}

/// Takes the file out of content.
#[utoipa::path(delete, path = "/content/{id}/file", operation_id = "remove_content_file", tag = "content",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The ETag of the version you read")),
    responses((status = 200, description = "The content without a file", body = ContentView)))]
async fn remove_content_file(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<ContentId>,
    IfMatch(version): IfMatch,
) -> Result<Record<ContentView>, Problem> {
    let view = file::remove(&app, &actor, id, version).await?;
    Ok(Record::new(view.version, view))
}

/// The file itself, or a range of it. The id of the file is in the content.
#[utoipa::path(get, path = "/content/{id}/files/{file_id}", operation_id = "get_content_file", tag = "content",
    params(("id" = Uuid, Path), ("file_id" = Uuid, Path)),
    responses((status = 200, description = "The file", body = Vec<u8>, content_type = "application/octet-stream")))]
async fn get_content_file(
    State(app): State<App>,
    Signed(actor): Signed,
    Ids(id, file_id): Ids<ContentId, FileId>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let found = file::of(&app, &actor, id, file_id).await?;
    Ok(file_answer::answer(&app, &found, &headers))
}

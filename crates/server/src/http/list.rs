//! What lists can be asked, and the views that people keep of them.

use app::{
    App, idempotency,
    list_view::{self, EditListView, ListViewView, SaveListView},
    listing::{self, Choice, List, ListField},
};
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use domain::id::ListViewId;
use import::kind::Kind;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    answer::{Created, Record},
    export::choose,
    extract::{Body, Create, Id, IfMatch, Signed},
    problem::Problem,
    sort::Direction,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list_fields))
        .routes(routes!(list_views, save_view))
        .routes(routes!(edit_view, remove_view))
        .routes(routes!(pin_view, unpin_view))
}

/// How a reader narrows and sorts a list; the same words in the address of the list itself.
pub(super) fn choice(
    text: Option<String>,
    filter: Option<String>,
    sort: Option<String>,
    direction: Option<Direction>,
) -> Choice {
    Choice {
        text,
        filter,
        sort,
        direction: direction.map(Into::into),
    }
}

pub(super) fn kind_of(word: &str) -> Result<Kind, app::Error> {
    word.parse()
        .map_err(|_| choose("kind", Kind::ALL.iter().map(|kind| kind.as_str())))
}

/// Lists the fields that you may narrow and sort a list by.
#[utoipa::path(get, path = "/lists/{kind}/fields", operation_id = "list_fields", tag = "lists",
    params(("kind" = String, Path, description = "accounts, contacts, advocates, opportunities, content or users")),
    responses((status = 200, description = "The fields", body = List<ListField>)))]
async fn list_fields(
    State(app): State<App>,
    Signed(actor): Signed,
    Path(kind): Path<String>,
) -> Result<Json<List<ListField>>, Problem> {
    let fields = listing::fields(&app, &actor, kind_of(&kind)?).await?;
    Ok(Json(List::whole(fields)))
}

/// Lists the views that you keep and those that colleagues share.
#[utoipa::path(get, path = "/views", operation_id = "list_views", tag = "lists",
    responses((status = 200, description = "The views", body = List<ListViewView>)))]
async fn list_views(
    State(app): State<App>,
    Signed(actor): Signed,
) -> Result<Json<List<ListViewView>>, Problem> {
    Ok(Json(list_view::list(&app, &actor).await?))
}

/// Keeps a view of a list; private unless you share it.
#[utoipa::path(post, path = "/views", operation_id = "save_view", tag = "lists",
    params(("Idempotency-Key" = String, Header, description = "A text of your own, new for each create")),
    request_body = SaveListView,
    responses((status = 201, description = "The view as it is kept", body = ListViewView)))]
async fn save_view(
    State(app): State<App>,
    Signed(actor): Signed,
    Create { key, body }: Create<SaveListView>,
) -> Result<Created<ListViewView>, Problem> {
    let view = idempotency::once(
        &app,
        &key,
        || list_view::save(&app, &actor, body, Some(&key)),
        |id| list_view::get(&app, &actor, id.into()),
    )
    .await?;
    let path = format!("/views/{}", view.id);
    Ok(Created::at(&path, Some(view.version), view))
}

/// Renames, changes or shares a view that you keep.
#[utoipa::path(patch, path = "/views/{id}", operation_id = "edit_view", tag = "lists",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The ETag of the version you read")),
    request_body = EditListView,
    responses((status = 200, description = "The view as it is now", body = ListViewView)))]
async fn edit_view(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<ListViewId>,
    IfMatch(version): IfMatch,
    Body(change): Body<EditListView>,
) -> Result<Record<ListViewView>, Problem> {
    let view = list_view::edit(&app, &actor, id, version, change).await?;
    Ok(Record::new(view.version, view))
}

/// Removes a view that you keep, for everybody.
#[utoipa::path(delete, path = "/views/{id}", operation_id = "remove_view", tag = "lists",
    params(("id" = Uuid, Path)),
    responses((status = 204, description = "It is kept no more")))]
async fn remove_view(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<ListViewId>,
) -> Result<StatusCode, Problem> {
    list_view::remove(&app, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Puts a view into your own navigation.
#[utoipa::path(put, path = "/views/{id}/pin", operation_id = "pin_view", tag = "lists",
    params(("id" = Uuid, Path)),
    responses((status = 200, description = "The view", body = ListViewView)))]
async fn pin_view(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<ListViewId>,
) -> Result<Json<ListViewView>, Problem> {
    Ok(Json(list_view::pin(&app, &actor, id, true).await?))
}

/// Takes a view out of your own navigation.
#[utoipa::path(delete, path = "/views/{id}/pin", operation_id = "unpin_view", tag = "lists",
    params(("id" = Uuid, Path)),
    responses((status = 200, description = "The view", body = ListViewView)))]
async fn unpin_view(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<ListViewId>,
) -> Result<Json<ListViewView>, Problem> {
    Ok(Json(list_view::pin(&app, &actor, id, false).await?))
}

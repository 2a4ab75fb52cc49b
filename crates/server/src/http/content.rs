//! The content library over HTTP.

use app::{
    App,
    content::{self, ContentRow, ContentView, ListContent},
    listing::List,
};
use axum::{Json, extract::State};
use domain::{content::ContentKind, id::ContentId};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    answer::Record,
    extract::{Id, Query, Signed},
    problem::Problem,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list_content))
        .routes(routes!(get_content))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ContentQuery {
    /// Part of a title.
    q: Option<String>,
    kind: Option<ContentKind>,
    /// Rows on a page, 1 to 200; 50 when absent.
    limit: Option<u64>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Lists content by title.
#[utoipa::path(get, path = "/content", operation_id = "list_content", tag = "content",
    params(ContentQuery),
    responses((status = 200, description = "A page of content", body = List<ContentRow>)))]
async fn list_content(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<ContentQuery>,
) -> Result<Json<List<ContentRow>>, Problem> {
    let ask = ListContent {
        text: query.q,
        kind: query.kind,
        limit: query.limit,
        cursor: query.cursor,
    };
    Ok(Json(content::list(&app, &actor, ask).await?))
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

//! The inbox over HTTP.

use app::{
    App,
    inbox::{self, ListNotices, NoticeView},
    listing::List,
};
use axum::{Json, extract::State, http::StatusCode};
use domain::id::NoticeId;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    extract::{Id, Query, Signed},
    problem::Problem,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list_inbox))
        .routes(routes!(read_notice))
        .routes(routes!(read_all_notices))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct InboxQuery {
    /// Only entries that are not read.
    unread: Option<bool>,
    /// Rows on a page, 1 to 200; 50 when absent.
    limit: Option<u64>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Your own inbox, newest first.
#[utoipa::path(get, path = "/inbox", operation_id = "list_inbox", tag = "inbox",
    params(InboxQuery),
    responses((status = 200, description = "A page of your inbox", body = List<NoticeView>)))]
async fn list_inbox(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<InboxQuery>,
) -> Result<Json<List<NoticeView>>, Problem> {
    let ask = ListNotices {
        unread_only: query.unread.unwrap_or(false),
        limit: query.limit,
        cursor: query.cursor,
    };
    Ok(Json(inbox::list(&app, &actor, ask).await?))
}

/// Marks one entry as read; doing it twice is no fault.
#[utoipa::path(post, path = "/inbox/{id}/read", operation_id = "read_notice", tag = "inbox",
    params(("id" = Uuid, Path)),
    responses((status = 204, description = "It is read")))]
async fn read_notice(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<NoticeId>,
) -> Result<StatusCode, Problem> {
    inbox::read(&app, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Marks every entry as read.
#[utoipa::path(post, path = "/inbox/read-all", operation_id = "read_all_notices", tag = "inbox",
    responses((status = 204, description = "All are read")))]
async fn read_all_notices(
    State(app): State<App>,
    Signed(actor): Signed,
) -> Result<StatusCode, Problem> {
    inbox::read_all(&app, &actor).await?;
    Ok(StatusCode::NO_CONTENT)
}

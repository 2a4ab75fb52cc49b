//! Comments over HTTP: what colleagues write to each other on a record.

use app::{
    App,
    comment::{self, CommentView, ListComments, WriteComment},
    idempotency,
    listing::List,
};
use axum::{Json, extract::State, http::StatusCode};
use domain::{id::CommentId, record::RecordKind};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    answer::Created,
    extract::{Create, Id, Query, Signed},
    problem::Problem,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list_comments, write_comment))
        .routes(routes!(remove_comment))
        .routes(routes!(put_back_comment))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct CommentsQuery {
    /// `account`, `contact`, `advocate`, `opportunity`, `request` or `content`.
    record_kind: RecordKind,
    /// The record that they stand on.
    record_id: Uuid,
    /// Rows on a page, 1 to 200; 50 when absent.
    limit: Option<u64>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Lists the comments on a record that you may read, newest first.
#[utoipa::path(get, path = "/comments", operation_id = "list_comments", tag = "comments",
    params(CommentsQuery),
    responses((status = 200, description = "A page of comments", body = List<CommentView>)))]
async fn list_comments(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<CommentsQuery>,
) -> Result<Json<List<CommentView>>, Problem> {
    let ask = ListComments {
        record_kind: query.record_kind,
        record_id: query.record_id,
        limit: query.limit,
        cursor: query.cursor,
    };
    Ok(Json(comment::list(&app, &actor, ask).await?))
}

/// Writes a comment on a record that you may read. Colleagues who are named by `@` and may read the record
/// too find a mention in their inbox.
#[utoipa::path(post, path = "/comments", operation_id = "write_comment", tag = "comments",
    params(("Idempotency-Key" = String, Header, description = "A text of your own, new for each comment")),
    request_body = WriteComment,
    responses((status = 201, description = "The comment", body = CommentView)))]
async fn write_comment(
    State(app): State<App>,
    Signed(actor): Signed,
    Create { key, body }: Create<WriteComment>,
) -> Result<Created<CommentView>, Problem> {
    let made = idempotency::once(
        &app,
        &key,
        async || {
            let id = comment::write(&app, &actor, body, Some(&key)).await?;
            comment::get(&app, &actor, id).await
        },
        async |id| comment::get(&app, &actor, CommentId(id)).await,
    )
    .await?;
    let path = format!("/comments/{}", made.id);
    Ok(Created::at(&path, None, made))
}

/// Removes a comment of your own; the program team removes anybody's. It can be put back until the next day.
#[utoipa::path(delete, path = "/comments/{id}", operation_id = "remove_comment", tag = "comments",
    params(("id" = Uuid, Path)),
    responses((status = 204, description = "It is gone")))]
async fn remove_comment(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<CommentId>,
) -> Result<StatusCode, Problem> {
    comment::remove(&app, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Puts a removed comment back; nobody is told anew.
#[utoipa::path(post, path = "/comments/{id}/put-back", operation_id = "put_back_comment", tag = "comments",
    params(("id" = Uuid, Path)),
    responses((status = 204, description = "It stands again")))]
async fn put_back_comment(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<CommentId>,
) -> Result<StatusCode, Problem> {
    comment::put_back(&app, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

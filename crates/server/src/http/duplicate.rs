//! Probable duplicates over HTTP: the queue, two records side by side, merging and the way back.

use app::{
    App,
    duplicate::{
        self, DuplicateView, Kind, LookView, PairInput,
        merge::{self, ComparisonView, MergeInput, MergeView},
    },
    idempotency,
    listing::{self, List},
};
use axum::{Json, extract::State, http::StatusCode};
use domain::id::MergeId;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    answer::Created,
    extract::{Body, Create, Id, Query, Signed},
    page::PageQuery,
    problem::Problem,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list_duplicates))
        .routes(routes!(look_for_duplicates))
        .routes(routes!(dismiss_duplicate))
        .routes(routes!(reinstate_duplicate))
        .routes(routes!(compare_records))
        .routes(routes!(list_merges, merge_records))
        .routes(routes!(undo_merge))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListQuery {
    /// The kind of record.
    kind: Kind,
    /// Pairs on a page, 1 to 200; 50 when absent.
    limit: Option<u64>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Lists the pairs that are probably one record, the surest first.
#[utoipa::path(get, path = "/duplicates", operation_id = "list_duplicates", tag = "duplicates",
    params(ListQuery),
    responses((status = 200, description = "A page of pairs", body = List<DuplicateView>)))]
async fn list_duplicates(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<ListQuery>,
) -> Result<Json<List<DuplicateView>>, Problem> {
    let page = listing::page(query.limit, query.cursor.as_deref())?;
    Ok(Json(
        duplicate::list(&app, &actor, query.kind, &page).await?,
    ))
}

/// Looks through all accounts and contacts anew and replaces the queue; an import does so by itself.
#[utoipa::path(post, path = "/duplicates/look", operation_id = "look_for_duplicates", tag = "duplicates",
    responses((status = 200, description = "How many pairs wait", body = LookView)))]
async fn look_for_duplicates(
    State(app): State<App>,
    Signed(actor): Signed,
) -> Result<Json<LookView>, Problem> {
    Ok(Json(duplicate::look(&app, &actor).await?))
}

/// Remembers that two records are not the same.
#[utoipa::path(post, path = "/duplicates/dismiss", operation_id = "dismiss_duplicate", tag = "duplicates",
    request_body = PairInput,
    responses((status = 204, description = "They do not come back")))]
async fn dismiss_duplicate(
    State(app): State<App>,
    Signed(actor): Signed,
    Body(pair): Body<PairInput>,
) -> Result<StatusCode, Problem> {
    duplicate::dismiss(&app, &actor, pair).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes back that two records are not the same.
#[utoipa::path(post, path = "/duplicates/reinstate", operation_id = "reinstate_duplicate", tag = "duplicates",
    request_body = PairInput,
    responses((status = 204, description = "They wait again")))]
async fn reinstate_duplicate(
    State(app): State<App>,
    Signed(actor): Signed,
    Body(pair): Body<PairInput>,
) -> Result<StatusCode, Problem> {
    duplicate::reinstate(&app, &actor, pair).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct PairQuery {
    /// The kind of record.
    kind: Kind,
    /// The id of one record.
    one: Uuid,
    /// The id of the other.
    other: Uuid,
}

/// Shows two records side by side.
#[utoipa::path(get, path = "/comparison", operation_id = "compare_records", tag = "duplicates",
    params(PairQuery),
    responses((status = 200, description = "Their fields", body = ComparisonView)))]
async fn compare_records(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<PairQuery>,
) -> Result<Json<ComparisonView>, Problem> {
    let pair = PairInput {
        kind: query.kind,
        one: query.one,
        other: query.other,
    };
    Ok(Json(merge::compare(&app, &actor, pair).await?))
}

/// Lists the merges that can be undone.
#[utoipa::path(get, path = "/merges", operation_id = "list_merges", tag = "duplicates",
    params(PageQuery),
    responses((status = 200, description = "A page of the merges of the last 30 days", body = List<MergeView>)))]
async fn list_merges(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<PageQuery>,
) -> Result<Json<List<MergeView>>, Problem> {
    Ok(Json(merge::recent(&app, &actor, &query.page()?).await?))
}

/// Makes one record of two: what pointed at the loser points at the winner.
#[utoipa::path(post, path = "/merges", operation_id = "merge_records", tag = "duplicates",
    params(("Idempotency-Key" = String, Header, description = "A text of your own, new for each create")),
    request_body = MergeInput,
    responses((status = 201, description = "The merge", body = MergeView)))]
async fn merge_records(
    State(app): State<App>,
    Signed(actor): Signed,
    Create { key, body }: Create<MergeInput>,
) -> Result<Created<MergeView>, Problem> {
    let view = idempotency::once(
        &app,
        &key,
        || merge::merge(&app, &actor, body, Some(&key)),
        |id| merge::get(&app, &actor, id.into()),
    )
    .await?;
    Ok(Created::at("/merges", None, view))
}

/// Makes two records of a merged one again, within 30 days.
#[utoipa::path(post, path = "/merges/{id}/undo", operation_id = "undo_merge", tag = "duplicates",
    params(("id" = Uuid, Path)),
    responses((status = 204, description = "They are two records again")))]
async fn undo_merge(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<MergeId>,
) -> Result<StatusCode, Problem> {
    merge::undo(&app, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

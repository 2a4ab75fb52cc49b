//! Find a reference over HTTP.

use app::{
    App,
    find::{
        self, FindReferences, MatchAnswer,
        buyer_questions::{self, AskQuestions, QuestionAnswers},
        workbench::{self, Workbench, WorkbenchAsk},
    },
    idempotency,
    listing::List,
    saved_search::{self, EditSavedSearch, SaveSearch, SavedSearchView},
    unmet_search::{self, UnmetSearchView},
};
use axum::{Json, extract::State, http::StatusCode};
use domain::id::SavedSearchId;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    answer::{Created, Record},
    extract::{Body, Create, Id, IfMatch, Query, Signed},
    problem::Problem,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(find_references))
        .routes(routes!(answer_questions))
        .routes(routes!(open_workbench))
        .routes(routes!(list_saved_searches, save_search))
        .routes(routes!(edit_saved_search, remove_saved_search))
        .routes(routes!(list_unmet_searches))
}

/// Searches people and content. A search without a match is kept as unmet demand.
#[utoipa::path(post, path = "/matches", operation_id = "find_references", tag = "matches",
    request_body = FindReferences,
    responses((status = 200, description = "People and content that fit the need", body = MatchAnswer)))]
async fn find_references(
    State(app): State<App>,
    Signed(actor): Signed,
    Body(ask): Body<FindReferences>,
) -> Result<Json<MatchAnswer>, Problem> {
    Ok(Json(find::search(&app, &actor, ask).await?))
}

/// Ranks a need with weights that are tried and not saved, and explains who is not in the ranking.
#[utoipa::path(post, path = "/matches/workbench", operation_id = "open_workbench", tag = "matches",
    request_body = WorkbenchAsk,
    responses((status = 200, description = "The ranking, its weights and limits, and who is left out", body = Workbench)))]
async fn open_workbench(
    State(app): State<App>,
    Signed(actor): Signed,
    Body(ask): Body<WorkbenchAsk>,
) -> Result<Json<Workbench>, Problem> {
    Ok(Json(workbench::open(&app, &actor, ask).await?))
}

/// Answers a buyer's list of questions: for each, which content answers it and who can.
#[utoipa::path(post, path = "/matches/questions", operation_id = "answer_questions", tag = "matches",
    request_body = AskQuestions,
    responses((status = 200, description = "The questions with their answers", body = QuestionAnswers)))]
async fn answer_questions(
    State(app): State<App>,
    Signed(actor): Signed,
    Body(ask): Body<AskQuestions>,
) -> Result<Json<QuestionAnswers>, Problem> {
    Ok(Json(buyer_questions::answer(&app, &actor, ask).await?))
}

/// Lists the searches that you keep, newest first.
#[utoipa::path(get, path = "/saved-searches", operation_id = "list_saved_searches", tag = "matches",
    responses((status = 200, description = "Your searches", body = List<SavedSearchView>)))]
async fn list_saved_searches(
    State(app): State<App>,
    Signed(actor): Signed,
) -> Result<Json<List<SavedSearchView>>, Problem> {
    Ok(Json(saved_search::list(&app, &actor).await?))
}

/// Keeps a search; with an alert, a line in the inbox tells when somebody new can be asked.
#[utoipa::path(post, path = "/saved-searches", operation_id = "save_search", tag = "matches",
    params(("Idempotency-Key" = String, Header, description = "A text of your own, new for each create")),
    request_body = SaveSearch,
    responses((status = 201, description = "The search as it is kept", body = SavedSearchView)))]
async fn save_search(
    State(app): State<App>,
    Signed(actor): Signed,
    Create { key, body }: Create<SaveSearch>,
) -> Result<Created<SavedSearchView>, Problem> {
    let view = idempotency::once(
        &app,
        &key,
        || saved_search::save(&app, &actor, body, Some(&key)),
        |id| saved_search::get(&app, &actor, id.into()),
    )
    .await?;
    let path = format!("/saved-searches/{}", view.id);
    Ok(Created::at(&path, Some(view.version), view))
}

/// Renames a search that you keep, or switches its alert.
#[utoipa::path(patch, path = "/saved-searches/{id}", operation_id = "edit_saved_search", tag = "matches",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The ETag of the version you read")),
    request_body = EditSavedSearch,
    responses((status = 200, description = "The search as it is now", body = SavedSearchView)))]
async fn edit_saved_search(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<SavedSearchId>,
    IfMatch(version): IfMatch,
    Body(change): Body<EditSavedSearch>,
) -> Result<Record<SavedSearchView>, Problem> {
    let view = saved_search::edit(&app, &actor, id, version, change).await?;
    Ok(Record::new(view.version, view))
}

/// Removes a search that you keep.
#[utoipa::path(delete, path = "/saved-searches/{id}", operation_id = "remove_saved_search", tag = "matches",
    params(("id" = Uuid, Path)),
    responses((status = 204, description = "It is kept no more")))]
async fn remove_saved_search(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<SavedSearchId>,
) -> Result<StatusCode, Problem> {
    saved_search::remove(&app, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct UnmetQuery {
    /// Rows on a page, 1 to 200; 50 when absent.
    limit: Option<u64>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Lists searches that found nobody, newest first, with the value of their deals.
#[utoipa::path(get, path = "/unmet-searches", operation_id = "list_unmet_searches", tag = "matches",
    params(UnmetQuery),
    responses((status = 200, description = "A page of searches without a match", body = List<UnmetSearchView>)))]
async fn list_unmet_searches(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<UnmetQuery>,
) -> Result<Json<List<UnmetSearchView>>, Problem> {
    let cursor = query.cursor.as_deref();
    Ok(Json(
        unmet_search::list(&app, &actor, query.limit, cursor).await?,
    ))
}

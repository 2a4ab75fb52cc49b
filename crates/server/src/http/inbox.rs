//! The inbox over HTTP.

use app::{
    App,
    digest::{self, ChooseDigest, DigestView},
    inbox::{
        self, Inbox, ListNotices, SnoozeNotice,
        kinds::{self, MutedKinds},
    },
};
use axum::{Json, extract::State, http::StatusCode};
use domain::{
    id::NoticeId,
    notice::{InboxPart, NoticeClass, UpdateKind},
};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    extract::{Body, Id, Query, Signed},
    problem::Problem,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list_inbox))
        .routes(routes!(read_notice))
        .routes(routes!(reopen_notice))
        .routes(routes!(snooze_notice, wake_notice))
        .routes(routes!(mute_notice, unmute_notice))
        .routes(routes!(list_muted_kinds))
        .routes(routes!(mute_kind, unmute_kind))
        .routes(routes!(read_all_notices))
        .routes(routes!(get_digest, choose_digest))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct InboxQuery {
    /// Which part of it; all that is not put off when absent.
    part: Option<InboxPart>,
    /// Only entries of this class.
    class: Option<NoticeClass>,
    /// Rows on a page, 1 to 200; 50 when absent.
    limit: Option<u64>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Your own inbox, newest first; what is put off in the order in which it comes back.
#[utoipa::path(get, path = "/inbox", operation_id = "list_inbox", tag = "inbox",
    params(InboxQuery),
    responses((status = 200, description = "A page of your inbox, with what waits in all of it", body = Inbox)))]
async fn list_inbox(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<InboxQuery>,
) -> Result<Json<Inbox>, Problem> {
    let ask = ListNotices {
        part: query.part,
        class: query.class,
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

/// Lets an entry wait again; doing it twice is no fault.
#[utoipa::path(post, path = "/inbox/{id}/unread", operation_id = "reopen_notice", tag = "inbox",
    params(("id" = Uuid, Path)),
    responses((status = 204, description = "It waits")))]
async fn reopen_notice(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<NoticeId>,
) -> Result<StatusCode, Problem> {
    inbox::reopen(&app, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Puts an entry off until an instant, in place of what was said before.
#[utoipa::path(put, path = "/inbox/{id}/snooze", operation_id = "snooze_notice", tag = "inbox",
    params(("id" = Uuid, Path)), request_body = SnoozeNotice,
    responses((status = 204, description = "It waits again at that instant")))]
async fn snooze_notice(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<NoticeId>,
    Body(ask): Body<SnoozeNotice>,
) -> Result<StatusCode, Problem> {
    inbox::snooze(&app, &actor, id, ask).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lets an entry that was put off wait now; doing it twice is no fault.
#[utoipa::path(delete, path = "/inbox/{id}/snooze", operation_id = "wake_notice", tag = "inbox",
    params(("id" = Uuid, Path)),
    responses((status = 204, description = "It waits")))]
async fn wake_notice(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<NoticeId>,
) -> Result<StatusCode, Problem> {
    inbox::wake(&app, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Mutes the thread of an update; asks and mentions still arrive.
#[utoipa::path(put, path = "/inbox/{id}/mute", operation_id = "mute_notice", tag = "inbox",
    params(("id" = Uuid, Path)),
    responses((status = 204, description = "No more updates lead there")))]
async fn mute_notice(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<NoticeId>,
) -> Result<StatusCode, Problem> {
    inbox::mute(&app, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lets the thread of an entry make updates again; doing it twice is no fault.
#[utoipa::path(delete, path = "/inbox/{id}/mute", operation_id = "unmute_notice", tag = "inbox",
    params(("id" = Uuid, Path)),
    responses((status = 204, description = "Updates arrive again")))]
async fn unmute_notice(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<NoticeId>,
) -> Result<StatusCode, Problem> {
    inbox::unmute(&app, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The kinds of update that you want no more of.
#[utoipa::path(get, path = "/inbox/muted-kinds", operation_id = "list_muted_kinds", tag = "inbox",
    responses((status = 200, description = "What you muted", body = MutedKinds)))]
async fn list_muted_kinds(
    State(app): State<App>,
    Signed(actor): Signed,
) -> Result<Json<MutedKinds>, Problem> {
    Ok(Json(kinds::list(&app, &actor).await?))
}

/// Wants no more updates of a kind, whatever the record; asks and mentions still arrive. Doing it twice is
/// no fault.
#[utoipa::path(put, path = "/inbox/muted-kinds/{kind}", operation_id = "mute_kind", tag = "inbox",
    params(("kind" = UpdateKind, Path)),
    responses((status = 204, description = "No more of them arrive")))]
async fn mute_kind(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(kind): Id<UpdateKind>,
) -> Result<StatusCode, Problem> {
    kinds::mute(&app, &actor, kind).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lets updates of a kind arrive again; doing it twice is no fault.
#[utoipa::path(delete, path = "/inbox/muted-kinds/{kind}", operation_id = "unmute_kind", tag = "inbox",
    params(("kind" = UpdateKind, Path)),
    responses((status = 204, description = "They arrive again")))]
async fn unmute_kind(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(kind): Id<UpdateKind>,
) -> Result<StatusCode, Problem> {
    kinds::unmute(&app, &actor, kind).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// When your daily letter about what is open comes.
#[utoipa::path(get, path = "/inbox/digest", operation_id = "get_digest", tag = "inbox",
    responses((status = 200, description = "The hour, and whether it comes", body = DigestView)))]
async fn get_digest(
    State(app): State<App>,
    Signed(actor): Signed,
) -> Result<Json<DigestView>, Problem> {
    Ok(Json(digest::get(&app, &actor).await?))
}

/// Chooses when your daily letter comes, in place of what was chosen before. An hour that is over
/// today counts from tomorrow.
#[utoipa::path(put, path = "/inbox/digest", operation_id = "choose_digest", tag = "inbox",
    request_body = ChooseDigest,
    responses((status = 200, description = "What is chosen now", body = DigestView)))]
async fn choose_digest(
    State(app): State<App>,
    Signed(actor): Signed,
    Body(ask): Body<ChooseDigest>,
) -> Result<Json<DigestView>, Problem> {
    Ok(Json(digest::choose(&app, &actor, ask).await?))
}

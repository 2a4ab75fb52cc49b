//! The event log over HTTP: the audit list and its proof.

use app::{
    App,
    audit::{self, ListEvents, Reading, TimelineEntry, Verification},
    listing::List,
};
use axum::{Json, extract::State};
use domain::{id::UserId, record::RecordKind, time::Timestamp};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    extract::{Query, Signed},
    problem::Problem,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list_events))
        .routes(routes!(verify_events))
}

/// The page of a timeline; every record's timeline takes the same.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TimelineQuery {
    /// Rows on a page, 1 to 200; 50 when absent.
    limit: Option<u64>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

impl From<TimelineQuery> for Reading {
    fn from(query: TimelineQuery) -> Self {
        Self {
            limit: query.limit,
            cursor: query.cursor,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct EventsQuery {
    /// Only events about records of this kind.
    kind: Option<RecordKind>,
    /// Only what this colleague did.
    #[param(value_type = Option<uuid::Uuid>)]
    actor: Option<UserId>,
    /// Only what touched the record with this id; `kind` names its kind.
    record: Option<uuid::Uuid>,
    /// From this instant on.
    #[param(value_type = Option<String>, format = DateTime)]
    since: Option<Timestamp>,
    /// Before this instant.
    #[param(value_type = Option<String>, format = DateTime)]
    before: Option<Timestamp>,
    /// Rows on a page, 1 to 200; 50 when absent.
    limit: Option<u64>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// What happened, newest first: everything for privacy, customers for the program, people and the
/// system for admins.
#[utoipa::path(get, path = "/events", operation_id = "list_events", tag = "audit",
    params(EventsQuery),
    responses((status = 200, description = "A page of the log", body = List<TimelineEntry>)))]
async fn list_events(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<EventsQuery>,
) -> Result<Json<List<TimelineEntry>>, Problem> {
    let ask = ListEvents {
        kind: query.kind,
        actor: query.actor,
        record: query.record,
        since: query.since,
        before: query.before,
        reading: Reading {
            limit: query.limit,
            cursor: query.cursor,
        },
    };
    Ok(Json(audit::list(&app, &actor, ask).await?))
}

/// Walks the whole log and names every place where it is not what was written.
#[utoipa::path(post, path = "/events/verify", operation_id = "verify_events", tag = "audit",
    responses((status = 200, description = "What was found", body = Verification)))]
async fn verify_events(
    State(app): State<App>,
    Signed(actor): Signed,
) -> Result<Json<Verification>, Problem> {
    Ok(Json(audit::verify(&app, &actor).await?))
}

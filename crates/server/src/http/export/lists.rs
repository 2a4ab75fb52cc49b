//! Lists that are no kind of record, as files. Each takes what its list takes, and no page.

use app::{
    App,
    actor::Actor,
    audit::ListEvents,
    duplicate,
    export::{self, lists::AskList},
    load::ListName,
    request::ListRequests,
    steward::AskQueue,
};
use axum::{extract::State, response::Response};
use domain::{
    id::{OpportunityId, UserId},
    record::RecordKind,
    steward::StewardReason,
    time::Timestamp,
};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    super::{
        extract::{Query, Signed},
        problem::Problem,
        request::RequestScope,
    },
    file, format_of,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(export_events))
        .routes(routes!(export_requests))
        .routes(routes!(export_load))
        .routes(routes!(export_steward_queue))
        .routes(routes!(export_duplicates))
}

async fn answer(
    app: &App,
    actor: &Actor,
    ask: AskList,
    format: Option<&str>,
) -> Result<Response, Problem> {
    let format = format_of(format)?;
    let list = ask.list();
    let export = export::open_list(app, actor, ask, format).await?;
    Ok(file(app, list.as_str(), format, export))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct EventsExport {
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
    /// `csv`, safe to open in a spreadsheet, or `jsonl`, raw with one row a line; `csv` when absent.
    #[param(inline)]
    format: Option<String>,
}

/// Exports the audit log as it stands now, newest first, narrowed as its list.
///
/// The rows end at the newest event when the export was asked for, whatever is written while they are
/// read. The export is an event itself, which names that position.
#[utoipa::path(post, path = "/events/export", operation_id = "export_events", tag = "audit",
    params(EventsExport),
    responses((status = 200, description = "CSV or JSON lines", body = String, content_type = "text/csv",
        headers(("Goodword-Rows" = u64, description = "How many rows there are")))))]
async fn export_events(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<EventsExport>,
) -> Result<Response, Problem> {
    let ask = AskList::Events(ListEvents {
        kind: query.kind,
        actor: query.actor,
        record: query.record,
        since: query.since,
        before: query.before,
        ..ListEvents::default()
    });
    answer(&app, &actor, ask, query.format.as_deref()).await
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct RequestsExport {
    /// Your own requests, or all that you may export; all when absent.
    scope: Option<RequestScope>,
    /// Open ones or closed ones; both when absent.
    open: Option<bool>,
    /// Requests on one deal.
    #[param(value_type = Option<uuid::Uuid>)]
    opportunity: Option<OpportunityId>,
    /// `csv`, safe to open in a spreadsheet, or `jsonl`, raw with one row a line; `csv` when absent.
    #[param(inline)]
    format: Option<String>,
}

/// Exports requests, the newest first: each with whose turn it is and who was asked, masked as on its page.
#[utoipa::path(post, path = "/requests/export", operation_id = "export_requests", tag = "requests",
    params(RequestsExport),
    responses((status = 200, description = "CSV or JSON lines", body = String, content_type = "text/csv",
        headers(("Goodword-Rows" = u64, description = "How many rows there are")))))]
async fn export_requests(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<RequestsExport>,
) -> Result<Response, Problem> {
    let ask = AskList::Requests(ListRequests {
        mine: query.scope == Some(RequestScope::Mine),
        open: query.open,
        opportunity: query.opportunity,
        ..ListRequests::default()
    });
    answer(&app, &actor, ask, query.format.as_deref()).await
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct LoadExport {
    /// Which of the lists of the report.
    #[param(inline)]
    list: ListName,
    /// `csv`, safe to open in a spreadsheet, or `jsonl`, raw with one row a line; `csv` when absent.
    #[param(inline)]
    format: Option<String>,
}

/// Exports a list of the load report to its end, where the report shows the first hundred.
#[utoipa::path(post, path = "/load/export", operation_id = "export_load", tag = "protection",
    params(LoadExport),
    responses((status = 200, description = "CSV or JSON lines", body = String, content_type = "text/csv",
        headers(("Goodword-Rows" = u64, description = "How many rows there are")))))]
async fn export_load(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<LoadExport>,
) -> Result<Response, Problem> {
    let ask = AskList::Load(query.list);
    answer(&app, &actor, ask, query.format.as_deref()).await
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct StewardExport {
    /// Only what waits for this reason.
    reason: Option<StewardReason>,
    /// What is put off, in place of what waits.
    put_off: Option<bool>,
    /// `csv`, safe to open in a spreadsheet, or `jsonl`, raw with one row a line; `csv` when absent.
    #[param(inline)]
    format: Option<String>,
}

/// Exports the steward queue, the most pressing reason first.
#[utoipa::path(post, path = "/steward/export", operation_id = "export_steward_queue", tag = "steward",
    params(StewardExport),
    responses((status = 200, description = "CSV or JSON lines", body = String, content_type = "text/csv",
        headers(("Goodword-Rows" = u64, description = "How many rows there are")))))]
async fn export_steward_queue(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<StewardExport>,
) -> Result<Response, Problem> {
    let ask = AskList::Steward(AskQueue {
        reason: query.reason,
        put_off: query.put_off.unwrap_or(false),
        ..AskQueue::default()
    });
    answer(&app, &actor, ask, query.format.as_deref()).await
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct DuplicatesExport {
    /// The kind of record.
    kind: duplicate::Kind,
    /// `csv`, safe to open in a spreadsheet, or `jsonl`, raw with one row a line; `csv` when absent.
    #[param(inline)]
    format: Option<String>,
}

/// Exports the pairs that are probably one record, the surest first.
#[utoipa::path(post, path = "/duplicates/export", operation_id = "export_duplicates", tag = "duplicates",
    params(DuplicatesExport),
    responses((status = 200, description = "CSV or JSON lines", body = String, content_type = "text/csv",
        headers(("Goodword-Rows" = u64, description = "How many rows there are")))))]
async fn export_duplicates(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<DuplicatesExport>,
) -> Result<Response, Problem> {
    let ask = AskList::Duplicates(query.kind);
    answer(&app, &actor, ask, query.format.as_deref()).await
}

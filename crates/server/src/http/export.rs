//! Records out over HTTP: streamed, with their count stated up front.

use app::{
    App, Error,
    export::{self, Export, Format},
};
use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderName, header},
    response::{IntoResponse, Response},
};
use futures_util::stream;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    extract::{Query, Signed},
    list::{choice, kind_of},
    problem::Problem,
    sort::Direction,
};

mod lists;

/// How many records the body holds. A body that ends without an error has exactly these.
const ROWS: HeaderName = HeaderName::from_static("goodword-rows");

/// Without it, spreadsheets take the text for an old encoding and garble names.
const BYTE_ORDER_MARK: &str = "\u{FEFF}";

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(export_records))
        .merge(lists::router())
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ExportQuery {
    /// `csv`, safe to open in a spreadsheet, or `jsonl`, raw with one record a line; `csv` when absent.
    #[param(inline)]
    format: Option<String>,
    /// Part of a name: only what that list shows.
    q: Option<String>,
    /// Conditions in groups, as the list takes them.
    filter: Option<String>,
    /// The field that the list is sorted by.
    sort: Option<String>,
    direction: Option<Direction>,
}

/// Exports the records of a kind that the caller may see; importing the file again changes nothing.
///
/// A post, because each export is an event of the log and counts against the bound on exports.
/// The header `Goodword-Rows` says how many records there are. When a record is removed meanwhile,
/// the answer breaks off instead of being silently shorter.
#[utoipa::path(post, path = "/exports/{kind}", operation_id = "export_records", tag = "exports",
    params(ExportQuery, ("kind" = String, Path,
        description = "accounts, contacts, users, opportunities, advocates, content, uses or terms")),
    responses((status = 200, description = "CSV or JSON lines", body = String, content_type = "text/csv",
        headers(("Goodword-Rows" = u64, description = "How many records there are")))))]
async fn export_records(
    State(app): State<App>,
    Signed(actor): Signed,
    Path(kind): Path<String>,
    Query(query): Query<ExportQuery>,
) -> Result<Response, Problem> {
    let kind = kind_of(&kind)?;
    let format = format_of(query.format.as_deref())?;
    let is_list = query.q.is_some() || query.filter.is_some() || query.sort.is_some();
    let choice = is_list.then(|| choice(query.q, query.filter, query.sort, query.direction));
    let export = export::open(&app, &actor, kind, format, choice.as_ref()).await?;
    Ok(file(&app, kind.as_str(), format, export))
}

fn format_of(word: Option<&str>) -> Result<Format, Error> {
    let Some(word) = word else {
        return Ok(Format::Csv);
    };
    word.parse().map_err(|_| {
        let formats = Format::ALL.iter().map(|format| format.as_str());
        choose("format", formats)
    })
}

/// The answer that a browser keeps as a file, with its rows stated up front.
fn file(app: &App, name: &str, format: Format, export: Export) -> Response {
    let content_type = match format {
        Format::Csv => "text/csv; charset=utf-8",
        Format::Jsonl => "application/jsonl; charset=utf-8",
    };
    let kept_as = format!(
        "attachment; filename=\"{name}-{}.{format}\"",
        app.clock.today()
    );
    let headers = [
        (header::CONTENT_TYPE, content_type.to_owned()),
        (header::CONTENT_DISPOSITION, kept_as),
        (ROWS, export.rows().to_string()),
    ];
    let mark = if format == Format::Csv {
        BYTE_ORDER_MARK
    } else {
        ""
    };
    (headers, Body::from_stream(parts(export, mark))).into_response()
}

pub(super) fn choose<'w>(field: &'static str, words: impl Iterator<Item = &'w str>) -> Error {
    let words: Vec<&str> = words.collect();
    Error::field(field, format!("Choose one of: {}.", words.join(", ")))
}

fn parts(
    export: Export,
    mark: &'static str,
) -> impl futures_util::Stream<Item = Result<String, Error>> {
    stream::try_unfold((export, mark), |(mut export, mark)| async move {
        let part = export.next().await.inspect_err(|error| {
            tracing::error!(
                error = error as &dyn std::error::Error,
                "an export broke off"
            );
        })?;
        Ok(part.map(|part| (format!("{mark}{part}"), (export, ""))))
    })
}

//! The web app inside the program: files by name, and its start page for every screen's address.

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::{EmbeddedFile, RustEmbed};

use super::problem::{Code, Problem};

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct WebApp;

const START_PAGE: &str = "index.html";

/// Names in this folder hold a digest of the content: the same name is always the same file.
const HASHED_FOLDER: &str = "assets/";

const IMMUTABLE: &str = "public, max-age=31536000, immutable";
const REVALIDATE: &str = "no-cache";

/// Answers everything that no route of the API answers.
pub async fn serve(request: Request) -> Response {
    let path = request.uri().path().trim_start_matches('/');
    if path == "api" || path.starts_with("api/") {
        return absent("There is no such operation. The API is described at /api/v1/openapi.json.");
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Problem::new(Code::MethodNotAllowed, "Pages and files are only read.")
            .into_response();
    }
    let is_start = path.is_empty() || path == START_PAGE;
    if !is_start && let Some(response) = file(path, request.headers()) {
        return response;
    }
    // The start page is for everybody who asks for it, whatever they say they accept.
    if !is_start && !is_navigation(request.headers()) {
        return absent("There is no such file.");
    }
    file(START_PAGE, request.headers()).unwrap_or_else(|| {
        absent("This build holds no web app; only the API is served. Build it with `make run`.")
    })
}

fn absent(detail: &str) -> Response {
    Problem::new(Code::NotFound, detail).into_response()
}

/// A person who opens an address, as opposed to a page that loads a file.
fn is_navigation(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"))
}

/// The file, in the smallest form that was built and that the browser takes.
fn file(path: &str, headers: &HeaderMap) -> Option<Response> {
    let plain = WebApp::get(path)?;
    let media_type = plain.metadata.mimetype().to_owned();
    let accepted = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let packed = [("br", "br"), ("gzip", "gz")]
        .into_iter()
        .filter(|(encoding, _)| takes(accepted, encoding))
        .find_map(|(encoding, ending)| {
            WebApp::get(&format!("{path}.{ending}")).map(|file| (encoding, file))
        });
    let (encoding, file) = match packed {
        Some((encoding, file)) => (Some(encoding), file),
        None => (None, plain),
    };
    Some(answer(path, &media_type, encoding, file, headers))
}

fn takes(accepted: &str, encoding: &str) -> bool {
    accepted.split(',').any(|entry| {
        let mut parts = entry.split(';').map(str::trim);
        parts.next() == Some(encoding) && parts.next() != Some("q=0")
    })
}

fn answer(
    path: &str,
    media_type: &str,
    encoding: Option<&'static str>,
    file: EmbeddedFile,
    asked: &HeaderMap,
) -> Response {
    let etag = format!("\"{}\"", storage::log::hex(&file.metadata.sha256_hash()));
    let is_same = asked
        .get(header::IF_NONE_MATCH)
        .is_some_and(|known| known.as_bytes() == etag.as_bytes());
    let mut response = if is_same {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Response::new(Body::from(file.data))
    };
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(media_type) {
        headers.insert(header::CONTENT_TYPE, value);
    }
    if let Ok(value) = HeaderValue::from_str(&etag) {
        headers.insert(header::ETAG, value);
    }
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    let caching = if path.starts_with(HASHED_FOLDER) {
        IMMUTABLE
    } else {
        REVALIDATE
    };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    response
}

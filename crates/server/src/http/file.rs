//! How files of content go out: as downloads that no browser runs, in ranges where a player asks.

use app::{App, content::file};
use axum::{
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures_util::TryStreamExt;
use http_range_header::parse_range_header;
use storage::content_file::ContentFile;

/// Even opened as a page of its own, a file runs nothing, loads nothing and sends nothing.
const SANDBOX: &str = "sandbox; default-src 'none'; style-src 'none'; frame-ancestors 'none'";

/// What of a file was asked for.
enum Asked {
    All,
    Part { first: u64, last: u64 },
    Nothing,
}

/// Answers with a file, or the one range of it that was asked for. Several ranges at once are
/// answered with the whole file, as the standard allows.
pub fn answer(app: &App, found: &ContentFile, asked: &HeaderMap) -> Response {
    let size = u64::try_from(found.byte_count).unwrap_or(0);
    let etag = format!("\"{}\"", found.digest);
    let (status, first, last) = match range(asked, size, &etag) {
        Asked::All => (StatusCode::OK, 0, size.saturating_sub(1)),
        Asked::Part { first, last } => (StatusCode::PARTIAL_CONTENT, first, last),
        Asked::Nothing => return unsatisfiable(size),
    };
    // The status is sent already when a piece cannot be read: the connection breaks instead.
    let pieces = file::read(app, found.id, first..=last)
        .inspect_err(|error| tracing::error!(%error, "a file could not be sent to its end"));
    let mut response = (status, Body::from_stream(pieces)).into_response();
    let headers = response.headers_mut();
    let mut put = |name: HeaderName, value: String| {
        if let Ok(value) = HeaderValue::try_from(value) {
            headers.insert(name, value);
        }
    };
    put(header::CONTENT_TYPE, found.media_type.clone());
    put(header::CONTENT_LENGTH, (last - first + 1).to_string());
    put(header::CONTENT_DISPOSITION, disposition(&found.name));
    put(header::CONTENT_SECURITY_POLICY, SANDBOX.to_owned());
    put(header::ACCEPT_RANGES, "bytes".to_owned());
    put(header::ETAG, etag);
    if status == StatusCode::PARTIAL_CONTENT {
        put(
            header::CONTENT_RANGE,
            format!("bytes {first}-{last}/{size}"),
        );
    }
    response
}

fn range(asked: &HeaderMap, size: u64, etag: &str) -> Asked {
    let text = |name: HeaderName| asked.get(name).and_then(|value| value.to_str().ok());
    let Some(range) = text(header::RANGE) else {
        return Asked::All;
    };
    // A part of another file must not be glued to a part of this one.
    if text(header::IF_RANGE).is_some_and(|known| known != etag) {
        return Asked::All;
    }
    let Ok(parsed) = parse_range_header(range) else {
        return Asked::All;
    };
    match parsed.validate(size).as_deref() {
        Ok([only]) => Asked::Part {
            first: *only.start(),
            last: *only.end(),
        },
        Ok(_) => Asked::All,
        Err(_) => Asked::Nothing,
    }
}

fn unsatisfiable(size: u64) -> Response {
    let mut response = StatusCode::RANGE_NOT_SATISFIABLE.into_response();
    if let Ok(value) = HeaderValue::try_from(format!("bytes */{size}")) {
        response.headers_mut().insert(header::CONTENT_RANGE, value);
    }
    response
}

/// A download under its name: in plain letters for old readers, in full for all others (RFC 6266).
fn disposition(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || " .-_()".contains(c) {
                c
            } else {
                '_'
            }
        })
        .collect();
    let mut full = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b".-_".contains(&byte) {
            full.push(char::from(byte));
        } else {
            full.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{full}")
}

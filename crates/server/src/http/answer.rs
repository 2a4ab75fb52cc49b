//! How records go out: with their version as the ETag, and with their address where they are new.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use super::PREFIX;

/// A record with its version as the ETag.
pub struct Record<T> {
    version: i64,
    body: T,
}

impl<T> Record<T> {
    pub fn new(version: i64, body: T) -> Self {
        Self { version, body }
    }
}

impl<T: Serialize> IntoResponse for Record<T> {
    fn into_response(self) -> Response {
        let etag = format!("\"{}\"", self.version);
        ([(header::ETAG, etag)], Json(self.body)).into_response()
    }
}

/// A record that was made, or made by an earlier try with the same key.
pub struct Created<T> {
    location: String,
    version: Option<i64>,
    body: T,
}

impl<T> Created<T> {
    /// `path` comes after the prefix of the API, such as `/users/{id}`.
    pub fn at(path: &str, version: Option<i64>, body: T) -> Self {
        Self {
            location: format!("{PREFIX}{path}"),
            version,
            body,
        }
    }
}

impl<T: Serialize> IntoResponse for Created<T> {
    fn into_response(self) -> Response {
        let mut response = (StatusCode::CREATED, Json(self.body)).into_response();
        let headers = response.headers_mut();
        if let Ok(location) = HeaderValue::from_str(&self.location) {
            headers.insert(header::LOCATION, location);
        }
        if let Some(version) = self.version
            && let Ok(etag) = HeaderValue::from_str(&format!("\"{version}\""))
        {
            headers.insert(header::ETAG, etag);
        }
        response
    }
}

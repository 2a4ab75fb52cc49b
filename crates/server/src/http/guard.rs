//! What surrounds every request: an id, a line in the log, a deadline, a net for panics.

use std::{
    any::Any,
    net::{IpAddr, SocketAddr},
    time::{Duration, Instant},
};

use app::{App, clock::new_id};
use axum::{
    body::Body,
    extract::{ConnectInfo, MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tracing::Instrument;
use uuid::Uuid;

use super::problem::{Code, Problem};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

const DEADLINE: Duration = Duration::from_secs(30);
/// Large files come over slow lines.
const DEADLINE_UPLOAD: Duration = Duration::from_secs(600);

/// Whether a proxy of the house stands in front and names the caller's address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proxy {
    None,
    /// The last entry of `X-Forwarded-For` is the one that the own proxy wrote.
    Own,
}

/// The network a request comes from, for limits on attempts: an address, or the /64 of an IPv6 one,
/// because one household holds a whole /64.
#[derive(Clone, Debug)]
pub struct ClientAddress(pub String);

impl ClientAddress {
    fn of(request: &Request, proxy: Proxy) -> Self {
        let peer = request
            .extensions()
            .get::<ConnectInfo<SocketAddr>>()
            .map(|info| info.0.ip());
        let named = match proxy {
            Proxy::None => None,
            Proxy::Own => forwarded_for(request.headers()),
        };
        Self(match named.or(peer).map(|address| address.to_canonical()) {
            Some(IpAddr::V4(address)) => address.to_string(),
            Some(IpAddr::V6(address)) => {
                let [a, b, c, d, ..] = address.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
            None => "unknown".to_owned(),
        })
    }
}

fn forwarded_for(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?;
    last.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
}

/// Gives the request an id and one line in the log. Neither query nor body nor person is logged.
pub async fn trace(State(proxy): State<Proxy>, mut request: Request, next: Next) -> Response {
    let address = ClientAddress::of(&request, proxy);
    request.extensions_mut().insert(address);
    let id: Uuid = new_id();
    let method = request.method().clone();
    let span = tracing::info_span!("request", %id);
    let started = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let milliseconds = started.elapsed().as_millis();
    let route = response
        .extensions()
        .get::<MatchedPath>()
        .map_or("other", MatchedPath::as_str);
    span.in_scope(|| {
        tracing::info!(%method, route, status = response.status().as_u16(), milliseconds, "answered");
    });
    if let Ok(value) = HeaderValue::from_str(&id.to_string()) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

/// Ends what takes too long, so that a stuck request does not hold a connection for ever.
pub async fn deadline(request: Request, next: Next) -> Response {
    let path = request.extensions().get::<MatchedPath>().cloned();
    let is_upload = path
        .as_ref()
        .is_some_and(|path| path.as_str().contains("/imports") || path.as_str().ends_with("/file"));
    let limit = if is_upload { DEADLINE_UPLOAD } else { DEADLINE };
    let mut response = tokio::time::timeout(limit, next.run(request))
        .await
        .unwrap_or_else(|_| {
            Problem::new(
                Code::TooSlow,
                "The answer took too long and was given up. Try again in a minute.",
            )
            .into_response()
        });
    // The log names the template of the path, never the ids and secrets in it.
    if let Some(path) = path {
        response.extensions_mut().insert(path);
    }
    response
}

/// A program that only this machine reaches answers to this machine's names only: otherwise a web
/// page could point a name of its own here and use the public passwords of the demo company.
pub async fn host(State(app): State<App>, request: Request, next: Next) -> Response {
    if app.config.is_loopback && !names_loopback(&request) {
        return Problem::new(
            Code::WrongHost,
            "This program listens to this machine only. Open it as http://localhost, or start it with --public-url.",
        )
        .into_response();
    }
    next.run(request).await
}

fn names_loopback(request: &Request) -> bool {
    let host = request
        .headers()
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .or_else(|| request.uri().host());
    let Some(host) = host else { return true };
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name.eq_ignore_ascii_case("localhost")
        || name
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

/// A panic is our fault: it is logged by the panic hook, and answered like any other fault.
pub fn panicked(_: Box<dyn Any + Send + 'static>) -> Response<Body> {
    Problem::from(app::Error::Broken("a handler panicked")).into_response()
}

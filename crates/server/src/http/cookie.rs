//! The session cookie: out of reach for scripts, sent by this site's own pages only.

use app::Config;
use axum::http::HeaderMap;
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};

/// Over https the name itself makes browsers insist on Secure, this host and the whole site.
const NAME_HTTPS: &str = "__Host-goodword";
/// Browsers keep no `__Host-` cookie from plain http, which only a loopback address should use.
const NAME_HTTP: &str = "goodword";

/// The same for a visit to the demo company, beside the session of the program that it is entered from.
const VISIT_HTTPS: &str = "__Host-goodword-demo";
const VISIT_HTTP: &str = "goodword-demo";

/// The cookie of sessions; the demo company's own sessions are visits.
fn name(config: &Config) -> &'static str {
    match (config.is_beside, config.is_https()) {
        (true, _) => visit_name(config),
        (false, true) => NAME_HTTPS,
        (false, false) => NAME_HTTP,
    }
}

fn visit_name(config: &Config) -> &'static str {
    if config.is_https() {
        VISIT_HTTPS
    } else {
        VISIT_HTTP
    }
}

/// The secret that the browser sent, if it sent one.
pub fn secret(headers: &HeaderMap, config: &Config) -> Option<String> {
    read(headers, name(config))
}

/// The secret of a visit to the demo company, if the browser sent one.
pub fn visit(headers: &HeaderMap, config: &Config) -> Option<String> {
    read(headers, visit_name(config))
}

fn read(headers: &HeaderMap, name: &str) -> Option<String> {
    let jar = CookieJar::from_headers(headers);
    jar.get(name).map(|cookie| cookie.value().to_owned())
}

/// Hands the browser a new secret. It lasts until the browser or the server ends it.
pub fn set(secret: String, config: &Config) -> CookieJar {
    CookieJar::new().add(built(name(config), secret, config))
}

/// Hands the browser the secret of a visit, beside that of its session.
pub fn set_visit(secret: String, config: &Config) -> CookieJar {
    CookieJar::new().add(built(visit_name(config), secret, config))
}

/// Makes the browser forget its secret.
pub fn clear(config: &Config) -> CookieJar {
    cleared(name(config), config)
}

/// Makes the browser forget the secret of a visit.
pub fn clear_visit(config: &Config) -> CookieJar {
    cleared(visit_name(config), config)
}

fn cleared(name: &'static str, config: &Config) -> CookieJar {
    let mut cookie = built(name, String::new(), config);
    cookie.make_removal();
    CookieJar::new().add(cookie)
}

fn built(name: &'static str, secret: String, config: &Config) -> Cookie<'static> {
    Cookie::build((name, secret))
        .path("/")
        .http_only(true)
        .secure(config.is_https())
        .same_site(SameSite::Lax)
        .build()
}

//! The session cookie: out of reach for scripts, sent by this site's own pages only.

use app::Config;
use axum::http::HeaderMap;
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};

/// Over https the name itself makes browsers insist on Secure, this host and the whole site.
const NAME_HTTPS: &str = "__Host-goodword";
/// Browsers keep no `__Host-` cookie from plain http, which only a loopback address should use.
const NAME_HTTP: &str = "goodword";

fn name(config: &Config) -> &'static str {
    if config.is_https() {
        NAME_HTTPS
    } else {
        NAME_HTTP
    }
}

/// The secret that the browser sent, if it sent one.
pub fn secret(headers: &HeaderMap, config: &Config) -> Option<String> {
    let jar = CookieJar::from_headers(headers);
    jar.get(name(config))
        .map(|cookie| cookie.value().to_owned())
}

/// Hands the browser a new secret. It lasts until the browser or the server ends it.
pub fn set(secret: String, config: &Config) -> CookieJar {
    CookieJar::new().add(built(secret, config))
}

/// Makes the browser forget its secret.
pub fn clear(config: &Config) -> CookieJar {
    let mut cookie = built(String::new(), config);
    cookie.make_removal();
    CookieJar::new().add(cookie)
}

fn built(secret: String, config: &Config) -> Cookie<'static> {
    Cookie::build((name(config), secret))
        .path("/")
        .http_only(true)
        .secure(config.is_https())
        .same_site(SameSite::Lax)
        .build()
}

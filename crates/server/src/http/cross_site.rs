//! Refuses writes that another site's page sends with this site's cookie.

use app::Config;
use axum::{body::Body, response::IntoResponse, response::Response};
use tower_http::csrf::{CsrfLayer, ProtectionError};

use super::problem::{Code, Problem};

type Refuse = fn(ProtectionError) -> Response<Body>;

/// The browser's own word on where a request comes from decides; without a browser there is no
/// cookie to misuse.
pub fn layer(config: &Config) -> CsrfLayer<Refuse> {
    let layer = CsrfLayer::new();
    // Behind a proxy that rewrites Host, the public address is what the browser names.
    let layer = layer
        .clone()
        .add_trusted_origin(&config.public_url)
        .unwrap_or(layer);
    layer.with_rejection_response(refuse as Refuse)
}

fn refuse(_: ProtectionError) -> Response<Body> {
    Problem::new(
        Code::CrossSite,
        "A page of another site sent this. Open the program itself and do it there.",
    )
    .into_response()
}

//! The HTTP side of the program. One file per feature, each with a `router()`; this file puts them
//! together and wraps them in what every answer shares.
//!
//! A new operation needs: a handler with `#[utoipa::path(.., operation_id = "..")]` in its feature's
//! file, and a line in `app::policy::operations`. Without the line it is refused.

mod absence;
pub mod access;
pub mod account;
pub mod advocate;
pub mod answer;
pub mod appointment;
mod assets;
pub mod audit;
pub mod beside;
pub mod brief;
mod bulk;
mod comment;
mod contact;
pub mod content;
pub mod cookie;
mod cross_site;
mod debrief;
mod document;
mod draft;
mod duplicate;
pub mod export;
pub mod extract;
mod file;
pub mod find;
pub mod group;
mod guard;
mod headers;
pub mod health;
mod hold;
mod home;
pub mod import;
pub mod inbox;
pub mod job;
pub mod leveraging;
pub mod list;
pub mod load;
pub mod opportunity;
pub mod outlook;
pub mod outside;
mod page;
pub mod partial;
pub mod plan;
pub mod problem;
pub mod request;
pub mod session;
pub mod setting;
pub mod setup;
pub mod share;
pub mod sight;
pub mod signed_link;
mod sort;
mod steward;
mod substitute;
pub mod taxonomy;
pub mod token;
mod trash;
pub mod user;

use app::App;
use axum::{Router, extract::DefaultBodyLimit, middleware};
use tower_http::compression::{
    CompressionLayer,
    predicate::{DefaultPredicate, NotForContentType, Predicate},
};
use utoipa_axum::router::OpenApiRouter;

pub use document::document;
pub use guard::{ClientAddress, Proxy};

/// Every path of the API starts with this.
pub const PREFIX: &str = "/api/v1";

/// The most bytes a body may have, but for uploads, which say so themselves.
pub const BODY_BYTES_MAX: usize = 1024 * 1024;

/// The features of the API, without a prefix and without a state.
fn features() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .merge(absence::router())
        .merge(account::router())
        .merge(appointment::router())
        .merge(group::router())
        .merge(advocate::router())
        .merge(audit::router())
        .merge(contact::router())
        .merge(content::router())
        .merge(debrief::router())
        .merge(document::router())
        .merge(export::router())
        .merge(find::router())
        .merge(health::router())
        .merge(beside::router())
        .merge(brief::router())
        .merge(bulk::router())
        .merge(comment::router())
        .merge(trash::router())
        .merge(duplicate::router())
        .merge(import::router())
        .merge(inbox::router())
        .merge(job::router())
        .merge(leveraging::router())
        .merge(load::router())
        .merge(list::router())
        .merge(opportunity::router())
        .merge(outlook::router())
        .merge(outside::router())
        .merge(plan::router())
        .merge(request::router())
        .merge(draft::router())
        .merge(hold::router())
        .merge(session::router())
        .merge(setting::router())
        .merge(setup::router())
        .merge(share::router())
        .merge(sight::router())
        .merge(signed_link::router())
        .merge(home::router())
        .merge(steward::router())
        .merge(substitute::router())
        .merge(taxonomy::router())
        .merge(token::router())
        .merge(user::router())
}

/// Videos and documents are packed already, and a packed range would be no range of the file.
fn packable() -> impl Predicate {
    DefaultPredicate::new()
        .and(NotForContentType::const_new("video/"))
        .and(NotForContentType::const_new("application/pdf"))
}

/// The whole program as one service: the API, and the web app for every other address.
pub fn router(app: App, proxy: Proxy) -> Router {
    let (api, document) = OpenApiRouter::with_openapi(document::frame())
        .nest(PREFIX, features())
        .split_for_parts();
    let gate = access::Gate::new(app.clone(), &document);
    let headers = headers::Headers::new(&app.config);
    api.layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(middleware::from_fn_with_state(gate, access::check))
        .fallback(assets::serve)
        .layer(cross_site::layer(&app.config))
        .layer(middleware::from_fn_with_state(app.clone(), guard::host))
        .layer(middleware::from_fn(guard::deadline))
        .layer(CompressionLayer::new().compress_when(packable()))
        .layer(tower_http::catch_panic::CatchPanicLayer::custom(
            guard::panicked,
        ))
        .layer(middleware::from_fn_with_state(headers, headers::add))
        .layer(middleware::from_fn_with_state(proxy, guard::trace))
        .with_state(app)
}

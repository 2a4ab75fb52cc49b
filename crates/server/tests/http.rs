//! The HTTP side, asked in-process through the router.

#[path = "http/support.rs"]
mod support;

#[path = "http/access.rs"]
mod access;
#[path = "http/headers.rs"]
mod headers;
#[path = "http/session.rs"]
mod session;

//! The goodword program: HTTP routes, wire errors, sessions, command line, embedded web app.
//!
//! Decides how an ask arrives and how the answer looks. Refuses to know who may do what and what
//! happens then: that is `app`.

pub mod cli;
pub mod http;
pub mod listen;
pub mod worker;

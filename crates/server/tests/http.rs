//! The HTTP side, asked in-process through the router.

#[path = "http/support.rs"]
mod support;

#[path = "http/access.rs"]
mod access;
#[path = "http/account.rs"]
mod account;
#[path = "http/audit.rs"]
mod audit;
#[path = "http/beside.rs"]
mod beside;
#[path = "http/content.rs"]
mod content;
#[path = "http/document.rs"]
mod document;
#[path = "http/export.rs"]
mod export;
#[path = "http/find.rs"]
mod find;
#[path = "http/headers.rs"]
mod headers;
#[path = "http/import.rs"]
mod import_steps;
#[path = "http/inbox.rs"]
mod inbox;
#[path = "http/job.rs"]
mod job;
#[path = "http/plan.rs"]
mod plan;
#[path = "http/session.rs"]
mod session;
#[path = "http/setting.rs"]
mod setting;
#[path = "http/setup.rs"]
mod setup;
#[path = "http/sight.rs"]
mod sight;
#[path = "http/token.rs"]
mod token;
#[path = "http/user.rs"]
mod user;
#[path = "http/viewing.rs"]
mod viewing;

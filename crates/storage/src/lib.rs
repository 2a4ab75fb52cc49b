//! The one data layer: SQLite in a folder or PostgreSQL by address, from one text.
//!
//! Decides how records are kept, found and chained. Refuses to know who may see them: every
//! look-up that serves a user takes the [`domain::access::Scope`] that policy worked out.
//! Entities are private, so no caller can build a look-up without one:
//!
//! ```compile_fail,E0603
//! use storage::advocate::entity;
//! ```

pub mod account;
pub mod advocate;
pub mod answer_link;
pub mod appointment;
pub mod backup;
pub mod bulk_change;
pub mod candidate;
pub mod comment;
mod connection;
pub mod consent;
pub mod contact;
pub mod content;
pub mod content_file;
pub mod copy;
pub mod digest;
pub mod duplicate;
pub mod erasure;
mod error;
pub mod export;
pub mod filter;
pub mod growth_goal;
pub mod hold;
pub mod idempotency;
pub mod import;
pub mod import_undo;
pub mod job;
pub mod leveraging;
pub mod list_view;
pub mod load;
pub mod lock_rule;
pub mod log;
pub mod merge;
mod migrate;
pub mod need;
pub mod notice;
pub mod opportunity;
mod packed;
pub mod page;
pub mod pipeline;
pub mod plan;
pub mod projection;
pub mod rate;
pub mod reach;
mod record;
pub mod recruiting;
pub mod recruiting_ask;
pub mod reference_use;
pub mod request;
pub mod saved_search;
pub mod scenario;
pub mod schema;
pub mod session;
pub mod setting;
pub mod share;
pub mod steward;
pub mod tag;
pub mod term;
pub mod timeline;
pub mod token;
pub mod trash;
mod tx;
pub mod unmet_search;
pub mod user;

pub use connection::{Engine, Location, Store};
pub use error::StorageError;
pub use migrate::{SchemaState, newest_version};
pub use record::Source;
pub use tx::{ActorRef, NewEvent, Tx};

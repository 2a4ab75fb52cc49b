//! What the rest of the program relies on, held on both engines by one body each.

#[path = "conformance/concurrency.rs"]
mod concurrency;
#[path = "conformance/copying.rs"]
mod copying;
#[path = "conformance/event_log.rs"]
mod event_log;
#[path = "conformance/leveraging.rs"]
mod leveraging;
#[path = "conformance/lists.rs"]
mod lists;
#[path = "conformance/records.rs"]
mod records;
#[path = "conformance/schema.rs"]
mod schema;
#[path = "conformance/values.rs"]
mod values;

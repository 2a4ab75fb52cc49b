//! What the rest of the program relies on, held on both engines by one body each.

/// Quotes, a backslash, wildcards, line ends, right-to-left, a combining mark, four-byte characters.
const AWKWARD: &str = "O'Neill \"&\" <b>\\ 100%_\r\n\tשלום e\u{301} 株式会社 🦀 $1 ? -- ;";

#[path = "conformance/arranging.rs"]
mod arranging;
#[path = "conformance/bare_rows.rs"]
mod bare_rows;
#[path = "conformance/commenting.rs"]
mod commenting;
#[path = "conformance/concurrency.rs"]
mod concurrency;
#[path = "conformance/copying.rs"]
mod copying;
#[path = "conformance/coverage.rs"]
mod coverage;
#[path = "conformance/demand.rs"]
mod demand;
#[path = "conformance/event_log.rs"]
mod event_log;
#[path = "conformance/filters.rs"]
mod filters;
#[path = "conformance/groups.rs"]
mod groups;
#[path = "conformance/importing.rs"]
mod importing;
#[path = "conformance/keeping.rs"]
mod keeping;
#[path = "conformance/leaving.rs"]
mod leaving;
#[path = "conformance/leveraging.rs"]
mod leveraging;
#[path = "conformance/lists.rs"]
mod lists;
#[path = "conformance/load.rs"]
mod load;
#[path = "conformance/merging.rs"]
mod merging;
#[path = "conformance/projection.rs"]
mod projection;
#[path = "conformance/records.rs"]
mod records;
#[path = "conformance/schema.rs"]
mod schema;
#[path = "conformance/sharing.rs"]
mod sharing;
#[path = "conformance/steward.rs"]
mod steward;
#[path = "conformance/taxonomy.rs"]
mod taxonomy;
#[path = "conformance/trashing.rs"]
mod trashing;
#[path = "conformance/undoing.rs"]
mod undoing;
#[path = "conformance/upkeep.rs"]
mod upkeep;
#[path = "conformance/values.rs"]
mod values;
#[path = "conformance/versions.rs"]
mod versions;

//! Builders, fixed clock, test databases on both engines.

#[cfg(feature = "app")]
mod app;
pub mod build;
mod database;
mod datasets;
pub mod postgres;

#[cfg(feature = "app")]
pub use app::TestApp;
pub use database::{TestDb, run};
pub use datasets::{datasets, files};

/// The day on which every test takes place.
pub const TODAY: &str = "2026-03-02";

/// The instant at which every test takes place, unless it moves its clock: 09:00 UTC on [`TODAY`].
pub const NOW: domain::time::Timestamp = domain::time::Timestamp(1_772_442_000_000_000);

/// The first page of any list.
pub const FIRST_PAGE: storage::page::Page = storage::page::Page {
    limit: 200,
    after: None,
};

/// A day by its text.
///
/// # Panics
/// When the text is not a day.
pub fn day(text: &str) -> domain::time::Day {
    text.parse().expect("a day of the form YYYY-MM-DD")
}

/// Runs each test body on a database of its own, once on SQLite and once on PostgreSQL.
///
/// ```ignore
/// testkit::on_both_engines! {
///     async fn a_saved_account_reads_back(db: TestDb) { ... }
/// }
/// ```
#[macro_export]
macro_rules! on_both_engines {
    ($($(#[$meta:meta])* async fn $name:ident($db:ident: TestDb) $body:block)+) => {
        $(
            $(#[$meta])*
            mod $name {
                use super::*;

                async fn body($db: $crate::TestDb) $body

                #[test]
                fn on_sqlite() {
                    $crate::run(async { body($crate::TestDb::sqlite().await).await });
                }

                #[test]
                fn on_postgres() {
                    $crate::run(async { body($crate::TestDb::postgres().await).await });
                }
            }
        )+
    };
}

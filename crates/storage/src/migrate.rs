//! Bringing a database to the schema this program knows, all or nothing.

use domain::time::Timestamp;
use sea_orm::{ConnectionTrait, FromQueryResult};
use sha2::{Digest, Sha256};

use crate::{
    connection::Store,
    error::StorageError,
    log::hex,
    record,
    tx::{ActorRef, Tx},
};

struct Migration {
    version: i64,
    name: &'static str,
    text: &'static str,
}

/// Every released step, oldest first. A released step never changes; the checksum holds that.
const MIGRATIONS: &[Migration] = &[
    Migration {
        version: 1,
        name: "spine",
        text: include_str!("../migrations/0001_spine.sql"),
    },
    Migration {
        version: 2,
        name: "clocks_and_erasure",
        text: include_str!("../migrations/0002_clocks_and_erasure.sql"),
    },
    Migration {
        version: 3,
        name: "saved_searches",
        text: include_str!("../migrations/0003_saved_searches.sql"),
    },
    Migration {
        version: 4,
        name: "planning",
        text: include_str!("../migrations/0004_planning.sql"),
    },
    Migration {
        version: 5,
        name: "content",
        text: include_str!("../migrations/0005_content.sql"),
    },
    Migration {
        version: 6,
        name: "appointments",
        text: include_str!("../migrations/0006_appointments.sql"),
    },
    Migration {
        version: 7,
        name: "overrides",
        text: include_str!("../migrations/0007_overrides.sql"),
    },
    Migration {
        version: 8,
        name: "list_views",
        text: include_str!("../migrations/0008_list_views.sql"),
    },
    Migration {
        version: 9,
        name: "outside_uses",
        text: include_str!("../migrations/0009_outside_uses.sql"),
    },
    Migration {
        version: 10,
        name: "profile_checks",
        text: include_str!("../migrations/0010_profile_checks.sql"),
    },
    Migration {
        version: 11,
        name: "merges",
        text: include_str!("../migrations/0011_merges.sql"),
    },
    Migration {
        version: 12,
        name: "recruiting",
        text: include_str!("../migrations/0012_recruiting.sql"),
    },
    Migration {
        version: 13,
        name: "gates",
        text: include_str!("../migrations/0013_gates.sql"),
    },
    Migration {
        version: 14,
        name: "scenarios",
        text: include_str!("../migrations/0014_scenarios.sql"),
    },
    Migration {
        version: 15,
        name: "bulk_changes",
        text: include_str!("../migrations/0015_bulk_changes.sql"),
    },
    Migration {
        version: 16,
        name: "trash",
        text: include_str!("../migrations/0016_trash.sql"),
    },
    Migration {
        version: 17,
        name: "chained_links",
        text: include_str!("../migrations/0017_chained_links.sql"),
    },
    Migration {
        version: 18,
        name: "drafts",
        text: include_str!("../migrations/0018_drafts.sql"),
    },
    Migration {
        version: 19,
        name: "needs",
        text: include_str!("../migrations/0019_needs.sql"),
    },
    Migration {
        version: 20,
        name: "list_indexes",
        text: include_str!("../migrations/0020_list_indexes.sql"),
    },
    Migration {
        version: 21,
        name: "viewing",
        text: include_str!("../migrations/0021_viewing.sql"),
    },
    Migration {
        version: 22,
        name: "steward",
        text: include_str!("../migrations/0022_steward.sql"),
    },
    Migration {
        version: 23,
        name: "inbox",
        text: include_str!("../migrations/0023_inbox.sql"),
    },
    Migration {
        version: 24,
        name: "digests",
        text: include_str!("../migrations/0024_digests.sql"),
    },
    Migration {
        version: 25,
        name: "growth_goals",
        text: include_str!("../migrations/0025_growth_goals.sql"),
    },
    Migration {
        version: 26,
        name: "conditions",
        text: include_str!("../migrations/0026_conditions.sql"),
    },
    Migration {
        version: 27,
        name: "departures",
        text: include_str!("../migrations/0027_departures.sql"),
    },
    Migration {
        version: 28,
        name: "tags_held",
        text: include_str!("../migrations/0028_tags_held.sql"),
    },
    Migration {
        version: 29,
        name: "refused_addresses",
        text: include_str!("../migrations/0029_refused_addresses.sql"),
    },
    Migration {
        version: 30,
        name: "answered_by_content",
        text: include_str!("../migrations/0030_answered_by_content.sql"),
    },
    Migration {
        version: 31,
        name: "trashed_files",
        text: include_str!("../migrations/0031_trashed_files.sql"),
    },
    Migration {
        version: 32,
        name: "long_bulk_changes",
        text: include_str!("../migrations/0032_long_bulk_changes.sql"),
    },
    Migration {
        version: 33,
        name: "backups",
        text: include_str!("../migrations/0033_backups.sql"),
    },
    Migration {
        version: 34,
        name: "need_alarms",
        text: include_str!("../migrations/0034_need_alarms.sql"),
    },
    Migration {
        version: 35,
        name: "debriefs",
        text: include_str!("../migrations/0035_debriefs.sql"),
    },
    Migration {
        version: 36,
        name: "absences",
        text: include_str!("../migrations/0036_absences.sql"),
    },
    Migration {
        version: 37,
        name: "confirmed_budgets",
        text: include_str!("../migrations/0037_confirmed_budgets.sql"),
    },
    Migration {
        version: 38,
        name: "holds",
        text: include_str!("../migrations/0038_holds.sql"),
    },
    Migration {
        version: 39,
        name: "locks_by_rule",
        text: include_str!("../migrations/0039_locks_by_rule.sql"),
    },
    Migration {
        version: 40,
        name: "recruiting_asks",
        text: include_str!("../migrations/0040_recruiting_asks.sql"),
    },
    Migration {
        version: 41,
        name: "agreed_ahead",
        text: include_str!("../migrations/0041_agreed_ahead.sql"),
    },
    Migration {
        version: 42,
        name: "escalations_and_disputes",
        text: include_str!("../migrations/0042_escalations_and_disputes.sql"),
    },
    Migration {
        version: 43,
        name: "kinds_of_updates",
        text: include_str!("../migrations/0043_kinds_of_updates.sql"),
    },
    Migration {
        version: 44,
        name: "quota_asks",
        text: include_str!("../migrations/0044_quota_asks.sql"),
    },
    Migration {
        version: 45,
        name: "comments",
        text: include_str!("../migrations/0045_comments.sql"),
    },
    Migration {
        version: 46,
        name: "group_calls",
        text: include_str!("../migrations/0046_group_calls.sql"),
    },
    Migration {
        version: 47,
        name: "consents_by_channel_and_region",
        text: include_str!("../migrations/0047_consents_by_channel_and_region.sql"),
    },
];

/// The newest schema that this program knows.
pub fn newest_version() -> i64 {
    MIGRATIONS.last().map_or(0, |migration| migration.version)
}

/// What a database's schema is to this program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemaState {
    /// No table of ours yet.
    Empty,
    Current,
    /// Steps are missing; migrating adds them.
    Behind {
        version: i64,
    },
    /// Written by a newer program, or a step differs from the one released.
    Unknown {
        version: i64,
    },
}

#[derive(Clone, Debug, FromQueryResult)]
struct Applied {
    version: i64,
    checksum: String,
}

const CREATE_TABLE: &str = "
create table if not exists schema_migrations (
    version bigint primary key not null,
    name text not null,
    checksum text not null,
    applied_at bigint not null
)";
const APPLIED: &str = "select version, checksum from schema_migrations order by version";
const NOTE: &str =
    "insert into schema_migrations (version, name, checksum, applied_at) values ($1, $2, $3, $4)";

fn checksum(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// The statements of a migration: comments dropped, split at the semicolon that ends a line.
fn statements(text: &str) -> impl Iterator<Item = String> {
    let body: String = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("--"))
        .flat_map(|line| [line, "\n"])
        .collect();
    body.split(";\n")
        .map(|statement| statement.trim().to_owned())
        .filter(|statement| !statement.is_empty())
        .collect::<Vec<_>>()
        .into_iter()
}

impl Store {
    /// Compares what was applied here with what this program knows.
    pub async fn schema_state(&self) -> Result<SchemaState, StorageError> {
        if !crate::schema::has_table(self, "schema_migrations").await? {
            return Ok(SchemaState::Empty);
        }
        let applied: Vec<Applied> = record::all(self, APPLIED, vec![]).await?;
        for (row, known) in applied.iter().zip(MIGRATIONS) {
            if row.version != known.version || row.checksum != checksum(known.text) {
                return Ok(SchemaState::Unknown {
                    version: row.version,
                });
            }
        }
        let version = applied.last().map_or(0, |row| row.version);
        Ok(match applied.len().cmp(&MIGRATIONS.len()) {
            std::cmp::Ordering::Less if applied.is_empty() => SchemaState::Empty,
            std::cmp::Ordering::Less => SchemaState::Behind { version },
            std::cmp::Ordering::Equal => SchemaState::Current,
            std::cmp::Ordering::Greater => SchemaState::Unknown { version },
        })
    }

    /// Applies the missing steps in one transaction; refuses a schema it does not know.
    pub async fn migrate(&self, now: Timestamp) -> Result<(), StorageError> {
        match self.schema_state().await? {
            SchemaState::Current => return Ok(()),
            SchemaState::Unknown { version } => {
                return Err(StorageError::Location(format!(
                    "The database has schema {version}, which this program does not know. Use the program version that wrote it, or a newer one."
                )));
            }
            SchemaState::Empty | SchemaState::Behind { .. } => {}
        }
        let tx = self.begin(ActorRef::SYSTEM, now).await?;
        apply_missing(&tx).await?;
        tx.commit().await
    }
}

/// Applies the missing steps inside an open write.
pub(crate) async fn apply_missing(tx: &Tx) -> Result<(), StorageError> {
    tx.inner().execute_unprepared(CREATE_TABLE).await?;
    let applied: Vec<Applied> = record::all(tx, APPLIED, vec![]).await?;
    for migration in MIGRATIONS.iter().skip(applied.len()) {
        apply(tx, migration).await?;
    }
    Ok(())
}

async fn apply(tx: &Tx, migration: &Migration) -> Result<(), StorageError> {
    for statement in statements(migration.text) {
        tx.inner().execute_unprepared(&statement).await?;
    }
    let values = vec![
        migration.version.into(),
        migration.name.into(),
        checksum(migration.text).into(),
        tx.now().into(),
    ];
    record::execute(tx, NOTE, values).await?;
    Ok(())
}

//! What can go wrong below the rooms that know why something was asked.

use sea_orm::{DbErr, SqlErr};

/// A broken look-up or write. Absent rows are `None`, refused moves are the caller's enums.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// Somebody else wrote the row since it was read.
    #[error("the record was changed by somebody else")]
    Stale,
    /// A unique value is taken.
    #[error("a record with the same unique value exists")]
    Duplicate(#[source] DbErr),
    /// A stored value is not what its column holds.
    #[error("table {table} holds a value it must not hold: {problem}")]
    BadRow {
        table: &'static str,
        problem: String,
    },
    /// The database cannot be opened, reached, or does not accept the statement.
    #[error("the database did not answer as expected")]
    Database(#[source] DbErr),
    /// The data folder or address cannot be used.
    #[error("{0}")]
    Location(String),
}

impl From<DbErr> for StorageError {
    fn from(error: DbErr) -> Self {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Self::Duplicate(error),
            _ => Self::Database(error),
        }
    }
}

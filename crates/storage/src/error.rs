//! What can go wrong below the rooms that know why something was asked.

use sea_orm::{DbErr, RuntimeErr, SqlErr};

/// A broken look-up or write. Absent rows are `None`, refused moves are the caller's enums.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// Somebody else wrote the row since it was read.
    #[error("the record was changed by somebody else")]
    Stale,
    /// A unique value is taken.
    #[error("a record with the same unique value exists")]
    Duplicate(#[source] DbErr),
    /// A text holds a character that the engine keeps in no text; nothing was read or written.
    #[error("a text holds a character that cannot be kept")]
    Unkeepable(#[source] DbErr),
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
            _ if is_unkeepable(&error) => Self::Unkeepable(error),
            _ => Self::Database(error),
        }
    }
}

/// PostgreSQL's `character_not_in_repertoire`: no text of it holds the character NUL.
const NOT_IN_REPERTOIRE: &str = "22021";

fn is_unkeepable(error: &DbErr) -> bool {
    let (DbErr::Query(RuntimeErr::SqlxError(cause)) | DbErr::Exec(RuntimeErr::SqlxError(cause))) =
        error
    else {
        return false;
    };
    let code = cause.as_database_error().and_then(|error| error.code());
    code.is_some_and(|code| code == NOT_IN_REPERTOIRE)
}

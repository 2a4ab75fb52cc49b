//! Opening the store: one write connection and a read-only pool on SQLite, one pool on PostgreSQL.

use std::{path::PathBuf, str::FromStr, time::Duration};

use domain::time::Timestamp;
use sea_orm::{
    ConnectOptions, Database, DatabaseConnection, DatabaseTransaction, DbErr,
    SqliteTransactionMode, TransactionOptions, TransactionTrait, sqlx::sqlite::SqliteJournalMode,
    sqlx::sqlite::SqliteSynchronous,
};

use crate::{
    error::StorageError,
    record::{Source, sealed::Connected},
    tx::{ActorRef, Tx},
};

/// Where the data lives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// A data folder with a SQLite database in it; created when missing.
    Folder(PathBuf),
    /// A PostgreSQL address, `postgres://...`.
    Address(String),
}

/// The database engine behind a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// An open database of either engine. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) write: DatabaseConnection,
    pub(crate) read: DatabaseConnection,
    engine: Engine,
}

const READERS_MAX: u32 = 4;
const POSTGRES_CONNECTIONS_MAX: u32 = 20;
const BUSY_TIMEOUT: Duration = Duration::from_secs(30);

impl Location {
    /// `postgres://...` is an address, everything else is a folder.
    pub fn parse(text: &str) -> Self {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            Self::Address(text.to_owned())
        } else {
            Self::Folder(PathBuf::from(text))
        }
    }
}

impl Store {
    /// Opens the database without looking at its schema; see [`Store::migrate`] and
    /// [`Store::schema_state`].
    pub async fn open(location: &Location) -> Result<Self, StorageError> {
        match location {
            Location::Folder(folder) => Self::open_folder(folder).await,
            Location::Address(address) => Self::open_address(address).await,
        }
    }

    async fn open_folder(folder: &std::path::Path) -> Result<Self, StorageError> {
        std::fs::create_dir_all(folder).map_err(|error| {
            StorageError::Location(format!(
                "The data folder {} cannot be created: {error}.",
                folder.display()
            ))
        })?;
        let file = folder.join("goodword.db");
        let options = |readers: u32, read_only: bool| {
            let path = file.clone();
            let mut options = ConnectOptions::new("sqlite://goodword.db");
            options
                .max_connections(readers)
                .min_connections(1)
                .acquire_timeout(BUSY_TIMEOUT)
                .sqlx_logging(false)
                .map_sqlx_sqlite_opts(move |sqlite| {
                    let sqlite = sqlite.filename(&path);
                    sqlite
                        .create_if_missing(!read_only)
                        .read_only(read_only)
                        .foreign_keys(true)
                        .busy_timeout(BUSY_TIMEOUT)
                        .journal_mode(SqliteJournalMode::Wal)
                        .synchronous(SqliteSynchronous::Full)
                        .pragma("secure_delete", "on")
                        .pragma("cache_size", "-65536")
                        .pragma("temp_store", "memory")
                });
            options
        };
        let write = Database::connect(options(1, false)).await?;
        let read = Database::connect(options(READERS_MAX, true)).await?;
        Ok(Self {
            write,
            read,
            engine: Engine::Sqlite,
        })
    }

    async fn open_address(address: &str) -> Result<Self, StorageError> {
        let mut options = ConnectOptions::new(address);
        options
            .max_connections(POSTGRES_CONNECTIONS_MAX)
            .acquire_timeout(BUSY_TIMEOUT)
            .sqlx_logging(false);
        let pool = Database::connect(options).await?;
        Ok(Self {
            write: pool.clone(),
            read: pool,
            engine: Engine::Postgres,
        })
    }

    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// The one way to open a write. On SQLite it holds the only writer from the start; on
    /// PostgreSQL a caller that checks before it writes locks the root row first.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one way to open a write"
    )]
    pub async fn begin(&self, actor: ActorRef, now: Timestamp) -> Result<Tx, StorageError> {
        let write = self.write.clone();
        let inner = whole(async move {
            let options = TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                ..TransactionOptions::default()
            };
            write.begin_with_options(options).await
        })
        .await?;
        Ok(Tx::new(inner, actor, now))
    }

    /// A read that sees one moment of the database, for loading the index and for copies.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one way to read one moment"
    )]
    pub(crate) async fn snapshot(&self) -> Result<Snapshot, StorageError> {
        let read = self.read.clone();
        let inner = whole(async move {
            let isolation = Some(sea_orm::IsolationLevel::RepeatableRead);
            read.begin_with_config(isolation, Some(sea_orm::AccessMode::ReadOnly))
                .await
        })
        .await?;
        Ok(Snapshot(inner))
    }

    /// Closes every connection; what is written stays written.
    pub async fn close(self) -> Result<(), StorageError> {
        if self.engine == Engine::Sqlite {
            self.read.close().await?;
        }
        self.write.close().await?;
        Ok(())
    }
}

/// Begins a transaction to the end, even where the caller is gone before it stands: a half-begun one
/// would go back to the pool open, and the next who gets the connection would stand inside it.
async fn whole(
    begin: impl Future<Output = Result<DatabaseTransaction, DbErr>> + Send + 'static,
) -> Result<DatabaseTransaction, StorageError> {
    match tokio::spawn(begin).await {
        Ok(begun) => Ok(begun?),
        Err(fault) => match fault.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => Err(DbErr::Custom("the program is stopping".to_owned()).into()),
        },
    }
}

/// A read of one moment; every part of it sees the same rows.
pub(crate) struct Snapshot(DatabaseTransaction);

impl Snapshot {
    pub(crate) async fn close(self) -> Result<(), StorageError> {
        Ok(self.0.commit().await?)
    }
}

impl Connected for Snapshot {
    type Connection = DatabaseTransaction;

    fn connection(&self) -> &DatabaseTransaction {
        &self.0
    }
}

impl Source for Snapshot {}

impl Connected for Store {
    type Connection = DatabaseConnection;

    fn connection(&self) -> &DatabaseConnection {
        &self.read
    }
}

impl Source for Store {}

impl FromStr for Location {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self::parse(text))
    }
}

//! A database of one test, with the schema of this program and nothing in it.

use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, Statement};
use storage::{ActorRef, Engine, Location, Store, Tx};

use crate::{NOW, postgres};

/// A fresh database on either engine, gone with this value.
#[must_use = "the database is removed together with this value"]
pub struct TestDb {
    pub store: Store,
    pub location: Location,
    // Dropped after the store: fields drop in the order they stand.
    _keep: Keep,
}

#[expect(dead_code, reason = "kept for what happens when it is dropped")]
enum Keep {
    Folder(tempfile::TempDir),
    Server(postgres::PostgresDatabase),
}

impl TestDb {
    pub async fn sqlite() -> Self {
        Self::empty(Engine::Sqlite).await.migrated().await
    }

    pub async fn postgres() -> Self {
        Self::empty(Engine::Postgres).await.migrated().await
    }

    /// A database without tables, for tests of what makes them.
    pub async fn empty(engine: Engine) -> Self {
        let (location, keep) = match engine {
            Engine::Sqlite => {
                let folder = tempfile::tempdir().expect("a temporary folder can be made");
                let location = Location::Folder(folder.path().join("data"));
                (location, Keep::Folder(folder))
            }
            Engine::Postgres => {
                let database = postgres::create_database().await;
                (Location::Address(database.url()), Keep::Server(database))
            }
        };
        let store = Store::open(&location).await.expect("the database opens");
        Self {
            store,
            location,
            _keep: keep,
        }
    }

    async fn migrated(self) -> Self {
        self.store.migrate(NOW).await.expect("the schema is made");
        self
    }

    /// A write by the operator at [`NOW`].
    pub async fn begin(&self) -> Tx {
        self.store
            .begin(ActorRef::OPERATOR, NOW)
            .await
            .expect("a write opens")
    }

    /// A connection beside the store, for tests that tamper with rows.
    pub async fn raw(&self) -> DatabaseConnection {
        let address = match &self.location {
            Location::Folder(folder) => {
                format!("sqlite://{}?mode=rw", folder.join("goodword.db").display())
            }
            Location::Address(address) => address.clone(),
        };
        let mut options = ConnectOptions::new(address);
        options.max_connections(1).sqlx_logging(false);
        Database::connect(options)
            .await
            .expect("a second connection opens")
    }

    /// Every value of every table as text, one a line: what somebody with the database could read.
    pub async fn dump(&self) -> String {
        let raw = self.raw().await;
        let backend = raw.get_database_backend();
        let mut all = String::new();
        for column in storage::schema::columns(&self.store)
            .await
            .expect("the catalog is read")
        {
            let (table, name) = (&column.table_name, &column.column_name);
            let is_file = table == "import_chunks" && name == "body";
            let text = match (self.store.engine(), is_file) {
                (Engine::Postgres, true) => format!("encode({name}, 'escape')"),
                // Ids are bytes here and would be no text.
                (Engine::Sqlite, false) => {
                    format!(
                        "case typeof({name}) when 'blob' then hex({name}) else cast({name} as text) end"
                    )
                }
                _ => format!("cast({name} as text)"),
            };
            let sql = format!("select coalesce({text}, '') as value from {table}");
            let statement = Statement::from_string(backend, sql);
            for row in raw.query_all_raw(statement).await.expect("rows are read") {
                let value: String = row.try_get("", "value").expect("a text");
                all.push_str(&value);
                all.push('\n');
            }
        }
        raw.close().await.expect("the connection closes");
        all
    }

    /// Runs a statement past the store and returns how many rows it touched.
    pub async fn tamper(&self, sql: &str) -> u64 {
        let raw = self.raw().await;
        let statement = Statement::from_string(raw.get_database_backend(), sql);
        let touched = raw
            .execute_raw(statement)
            .await
            .expect("the statement runs")
            .rows_affected();
        raw.close().await.expect("the connection closes");
        touched
    }
}

/// Runs a test body on a runtime with several threads, as the program does.
pub fn run<T>(body: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(4)
        .enable_all()
        .build()
        .expect("a runtime starts")
        .block_on(body)
}

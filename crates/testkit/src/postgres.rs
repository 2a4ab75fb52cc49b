//! Fresh PostgreSQL databases for tests, one for each that asks.
//!
//! Decides where they come from (the server that `tools/with-postgres` starts) and that a missing
//! server is a failure, never a skipped test. Knows nothing of the schema: a database comes empty.

use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection};

/// Names the server that databases are made on, as `postgres://user@host/database?options`.
const SERVER_VARIABLE: &str = "GOODWORD_TEST_POSTGRES_URL";

/// An empty database of one test, dropped with this value.
#[must_use = "the database is dropped together with this value"]
#[derive(Debug)]
pub struct PostgresDatabase {
    server_url: String,
    name: String,
}

impl PostgresDatabase {
    /// The address of this database, as `DATABASE_URL` takes it.
    pub fn url(&self) -> String {
        with_database_name(&self.server_url, &self.name)
    }
}

/// Makes an empty database under a name that no other test has.
///
/// # Panics
/// When no server is named or it does not answer: a test on PostgreSQL that cannot run has failed.
pub async fn create_database() -> PostgresDatabase {
    let server_url = server_url();
    let server = connect(&server_url).await;
    // The server picks the name, so that tests in many processes need no agreement.
    let name: String = server
        .query_one_raw(sea_orm::Statement::from_string(
            sea_orm::DbBackend::Postgres,
            "select 'test_' || replace(gen_random_uuid()::text, '-', '') as name",
        ))
        .await
        .expect("the server answers a query")
        .expect("a select without a table gives one row")
        .try_get("", "name")
        .expect("the row has the column that was asked for");
    // Copying files was measured a quarter faster than writing them to the log.
    server
        .execute_unprepared(&format!("create database {name} strategy file_copy"))
        .await
        .expect("the user of the test server may create databases");
    server.close().await.expect("the connection closes");
    PostgresDatabase { server_url, name }
}

impl Drop for PostgresDatabase {
    /// Works inside and outside of a runtime: dropping is a blocking call on a thread of its own.
    fn drop(&mut self) {
        let server_url = self.server_url.clone();
        let statement = format!("drop database if exists {} with (force)", self.name);
        let dropped = std::thread::spawn(move || {
            tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime starts")
                .block_on(async {
                    let server = connect(&server_url).await;
                    server
                        .execute_unprepared(&statement)
                        .await
                        .expect("the database can be dropped");
                    server.close().await.expect("the connection closes");
                });
        })
        .join();
        // A second panic while a failed test unwinds would hide the first one.
        assert!(
            dropped.is_ok() || std::thread::panicking(),
            "the test's database was not dropped; the reason is above"
        );
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the address of the test server is the one setting that tests take from outside"
)]
fn server_url() -> String {
    std::env::var(SERVER_VARIABLE).unwrap_or_else(|_| {
        panic!(
            "{SERVER_VARIABLE} is not set, so there is no PostgreSQL server for this test. \
             Run the tests through `tools/with-postgres`, for example \
             `tools/with-postgres cargo nextest run --package storage`"
        )
    })
}

/// One connection: the server allows 200 for all tests together.
async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await.unwrap_or_else(|error| {
        panic!("the server that {SERVER_VARIABLE} names does not answer: {error}")
    })
}

/// The address of another database on the same server.
fn with_database_name(server_url: &str, name: &str) -> String {
    let (address, options) = match server_url.split_once('?') {
        Some((address, options)) => (address, format!("?{options}")),
        None => (server_url, String::new()),
    };
    let host_start = address.find("://").map_or(0, |index| index + "://".len());
    let host_end = address[host_start..]
        .find('/')
        .map_or(address.len(), |index| host_start + index);
    format!("{}/{name}{options}", &address[..host_end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_the_database_is_replaced_and_nothing_else() {
        for (server, expected) in [
            (
                "postgres://me@localhost/postgres?host=/tmp/x",
                "postgres://me@localhost/fresh?host=/tmp/x",
            ),
            (
                "postgres://me@localhost:5433/postgres",
                "postgres://me@localhost:5433/fresh",
            ),
            ("postgres://localhost", "postgres://localhost/fresh"),
            (
                "postgres://localhost?sslmode=disable",
                "postgres://localhost/fresh?sslmode=disable",
            ),
        ] {
            assert_eq!(with_database_name(server, "fresh"), expected, "{server}");
        }
    }

    #[tokio::test]
    async fn two_databases_know_nothing_of_each_other() {
        let (first, second) = (create_database().await, create_database().await);
        assert_ne!(first.url(), second.url());
        for database in [&first, &second] {
            let connection = connect(&database.url()).await;
            connection
                .execute_unprepared("create table account (id bigint primary key)")
                .await
                .expect("the database is empty");
        }
    }

    #[tokio::test]
    async fn a_database_is_gone_after_its_test_even_with_a_connection_open() {
        let database = create_database().await;
        let url = database.url();
        let still_open = connect(&url).await;
        drop(database);
        let mut options = ConnectOptions::new(&url);
        options
            .connect_timeout(std::time::Duration::from_secs(5))
            .sqlx_logging(false);
        let error = Database::connect(options)
            .await
            .expect_err("the database is gone");
        assert!(error.to_string().contains("does not exist"), "{error}");
        still_open
            .close()
            .await
            .expect("a connection that was cut off closes");
    }
}

//! One schema on two engines, and what is refused.

use storage::{Engine, SchemaState, StorageError, schema};
use testkit::{NOW, TestDb};

#[test]
fn both_engines_have_the_same_tables_columns_and_nullability() {
    testkit::run(async {
        let (sqlite, postgres) = (TestDb::sqlite().await, TestDb::postgres().await);
        let columns = schema::columns(&sqlite.store).await.expect("columns");
        assert!(columns.len() > 200, "{} columns", columns.len());
        assert_eq!(
            columns,
            schema::columns(&postgres.store).await.expect("columns")
        );
    });
}

#[test]
fn a_database_goes_from_empty_to_current_and_stays_there() {
    testkit::run(async {
        for engine in [Engine::Sqlite, Engine::Postgres] {
            let db = TestDb::empty(engine).await;
            let state = async || db.store.schema_state().await.expect("a state");
            assert_eq!(state().await, SchemaState::Empty);
            db.store.migrate(NOW).await.expect("migrated");
            assert_eq!(state().await, SchemaState::Current);
            let before = schema::columns(&db.store).await.expect("columns");
            db.store.migrate(NOW).await.expect("migrated again");
            assert_eq!(before, schema::columns(&db.store).await.expect("columns"));
        }
    });
}

testkit::on_both_engines! {
    async fn a_fresh_database_differs_in_nothing_and_a_dropped_column_is_named(db: TestDb) {
        let scratch = tempfile::tempdir().expect("a folder");
        assert_eq!(schema::differences(&db.store, &scratch.path().join("one")).await.expect("a comparison"), Vec::<String>::new());
        db.tamper("alter table accounts drop column nps").await;
        db.tamper("alter table contacts add column shoe_size bigint").await;
        assert_eq!(
            schema::differences(&db.store, &scratch.path().join("two")).await.expect("a comparison"),
            ["missing or different: accounts.nps", "not expected: contacts.shoe_size"]
        );
    }

    async fn a_schema_of_a_newer_program_is_refused(db: TestDb) {
        db.tamper("insert into schema_migrations (version, name, checksum, applied_at) values (9999, 'future', 'x', 0)").await;
        assert_eq!(db.store.schema_state().await.expect("a state"), SchemaState::Unknown { version: 9999 });
        let refused = db.store.migrate(NOW).await.expect_err("refused");
        assert!(matches!(&refused, StorageError::Location(text) if text.contains("9999")), "{refused:?}");
    }

    async fn a_step_that_differs_from_the_released_one_is_refused(db: TestDb) {
        db.tamper("update schema_migrations set checksum = 'other' where version = 1").await;
        assert_eq!(db.store.schema_state().await.expect("a state"), SchemaState::Unknown { version: 1 });
    }
}

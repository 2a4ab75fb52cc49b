//! Growing out of one machine.

use domain::record::{Action, RecordKind};
use serde_json::json;
use storage::{Engine, NewEvent, StorageError, account, copy, log, schema};
use testkit::{TestDb, build, build::id};

async fn filled() -> TestDb {
    let db = TestDb::sqlite().await;
    let mut tx = db.begin().await;
    // The child goes first: the copy must not depend on the order of rows.
    let child = account::Account {
        parent_id: Some(id(2500)),
        ..build::account(1, "Acme \u{1F980} 100%")
    };
    let rows =
        std::iter::once(child).chain((2..=2_500).map(|number| build::account(number, "Acme")));
    account::insert_all(&tx, rows.collect())
        .await
        .expect("written");
    for number in 1..=3_u64 {
        tx.record(
            NewEvent::new(
                Action::Created,
                RecordKind::Account,
                id::<domain::id::AccountId>(number),
            )
            .detail(json!({ "number": number })),
        );
    }
    tx.commit().await.expect("committed");
    db
}

#[test]
fn a_folder_becomes_a_server_with_equal_rows_and_a_chain_that_verifies_and_goes_on() {
    testkit::run(async {
        let (source, target) = (filled().await, TestDb::empty(Engine::Postgres).await);
        let mut seen = 0;
        let copied = copy::copy(&source.store, &target.store, |_| seen += 1)
            .await
            .expect("copied");
        assert_eq!(copied.len(), seen);
        let tables: Vec<String> = {
            let columns = schema::columns(&source.store).await.expect("columns");
            let mut names: Vec<String> = columns
                .into_iter()
                .map(|column| column.table_name)
                .collect();
            names.dedup();
            // These two hold one fixed row or the program's own steps and are written by the target itself.
            names.retain(|name| name != "schema_migrations" && name != "log_head");
            names
        };
        let mut copied_tables: Vec<String> =
            copied.iter().map(|table| table.table.clone()).collect();
        copied_tables.sort();
        assert_eq!(copied_tables, tables, "every table is copied");
        let rows = |name: &str| {
            copied
                .iter()
                .find(|table| table.table == name)
                .expect("the table")
                .rows
        };
        assert_eq!(
            (rows("accounts"), rows("events"), rows("event_details")),
            (2_500, 3, 3)
        );
        assert_eq!(log::verify(&target.store).await.expect("read"), []);
        assert_eq!(
            log::head(&source.store).await.expect("a head"),
            log::head(&target.store).await.expect("a head")
        );
        let everything = domain::access::Scope::Everything;
        assert_eq!(
            account::find(&source.store, &everything, id(1))
                .await
                .expect("read"),
            account::find(&target.store, &everything, id(1))
                .await
                .expect("read")
        );
        let mut tx = target.begin().await;
        tx.record(NewEvent::new(
            Action::Updated,
            RecordKind::Account,
            id::<domain::id::AccountId>(1),
        ));
        tx.commit().await.expect("committed");
        assert_eq!(log::verify(&target.store).await.expect("read"), []);
        assert_eq!(log::head(&target.store).await.expect("a head").position, 4);
    });
}

#[test]
fn a_target_that_is_not_empty_is_refused_and_left_alone() {
    testkit::run(async {
        let (source, target) = (filled().await, TestDb::postgres().await);
        let refused = copy::copy(&source.store, &target.store, |_| {})
            .await
            .expect_err("refused");
        assert!(matches!(refused, StorageError::Location(_)), "{refused:?}");
        assert_eq!(
            account::everyone(&target.store).await.expect("read"),
            vec![]
        );
    });
}

#[test]
fn a_source_without_the_schema_is_refused() {
    testkit::run(async {
        let (source, target) = (
            TestDb::empty(Engine::Sqlite).await,
            TestDb::empty(Engine::Postgres).await,
        );
        assert!(
            copy::copy(&source.store, &target.store, |_| {})
                .await
                .is_err()
        );
    });
}

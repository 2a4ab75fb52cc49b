//! Growing out of one machine.

use domain::record::{Action, RecordKind};
use serde_json::json;
use storage::{
    Engine, NewEvent, SchemaState, StorageError, account, copy,
    idempotency::{self, IdempotencyKey},
    log,
    opportunity::{self, Opportunity},
    rate::{self, Limit},
    schema, setting,
};
use testkit::{NOW, TestDb, build, build::id};

use crate::bare_rows::BARE_ROWS;

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

/// A database in which no table is empty.
async fn filled_everywhere() -> TestDb {
    let db = TestDb::sqlite().await;
    crate::projection::insert_world(&db).await;
    let tx = db.begin().await;
    setting::put(&tx, "program", &json!({ "name": "\u{1F980}" }), 0)
        .await
        .expect("a setting");
    opportunity::insert(&tx, Opportunity::named(id(1), "Deal", NOW))
        .await
        .expect("a deal");
    let limit = Limit {
        attempts: 3,
        per_seconds: 60,
    };
    assert!(rate::take(&tx, "ann", limit).await.expect("an answer"));
    let key = IdempotencyKey {
        owner: "o".into(),
        idempotency_key: "k".into(),
        operation: "make".into(),
        body_digest: "d".into(),
        record_id: id(3),
        created_at: NOW,
    };
    idempotency::insert(&tx, key).await.expect("a key");
    tx.commit().await.expect("committed");
    for (table, columns, values) in BARE_ROWS {
        let one = format!("x'{}'", id::<domain::id::UserId>(1).0.as_simple());
        let sql = format!(
            "insert into {table} ({columns}) values ({})",
            values.replace("$ID", &one)
        );
        assert_eq!(db.tamper(&sql).await, 1, "{table}");
    }
    db
}

#[test]
fn no_table_is_forgotten_and_a_copy_that_is_cut_off_leaves_the_target_empty() {
    testkit::run(async {
        let (source, target) = (
            filled_everywhere().await,
            TestDb::empty(Engine::Postgres).await,
        );
        let mut mid = source.begin().await;
        mid.record(
            NewEvent::new(
                Action::Created,
                RecordKind::Account,
                id::<domain::id::AccountId>(1),
            )
            .detail(json!({ "name": "Acme" })),
        );
        mid.commit().await.expect("committed");
        for tables_done in [1, 17, 34] {
            let (from, to) = (source.store.clone(), target.store.clone());
            let cut_off = tokio::spawn(async move {
                let mut seen = 0;
                copy::copy(&from, &to, |_| {
                    seen += 1;
                    assert!(seen < tables_done, "the machine stops here");
                })
                .await
            });
            assert!(cut_off.await.is_err(), "it was cut off");
            assert_eq!(
                target.store.schema_state().await.expect("a state"),
                SchemaState::Empty
            );
        }
        let copied = copy::copy(&source.store, &target.store, |_| {})
            .await
            .expect("the next try starts from nothing and succeeds");
        let empty: Vec<&str> = copied
            .iter()
            .filter(|table| table.rows == 0)
            .map(|table| table.table.as_str())
            .collect();
        assert_eq!(empty, Vec::<&str>::new(), "every table had a row to copy");
        assert_eq!(log::verify(&target.store).await.expect("read"), []);
        assert_eq!(
            target.store.schema_state().await.expect("a state"),
            SchemaState::Current
        );
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

testkit::on_both_engines! {
    async fn the_rows_to_copy_are_counted_and_a_target_that_is_not_empty_is_refused(db: TestDb) {
        let (empty, full) = (TestDb::empty(Engine::Sqlite).await, TestDb::sqlite().await);
        let before = copy::rows_to_copy(&db.store, &empty.store).await.expect("counted");
        let tx = db.begin().await;
        let accounts = (1..=3).map(|number| build::account(number, "Acme"));
        account::insert_all(&tx, accounts.collect()).await.expect("written");
        tx.commit().await.expect("committed");
        let after = copy::rows_to_copy(&db.store, &empty.store).await.expect("counted");
        assert_eq!(after, before + 3);
        let copied = copy::copy(&db.store, &empty.store, |_| {}).await.expect("copied");
        assert_eq!(copied.iter().map(|table| table.rows).sum::<u64>(), after);
        for refused in [&full, &empty] {
            assert!(copy::rows_to_copy(&db.store, &refused.store).await.is_err());
        }
    }
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

//! Null where a value must be is an error, never an empty value: the driver for SQLite turns null
//! into "", 0 or false where it decodes by itself, so every type that a row holds is tried here.

use domain::{
    access::ActorKind,
    activity::Activity,
    advocate::AdvocateStatus,
    candidate::{CandidateState, DeclinedBy, LinkPurpose},
    consent::{ConsentKind, ConsentSource},
    content::{ContentKind, ContentStatus},
    id::{AccountId, AdvocateId, OpportunityId, TermId, UserId},
    import::ImportStatus,
    money::Currency,
    notice::NoticeClass,
    opportunity::{DealStage, OpportunityKind, OpportunityStatus},
    protection::{LockReason, Relation},
    record::{Action, RecordKind},
    reference_use::UseOutcome,
    request::{RequestStatus, UnfilledReason},
    text::EmailAddress,
    time::{Day, Timestamp},
};
use sea_orm::{ConnectionTrait, QueryResult, Statement, TryGetable};
use testkit::TestDb;

async fn row(db: &TestDb, sql: &str) -> QueryResult {
    let raw = db.raw().await;
    let row = raw
        .query_one_raw(Statement::from_string(raw.get_database_backend(), sql))
        .await
        .expect("the statement runs")
        .expect("one row");
    raw.close().await.expect("closed");
    row
}

fn refuses<T: TryGetable>(row: &QueryResult, column: &str) {
    let name = std::any::type_name::<T>();
    assert!(row.try_get::<T>("", column).is_err(), "{name} took a null");
    assert!(
        matches!(row.try_get::<Option<T>>("", column), Ok(None)),
        "an optional {name} did not take a null"
    );
}

testkit::on_both_engines! {
    async fn a_null_is_an_error_for_every_type_that_a_row_holds(db: TestDb) {
        let row = row(&db, "select cast(null as text) as t, cast(null as bigint) as n, nullif(1 = 1, true) as b").await;
        refuses::<String>(&row, "t");
        refuses::<i64>(&row, "n");
        refuses::<bool>(&row, "b");
        refuses::<Timestamp>(&row, "n");
        refuses::<Day>(&row, "t");
        refuses::<Currency>(&row, "t");
        refuses::<EmailAddress>(&row, "t");
        refuses::<ActorKind>(&row, "t");
        refuses::<Activity>(&row, "t");
        refuses::<AdvocateStatus>(&row, "t");
        refuses::<CandidateState>(&row, "t");
        refuses::<DeclinedBy>(&row, "t");
        refuses::<LinkPurpose>(&row, "t");
        refuses::<ConsentKind>(&row, "t");
        refuses::<ConsentSource>(&row, "t");
        refuses::<ContentKind>(&row, "t");
        refuses::<ContentStatus>(&row, "t");
        refuses::<ImportStatus>(&row, "t");
        refuses::<NoticeClass>(&row, "t");
        refuses::<OpportunityKind>(&row, "t");
        refuses::<OpportunityStatus>(&row, "t");
        refuses::<DealStage>(&row, "t");
        refuses::<LockReason>(&row, "t");
        refuses::<Relation>(&row, "t");
        refuses::<Action>(&row, "t");
        refuses::<RecordKind>(&row, "t");
        refuses::<UseOutcome>(&row, "t");
        refuses::<RequestStatus>(&row, "t");
        refuses::<UnfilledReason>(&row, "t");
    }

    async fn a_null_is_an_error_for_ids_and_bytes(db: TestDb) {
        let (id_type, bytes_type) = match db.store.engine() {
            storage::Engine::Sqlite => ("blob", "blob"),
            storage::Engine::Postgres => ("uuid", "bytea"),
        };
        let row = row(&db, &format!("select cast(null as {id_type}) as u, cast(null as {bytes_type}) as y")).await;
        refuses::<uuid::Uuid>(&row, "u");
        refuses::<AccountId>(&row, "u");
        refuses::<AdvocateId>(&row, "u");
        refuses::<OpportunityId>(&row, "u");
        refuses::<TermId>(&row, "u");
        refuses::<UserId>(&row, "u");
        refuses::<Vec<u8>>(&row, "y");
    }

    async fn a_word_that_is_not_on_its_list_is_an_error(db: TestDb) {
        let row = row(&db, "select cast('frozen' as text) as t, cast('2026-02-30' as text) as d, cast('dollars' as text) as c, cast('nobody' as text) as e").await;
        assert!(row.try_get::<AdvocateStatus>("", "t").is_err());
        assert!(row.try_get::<Day>("", "d").is_err());
        assert!(row.try_get::<Currency>("", "c").is_err());
        assert!(row.try_get::<EmailAddress>("", "e").is_err());
    }
}

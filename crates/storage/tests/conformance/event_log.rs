//! The event log: dense, chained, erasable.

use domain::{
    id::{AccountId, CandidateId, OpportunityId, RequestId, UseId},
    record::{Action, RecordKind},
};
use serde_json::json;
use sha2::{Digest, Sha256};
use storage::{
    ActorRef, NewEvent,
    log::{self, Fault},
    page::Page,
    timeline,
};
use testkit::{NOW, TestDb, build::id};

/// Commits one write with `count` events about accounts 1, 2, ...
async fn write_events(db: &TestDb, count: u64) {
    let mut tx = db.begin().await;
    for number in 1..=count {
        tx.record(
            NewEvent::new(
                Action::Created,
                RecordKind::Account,
                id::<AccountId>(number),
            )
            .detail(json!({ "name": format!("Account {number}") })),
        );
    }
    tx.commit().await.expect("the events are written");
}

async fn faults(db: &TestDb) -> Vec<Fault> {
    log::verify(&db.store).await.expect("the log can be read")
}

testkit::on_both_engines! {
    async fn positions_are_dense_in_commit_order_under_forty_writers(db: TestDb) {
        let writers: Vec<_> = (1..=40_u64).map(|number| {
            let store = db.store.clone();
            tokio::spawn(async move {
                let mut tx = store.begin(ActorRef::SYSTEM, NOW).await.expect("a write opens");
                for _ in 0..3 {
                    tx.record(NewEvent::new(Action::Updated, RecordKind::Account, id::<AccountId>(number)));
                }
                tx.commit().await.expect("the write commits");
            })
        }).collect();
        for writer in writers {
            writer.await.expect("the writer ends well");
        }
        assert_eq!(log::head(&db.store).await.expect("a head").position, 120);
        assert_eq!(faults(&db).await, []);
        let touched = log::touched_between(&db.store, 0, 120).await.expect("a reading");
        let positions: Vec<i64> = touched.iter().map(|row| row.position).collect();
        assert_eq!(positions, (1..=120).collect::<Vec<i64>>());
        for three in touched.chunks(3) {
            assert!(three.iter().all(|row| row.record_id == three[0].record_id), "the events of one write stay together");
        }
    }

    async fn the_kinds_of_a_stretch_are_those_of_its_records_and_uses_on_whose_timeline_it_stands(db: TestDb) {
        let mut tx = db.begin().await;
        tx.record(NewEvent::new(Action::Created, RecordKind::Account, id::<AccountId>(1)));
        tx.record(NewEvent::new(Action::Submitted, RecordKind::Request, id::<RequestId>(2)).link(RecordKind::Opportunity, id::<OpportunityId>(3)));
        tx.record(NewEvent::new(Action::Used, RecordKind::Candidate, id::<CandidateId>(4)).link(RecordKind::Use, id::<UseId>(5)));
        tx.commit().await.expect("committed");
        let kinds = async |after: i64, until: i64| {
            let mut kinds = log::kinds_between(&db.store, after, until).await.expect("a reading");
            kinds.sort();
            kinds
        };
        let mut all = vec![RecordKind::Account, RecordKind::Request, RecordKind::Candidate, RecordKind::Use];
        all.sort();
        assert_eq!(kinds(0, 3).await, all);
        assert_eq!(kinds(1, 2).await, [RecordKind::Request], "a deal on whose timeline it stands is none of them");
        assert!(kinds(3, 3).await.is_empty());
    }

    async fn a_reading_goes_on_below_a_position_and_no_further_than_it_is_pinned(db: TestDb) {
        write_events(&db, 5).await;
        let pinned = timeline::Filter { up_to: Some(4), ..timeline::Filter::default() };
        assert_eq!(timeline::count(&db.store, &pinned).await.expect("counted"), 4);
        let part = async |below: Option<i64>| {
            let part = timeline::part(&db.store, &pinned, below, 3).await.expect("a part");
            part.iter().map(|entry| entry.event.position).collect::<Vec<_>>()
        };
        assert_eq!(part(None).await, [4, 3, 2]);
        assert_eq!(part(Some(2)).await, [1]);
        assert!(part(Some(1)).await.is_empty());
    }

    async fn a_write_that_is_dropped_leaves_no_event(db: TestDb) {
        let mut tx = db.begin().await;
        tx.record(NewEvent::new(Action::Created, RecordKind::Account, id::<AccountId>(1)));
        tx.roll_back().await.expect("undone");
        write_events(&db, 1).await;
        assert_eq!(log::head(&db.store).await.expect("a head").position, 1);
    }

    async fn an_edited_row_is_found_where_it_is(db: TestDb) {
        write_events(&db, 5).await;
        assert_eq!(faults(&db).await, []);
        assert_eq!(db.tamper("update events set action = 'retired' where position = 3").await, 1);
        assert_eq!(faults(&db).await, [Fault::Changed { position: 3 }]);
    }

    async fn a_row_that_cannot_be_read_any_more_is_found_where_it_is_and_the_others_are_still_looked_at(db: TestDb) {
        write_events(&db, 5).await;
        assert_eq!(db.tamper("update events set action = 'no such word' where position = 2").await, 1);
        assert_eq!(db.tamper("update events set at = 7 where position = 4").await, 1);
        assert_eq!(faults(&db).await, [Fault::Changed { position: 2 }, Fault::Changed { position: 4 }]);
    }

    async fn an_event_that_is_gone_from_the_timeline_of_its_record_is_found(db: TestDb) {
        write_events(&db, 5).await;
        assert_eq!(db.tamper("delete from event_links where position = 4").await, 1);
        assert_eq!(faults(&db).await, [Fault::LinksChanged { position: 4 }]);
    }

    async fn a_link_to_another_record_that_was_removed_or_added_is_found(db: TestDb) {
        let mut tx = db.begin().await;
        for number in 1..=2 {
            tx.record(NewEvent::new(Action::Created, RecordKind::Request, id::<domain::id::RequestId>(number)).link(RecordKind::Account, id::<AccountId>(7)));
        }
        tx.commit().await.expect("committed");
        assert_eq!(faults(&db).await, []);
        assert_eq!(db.tamper("delete from event_links where position = 1 and record_kind = 'account'").await, 1);
        assert_eq!(db.tamper("insert into event_links (record_kind, record_id, position) select 'contact', record_id, position from event_links where position = 2 and record_kind = 'account'").await, 1);
        assert_eq!(faults(&db).await, [Fault::LinksChanged { position: 1 }, Fault::LinksChanged { position: 2 }]);
    }

    async fn a_links_digest_cannot_be_dropped_quietly(db: TestDb) {
        write_events(&db, 2).await;
        assert_eq!(db.tamper("update events set links_digest = '' where position = 2").await, 1);
        assert_eq!(faults(&db).await, [Fault::Changed { position: 2 }]);
    }

    async fn an_event_from_before_links_were_chained_is_held_to_its_own_record(db: TestDb) {
        let mut tx = db.begin().await;
        tx.record(NewEvent::new(Action::Created, RecordKind::Account, id::<AccountId>(1)).link(RecordKind::Contact, id::<AccountId>(2)));
        tx.commit().await.expect("committed");
        let actor = ActorRef::OPERATOR;
        let fields = [
            "0".repeat(64), "1".to_owned(), NOW.0.to_string(), actor.kind.to_string(), actor.id.map(|id| id.to_string()).unwrap_or_default(),
            "created".to_owned(), "account".to_owned(), id::<AccountId>(1).0.to_string(), String::new(),
        ];
        let digest = log::hex(&Sha256::digest(fields.map(|field| field + "\0").concat().as_bytes()));
        assert_eq!(db.tamper(&format!("update events set links_digest = '', digest = '{digest}'")).await, 1);
        assert_eq!(db.tamper(&format!("update log_head set digest = '{digest}'")).await, 1);
        assert_eq!(faults(&db).await, [], "its digest was made without the links");
        assert_eq!(db.tamper("delete from event_links where record_kind = 'account'").await, 1);
        assert_eq!(faults(&db).await, [Fault::LinksChanged { position: 1 }]);
    }

    async fn a_position_or_a_detail_that_cannot_be_read_is_a_fault_and_no_failure(db: TestDb) {
        if db.store.engine() != storage::Engine::Sqlite {
            // A column of the other engine holds nothing but what it was declared for.
            return;
        }
        write_events(&db, 3).await;
        db.tamper("update event_details set body = x'ff00' where position = 1").await;
        db.tamper("pragma foreign_keys = off").await;
        for table in ["event_details", "event_links"] {
            db.tamper(&format!("delete from {table} where position = 3")).await;
        }
        db.tamper("update events set position = 'three' where position = 3").await;
        let found = faults(&db).await;
        assert!(found.contains(&Fault::DetailChanged { position: 1 }), "{found:?}");
        assert!(found.iter().any(|fault| matches!(fault, Fault::HeadMoved { .. } | Fault::Changed { position: 3 })), "{found:?}");
    }

    async fn a_removed_row_leaves_a_gap_and_breaks_the_next(db: TestDb) {
        write_events(&db, 5).await;
        for table in ["event_details", "event_links", "events"] {
            db.tamper(&format!("delete from {table} where position = 3")).await;
        }
        assert_eq!(faults(&db).await, [Fault::Gap { position: 3 }, Fault::Changed { position: 4 }]);
    }

    async fn rows_that_change_places_are_found(db: TestDb) {
        write_events(&db, 5).await;
        let first = id::<AccountId>(2).0.as_simple().to_string();
        let second = id::<AccountId>(3).0.as_simple().to_string();
        let literal = |hex: &str| match db.store.engine() {
            storage::Engine::Sqlite => format!("x'{hex}'"),
            storage::Engine::Postgres => format!("uuid '{hex}'"),
        };
        db.tamper(&format!("update events set record_id = {} where position = 2", literal(&second))).await;
        db.tamper(&format!("update events set record_id = {} where position = 3", literal(&first))).await;
        assert_eq!(faults(&db).await, [Fault::Changed { position: 2 }, Fault::Changed { position: 3 }]);
    }

    async fn a_cut_tail_shows_in_the_head(db: TestDb) {
        write_events(&db, 5).await;
        for table in ["event_details", "event_links", "events"] {
            db.tamper(&format!("delete from {table} where position = 5")).await;
        }
        assert_eq!(faults(&db).await, [Fault::HeadMoved { position: 5 }]);
    }

    async fn a_head_that_was_moved_is_found(db: TestDb) {
        write_events(&db, 2).await;
        db.tamper("update log_head set position = 7").await;
        assert_eq!(faults(&db).await, [Fault::HeadMoved { position: 7 }]);
    }

    async fn a_detail_that_was_edited_or_removed_is_found(db: TestDb) {
        write_events(&db, 3).await;
        db.tamper("update event_details set body = '{\"name\":\"Other\"}' where position = 1").await;
        db.tamper("delete from event_details where position = 2").await;
        assert_eq!(
            faults(&db).await,
            [Fault::DetailChanged { position: 1 }, Fault::DetailMissing { position: 2 }]
        );
    }

    async fn erasure_removes_details_and_the_chain_still_verifies(db: TestDb) {
        write_events(&db, 3).await;
        let mut tx = db.begin().await;
        let removed = log::erase(&mut tx, RecordKind::Account, id::<AccountId>(2).0).await.expect("erased");
        tx.commit().await.expect("committed");
        assert_eq!(removed, 1);
        assert_eq!(faults(&db).await, []);
        let filter = timeline::Filter { record: Some((RecordKind::Account, id::<AccountId>(2).0)), ..timeline::Filter::default() };
        let page = Page { limit: 10, after: None };
        let entries = timeline::list(&db.store, &filter, &page).await.expect("a timeline");
        let shown: Vec<_> = entries.items.iter().map(|entry| (entry.event.action, entry.detail.is_some())).collect();
        assert_eq!(shown, [(Action::Erased, false), (Action::Created, false)]);
    }

    async fn more_erased_details_than_faults_are_named_hide_no_fault(db: TestDb) {
        let mut tx = db.begin().await;
        for number in 0..150 {
            tx.record(NewEvent::new(Action::Updated, RecordKind::Account, id::<AccountId>(1)).detail(json!({ "number": number })));
        }
        tx.commit().await.expect("committed");
        let mut tx = db.begin().await;
        assert_eq!(log::erase(&mut tx, RecordKind::Account, id::<AccountId>(1).0).await.expect("erased"), 150);
        tx.commit().await.expect("committed");
        write_events(&db, 1).await;
        assert_eq!(faults(&db).await, []);
        db.tamper("delete from event_details where position = 152").await;
        assert_eq!(faults(&db).await, [Fault::DetailMissing { position: 152 }]);
    }

    async fn a_log_that_is_written_to_while_it_is_read_has_no_fault(db: TestDb) {
        let store = db.store.clone();
        let writer = tokio::spawn(async move {
            for number in 1..=100_u64 {
                let mut tx = store.begin(ActorRef::SYSTEM, NOW).await.expect("a write opens");
                tx.record(NewEvent::new(Action::Updated, RecordKind::Account, id::<AccountId>(number)));
                tx.commit().await.expect("the write commits");
            }
        });
        let mut readings = 0;
        while !writer.is_finished() || readings == 0 {
            assert_eq!(faults(&db).await, []);
            readings += 1;
        }
        writer.await.expect("the writer ends well");
    }

    async fn a_detail_written_after_an_erasure_is_not_excused_by_it(db: TestDb) {
        write_events(&db, 2).await;
        let mut tx = db.begin().await;
        log::erase(&mut tx, RecordKind::Account, id::<AccountId>(2).0).await.expect("erased");
        tx.commit().await.expect("committed");
        write_events(&db, 2).await;
        db.tamper("delete from event_details where position = 5").await;
        assert_eq!(faults(&db).await, [Fault::DetailMissing { position: 5 }]);
    }

    async fn an_event_shows_on_every_timeline_it_is_linked_to_once(db: TestDb) {
        let mut tx = db.begin().await;
        let (account, other) = (id::<AccountId>(1), id::<AccountId>(2));
        tx.record(
            NewEvent::new(Action::Updated, RecordKind::Account, account)
                .link(RecordKind::Account, other)
                .link(RecordKind::Account, other)
                .link(RecordKind::Account, account),
        );
        tx.commit().await.expect("committed");
        for record in [account, other] {
            let filter = timeline::Filter { record: Some((RecordKind::Account, record.0)), ..timeline::Filter::default() };
            let listed = timeline::list(&db.store, &filter, &Page { limit: 10, after: None }).await.expect("a timeline");
            assert_eq!(listed.total, 1);
        }
    }
}

#[test]
fn erased_values_are_gone_from_the_bytes_of_the_data_folder() {
    testkit::run(async {
        let db = TestDb::sqlite().await;
        let storage::Location::Folder(folder) = &db.location else {
            panic!("a database on SQLite lives in a folder");
        };
        let secret = "Wilhelmina Quartermaine-Zzyzx";
        let holds_secret = || {
            std::fs::read_dir(folder).expect("the folder").any(|file| {
                let bytes = std::fs::read(file.expect("a file").path()).expect("its bytes");
                bytes
                    .windows(secret.len())
                    .any(|window| window == secret.as_bytes())
            })
        };
        let mut tx = db.begin().await;
        let record = id::<AccountId>(1);
        tx.record(
            NewEvent::new(Action::Created, RecordKind::Account, record)
                .detail(json!({ "name": secret })),
        );
        tx.commit().await.expect("committed");
        db.tamper("pragma wal_checkpoint(truncate)").await;
        assert!(holds_secret(), "the scan finds what is there");
        let mut tx = db.begin().await;
        log::erase(&mut tx, RecordKind::Account, record.0)
            .await
            .expect("erased");
        tx.commit().await.expect("committed");
        db.tamper("pragma wal_checkpoint(truncate)").await;
        assert!(!holds_secret(), "the erased value is still in a file");
    });
}

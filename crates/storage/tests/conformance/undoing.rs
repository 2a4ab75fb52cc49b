//! What an import wrote is found again in the log, and what it created can be removed.

use std::collections::HashSet;

use domain::{
    access::Scope,
    bulk::BulkState,
    id::BulkChangeId,
    import::ImportStatus,
    record::{Action, RecordKind},
};
use storage::{
    NewEvent, account, advocate,
    bulk_change::{self, BulkChange, BulkPiece},
    contact, import,
    import::Import,
    import_undo::{self, Place, Pointer},
    schema, tag, user,
};
use testkit::{NOW, TestDb, build, build::id};

fn place(record_kind: RecordKind, number: u64) -> Place {
    let record_id: domain::id::AccountId = id(number);
    Place {
        record_kind,
        record_id: record_id.0,
    }
}

fn file(number: u64, status: ImportStatus) -> Import {
    Import {
        id: id(number),
        version: 1,
        file_name: "a.csv".into(),
        file_digest: "d".into(),
        kind: "accounts".into(),
        status,
        mapping: "{}".into(),
        row_count: 9,
        rows_done: 0,
        report: "{}".into(),
        created_by: None,
        created_at: NOW,
        finished_at: None,
    }
}

/// Writes events, each its own commit: what happened, to which record, by which import.
async fn happen(db: &TestDb, events: &[(Action, Place, Option<u64>)]) {
    for (action, place, of) in events {
        let mut tx = db.begin().await;
        let mut event = NewEvent::new(*action, place.record_kind, place.record_id)
            .detail(serde_json::json!({ "changes": {} }));
        if let Some(of) = of {
            let import: domain::id::ImportId = id(*of);
            event = event.link(RecordKind::Import, import);
        }
        tx.record(event);
        tx.commit().await.expect("committed");
    }
}

testkit::on_both_engines! {
    async fn what_an_import_wrote_and_what_others_did_since_is_read_from_the_log(db: TestDb) {
        use Action::{ConsentRecorded, Created, Locked, Removed, Updated};
        let tx = db.begin().await;
        import::insert_all(&tx, vec![file(1, ImportStatus::Done), file(2, ImportStatus::Undone), file(3, ImportStatus::Done)]).await.expect("written");
        tx.commit().await.expect("committed");
        let account = |number| place(RecordKind::Account, number);
        let person = place(RecordKind::Contact, 9);
        happen(&db, &[
            (Created, account(1), Some(1)), (Created, account(2), Some(1)), (Created, account(3), Some(1)),
            (Created, account(4), Some(1)), (Updated, person, Some(1)), (Updated, account(1), Some(1)),
            (Locked, account(3), Some(1)), (ConsentRecorded, place(RecordKind::Advocate, 9), Some(1)),
        ]).await;
        let head = storage::log::head(&db.store).await.expect("read").position;
        happen(&db, &[
            (Updated, account(2), None), (Updated, account(1), Some(2)), (Updated, account(4), Some(3)),
            (Removed, account(3), Some(1)), (Updated, person, None),
        ]).await;
        let store = &db.store;
        assert_eq!(import_undo::created(store, id(1)).await.expect("read"), [account(1), account(2), account(4)], "the third is removed");
        assert_eq!(import_undo::touched_since(store, id(1)).await.expect("read"), [account(2), account(4)], "what an undone import did does not count");
        let changes = import_undo::changes(store, place(RecordKind::Import, 1), i64::MAX, 10).await.expect("read");
        let of: Vec<_> = changes.iter().map(|change| (change.record_kind, change.record_id)).collect();
        assert_eq!(of, [(RecordKind::Account, account(1).record_id), (RecordKind::Contact, person.record_id)], "newest first");
        assert_eq!(changes[0].body.as_deref(), Some("{\"changes\":{}}"));
        let older = import_undo::changes(store, place(RecordKind::Import, 1), changes[0].position, 1).await.expect("read");
        assert_eq!(older, changes[1..]);
        assert_eq!(import_undo::added_for_good(store, id(1)).await.expect("read"), [(account(3), Locked), (place(RecordKind::Advocate, 9), ConsentRecorded)]);
        assert_eq!(import_undo::steps(store, id(1)).await.expect("read"), 6);
        assert_eq!(import_undo::steps(store, id(4)).await.expect("read"), 0);
        let others = import_undo::others_since(store, id(1), head).await.expect("read");
        let import = |number| place(RecordKind::Import, number);
        assert_eq!(others, HashSet::from([account(1), account(2), account(4), person, import(2), import(3)]));
    }

    async fn what_points_at_created_records_is_found_and_a_record_goes_with_what_belongs_to_it(db: TestDb) {
        let account = |number| place(RecordKind::Account, number);
        let (person, advocate) = (place(RecordKind::Contact, 1), place(RecordKind::Advocate, 1));
        let tx = db.begin().await;
        import::insert(&tx, file(1, ImportStatus::Done)).await.expect("written");
        account::insert_all(&tx, vec![build::account(1, "Acme"), build::account(2, "Beta")]).await.expect("written");
        contact::insert(&tx, build::contact(1, "Bo", id(1))).await.expect("written");
        advocate::insert(&tx, build::advocate(1, id(1))).await.expect("written");
        advocate::set_no_go(&tx, id(1), vec![advocate::NoGo { advocate_id: id(1), account_id: id(2) }]).await.expect("written");
        tx.commit().await.expect("committed");
        happen(&db, &[account(1), account(2), person, advocate].map(|one| (Action::Created, one, Some(1)))).await;
        let mut pointers = import_undo::pointers(&db.store, id(1)).await.expect("read");
        pointers.sort_by_key(|pointer| (pointer.to, pointer.from));
        let points = |from, to| Pointer { from, to };
        assert_eq!(pointers, [points(Some(person), account(1)), points(None, account(2)), points(Some(advocate), person), points(None, advocate)], "the no-go list keeps both of its ends");

        let tx = db.begin().await;
        let refused = import_undo::remove(&tx, RecordKind::Contact, &[person.record_id]).await;
        assert!(refused.is_err(), "an advocate points at the contact");
        tx.roll_back().await.expect("rolled back");
        db.tamper("delete from no_go_accounts").await;
        let tx = db.begin().await;
        for one in [advocate, person, account(1)] {
            assert_eq!(import_undo::remove(&tx, one.record_kind, &[one.record_id]).await.expect("removed"), 1);
        }
        assert_eq!(import_undo::remove(&tx, RecordKind::Term, &[person.record_id]).await.expect("nothing"), 0);
        tx.commit().await.expect("committed");
        assert!(account::by_ids(&db.store, vec![id(1)]).await.expect("read").is_empty());
        assert!(tag::of(&db.store, RecordKind::Advocate, vec![advocate.record_id]).await.expect("read").is_empty());
    }

    async fn a_change_of_many_records_is_found_by_who_made_it_and_since_when(db: TestDb) {
        let change = |number: u64, by: Option<u64>| BulkChange {
            id: id(number), version: 1, list: "accounts".into(), change: "{}".into(), changed: 2, made_by: by.map(id),
            made_at: NOW.plus_days(i64::try_from(number).expect("small")), undone_at: None, put_back: None,
            state: BulkState::Running, total: 4, looked: 0, undone_before: None, problem: None,
        };
        let tx = db.begin().await;
        user::insert(&tx, build::user(1, "Ann")).await.expect("written");
        bulk_change::insert(&tx, change(1, Some(1))).await.expect("written");
        bulk_change::insert_all(&tx, vec![change(2, None), change(3, Some(1))]).await.expect("written");
        tx.commit().await.expect("committed");
        let own = Scope::Own(vec![id(1)]);
        let recent = async |scope: &Scope, since: i64| bulk_change::recent(&db.store, scope, NOW.plus_days(since)).await.expect("read").into_iter().map(|row| row.id).collect::<Vec<BulkChangeId>>();
        assert_eq!(recent(&Scope::Everything, 2).await, [id(3), id(2)]);
        assert_eq!(recent(&own, 0).await, [id(3), id(1)]);
        assert!(bulk_change::find(&db.store, &own, id(2)).await.expect("read").is_none());
        let mut row = bulk_change::find(&db.store, &own, id(1)).await.expect("read").expect("a change");
        let tx = db.begin().await;
        row.put_back = Some(1);
        bulk_change::save(&tx, &mut row).await.expect("saved");
        bulk_change::save_all(&tx, vec![change(3, None)]).await.expect("saved");
        tx.commit().await.expect("committed");
        assert_eq!(recent(&own, 0).await, [id(1)]);
        let piece = |position| BulkPiece { change_id: id(1), position, records: "[]".into() };
        let tx = db.begin().await;
        bulk_change::insert_pieces(&tx, vec![piece(0), piece(1), BulkPiece { change_id: id(2), ..piece(0) }]).await.expect("written");
        bulk_change::remove_piece(&tx, &piece(0)).await.expect("removed");
        assert_eq!(bulk_change::next_piece(&tx, id(1)).await.expect("read"), Some(piece(1)));
        assert!(bulk_change::step(&tx, id(1), 2, 1).await.expect("counted"));
        assert!(!bulk_change::undo_step(&tx, id(1), 1, 9).await.expect("asked"), "nobody takes it back");
        assert!(bulk_change::end(&tx, id(1), BulkState::Failed, Some("why")).await.expect("ended"));
        assert!(!bulk_change::end(&tx, id(1), BulkState::Done, None).await.expect("asked"), "once");
        assert!(!bulk_change::step(&tx, id(1), 2, 1).await.expect("asked"), "it is over");
        assert_eq!(bulk_change::next_piece(&tx, id(1)).await.expect("read"), None, "what is left is forgotten");
        assert!(bulk_change::next_piece(&tx, id(2)).await.expect("read").is_some());
        let mut over = bulk_change::find(&tx, &Scope::Everything, id(1)).await.expect("read").expect("a change");
        assert_eq!((over.state, over.looked, over.changed, over.problem.as_deref()), (BulkState::Failed, 2, 3, Some("why")));
        over.state = BulkState::Undoing;
        bulk_change::save(&tx, &mut over).await.expect("saved");
        assert!(bulk_change::undo_step(&tx, id(1), 2, 9).await.expect("counted"));
        tx.commit().await.expect("committed");
        let undoing = bulk_change::find(&db.store, &Scope::Everything, id(1)).await.expect("read").expect("a change");
        assert_eq!((undoing.put_back, undoing.undone_before), (Some(3), Some(9)));
    }

    async fn the_catalog_names_every_pointer_alike(db: TestDb) {
        let keys = schema::foreign_keys(&db.store).await.expect("read");
        let has = |table: &str, column: &str, target: &str| keys.iter().any(|key| (key.table_name.as_str(), key.column_name.as_str(), key.target.as_str()) == (table, column, target));
        assert!(has("contacts", "account_id", "accounts") && has("accounts", "parent_id", "accounts") && has("candidates", "advocate_id", "advocates"), "{keys:?}");
        assert!(keys.len() > 60, "{} keys", keys.len());
    }
}

//! What colleagues write on a record, newest first, until it is removed for good.

use domain::record::RecordKind;
use storage::{account, comment, merge, schema, user};
use testkit::{FIRST_PAGE, NOW, build, build::id};
use uuid::Uuid;

fn uuid(number: u64) -> Uuid {
    let id: domain::id::AccountId = id(number);
    id.0
}

fn written(number: u64, on: u64) -> comment::Comment {
    comment::Comment {
        id: id(number),
        record_kind: RecordKind::Account,
        record_id: uuid(on),
        author_id: id(1),
        body: format!("{number}"),
        written_at: NOW.plus_seconds(i64::try_from(number).expect("a small number")),
        removed_at: None,
    }
}

testkit::on_both_engines! {
    async fn comments_of_a_record_are_read_newest_first_and_go_for_good_after_their_time(db: TestDb) {
        let tx = db.begin().await;
        user::insert(&tx, build::user(1, "Ann")).await.expect("written");
        account::insert_all(&tx, vec![build::account(1, "A"), build::account(2, "B")]).await.expect("written");
        comment::insert_all(&tx, vec![written(1, 1), written(2, 1), written(3, 2)]).await.expect("written");
        tx.commit().await.expect("committed");
        let bodies = async |on| comment::list(&db.store, RecordKind::Account, uuid(on), &FIRST_PAGE).await.expect("read").items.into_iter().map(|row| row.body).collect::<Vec<_>>();
        assert_eq!((bodies(1).await, bodies(2).await), (vec!["2".to_owned(), "1".to_owned()], vec!["3".to_owned()]));
        let other = comment::list(&db.store, RecordKind::Contact, uuid(1), &FIRST_PAGE).await.expect("read");
        assert_eq!(other.total, 0, "the id of another kind of record");
        let tx = db.begin().await;
        assert!(comment::remove(&tx, id(2)).await.expect("an answer"));
        assert!(!comment::remove(&tx, id(2)).await.expect("an answer"), "once");
        tx.commit().await.expect("committed");
        assert_eq!(bodies(1).await, ["1"]);
        let kept = comment::find(&db.store, id(2)).await.expect("read").expect("until its time is over");
        assert_eq!(kept.removed_at, Some(NOW));
        let all = comment::of_records(&db.store, &[(RecordKind::Account, uuid(1)), (RecordKind::Contact, uuid(2))]).await.expect("read");
        assert_eq!(all.len(), 2, "removed ones go along with their record");
        assert!(comment::of_records(&db.store, &[]).await.expect("read").is_empty());
        let tx = db.begin().await;
        assert!(comment::put_back(&tx, id(2)).await.expect("an answer"));
        assert!(!comment::put_back(&tx, id(2)).await.expect("an answer"), "it stands");
        assert!(comment::remove(&tx, id(1)).await.expect("an answer"));
        assert_eq!(comment::forget(&tx, NOW).await.expect("gone"), 0, "not before its time");
        assert_eq!(comment::forget(&tx, NOW.plus_seconds(1)).await.expect("gone"), 1);
        tx.commit().await.expect("committed");
        assert_eq!(bodies(1).await, ["2"]);
        assert_eq!(comment::find(&db.store, id(1)).await.expect("read"), None);
    }

    async fn comments_follow_a_merged_record_and_go_back(db: TestDb) {
        let tx = db.begin().await;
        user::insert(&tx, build::user(1, "Ann")).await.expect("written");
        account::insert_all(&tx, vec![build::account(1, "A"), build::account(2, "B")]).await.expect("written");
        comment::insert_all(&tx, vec![written(1, 1), written(2, 2)]).await.expect("written");
        tx.commit().await.expect("committed");
        let keys = schema::foreign_keys(&db.store).await.expect("read");
        let total = async |on| comment::list(&db.store, RecordKind::Account, uuid(on), &FIRST_PAGE).await.expect("read").total;
        let tx = db.begin().await;
        let moved = merge::move_pointers(&tx, &keys, RecordKind::Account, (uuid(1), uuid(2))).await.expect("moved");
        tx.commit().await.expect("committed");
        assert_eq!((total(1).await, total(2).await), (0, 2));
        let tx = db.begin().await;
        assert_eq!(merge::move_back(&tx, &moved, (uuid(2), uuid(1))).await.expect("moved"), 1);
        tx.commit().await.expect("committed");
        assert_eq!((total(1).await, total(2).await), (1, 1));
    }
}

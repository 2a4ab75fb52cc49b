//! A record leaves its table with everything of its own, waits, and comes back as it was.

use std::collections::BTreeMap;

use domain::{
    access::Scope, freshness::ProfilePart, id::AccountId, protection::Relation, record::RecordKind,
};
use storage::{
    account::{self, AccountRelation},
    advocate, contact,
    opportunity::{self, Opportunity},
    schema,
    trash::{self, Trashed},
    user,
};
use testkit::{NOW, build, build::id, day};

testkit::on_both_engines! {
    async fn a_record_goes_into_the_trash_with_what_is_its_own_and_comes_back_whole(db: TestDb) {
        let own: AccountId = id(1);
        let tx = db.begin().await;
        user::insert(&tx, build::user(1, "Ann")).await.expect("written");
        account::insert_all(&tx, vec![build::account(1, "A"), build::account(2, "B")]).await.expect("written");
        let related = AccountRelation { account_id: id(1), other_id: id(2), relation: Relation::SameGroup };
        account::insert_relations(&tx, vec![related]).await.expect("written");
        contact::insert(&tx, build::contact(9, "X", own)).await.expect("written");
        advocate::insert(&tx, build::advocate(9, id(9))).await.expect("written");
        advocate::set_no_go(&tx, id(9), vec![advocate::NoGo { advocate_id: id(9), account_id: id(2) }]).await.expect("written");
        advocate::set_part_check(&tx, advocate::PartCheck { advocate_id: id(9), part: ProfilePart::Story, verified_on: day(testkit::TODAY) }).await.expect("written");
        tx.commit().await.expect("committed");
        let store = &db.store;
        let keys = schema::foreign_keys(store).await.expect("read");
        let rows = trash::gather(store, RecordKind::Account, own.0).await.expect("read");
        assert_eq!((rows.contacts.len(), rows.advocates.len(), rows.relations.len(), rows.no_go.len(), rows.checks.len()), (1, 1, 1, 1, 1));
        assert!(trash::kept_by(store, &keys, &rows).await.expect("read").is_empty());
        let body = serde_json::to_string(&rows).expect("JSON");
        assert_eq!(serde_json::from_str::<trash::Rows>(&body).expect("rows"), rows);
        let entry = Trashed { id: id(7), record_kind: RecordKind::Account, record_id: own.0, name: "A".into(), body, trashed_by: Some(id(1)), trashed_at: NOW };
        let tx = db.begin().await;
        trash::insert(&tx, entry.clone(), &rows.files).await.expect("written");
        trash::remove(&tx, &rows).await.expect("removed");
        tx.commit().await.expect("committed");
        assert_eq!(trash::gather(store, RecordKind::Account, own.0).await.expect("read"), trash::Rows::default());
        assert!(trash::holds(store, RecordKind::Account, own.0).await.expect("read"));
        assert!(!trash::holds(store, RecordKind::Contact, own.0).await.expect("read"));
        let (mine, others) = (Scope::Own(vec![id(1)]), Scope::Own(vec![id(2)]));
        assert_eq!(trash::list(store, &mine).await.expect("read"), std::slice::from_ref(&entry));
        assert_eq!(trash::list(store, &others).await.expect("read"), []);
        assert!(trash::find(store, &others, id(7)).await.expect("read").is_none());
        assert_eq!(trash::find(store, &mine, id(7)).await.expect("read"), Some(entry.clone()));
        assert_eq!(trash::due(store, NOW).await.expect("read"), []);
        assert_eq!(trash::due(store, NOW.plus_seconds(1)).await.expect("read"), [entry]);
        let tx = db.begin().await;
        trash::put_back(&tx, id(7), rows.clone()).await.expect("back");
        assert!(trash::take_out(&tx, id(7)).await.expect("out"));
        assert!(!trash::take_out(&tx, id(7)).await.expect("asked"), "once");
        let deal = Opportunity { account_id: Some(own), ..Opportunity::named(id(1), "Deal", NOW) };
        opportunity::insert(&tx, deal).await.expect("written");
        tx.commit().await.expect("committed");
        assert_eq!(trash::gather(store, RecordKind::Account, own.0).await.expect("read"), rows);
        let kept = trash::kept_by(store, &keys, &rows).await.expect("read");
        assert_eq!(kept, BTreeMap::from([("opportunities".to_owned(), 1)]));
    }
}

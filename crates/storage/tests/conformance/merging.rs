//! Probable duplicates, what moves when one record goes into another, and the way back.

use domain::record::RecordKind;
use storage::{
    account, advocate, contact,
    duplicate::{self, Likely, Pair},
    merge::{self, Merge},
    opportunity::{self, Opportunity},
    reference_use, schema, tag,
};
use testkit::{FIRST_PAGE, NOW, build, build::id, day};
use uuid::Uuid;

fn uuid(number: u64) -> Uuid {
    let id: domain::id::AccountId = id(number);
    id.0
}

fn pair(one: u64, other: u64, score: i64) -> Pair {
    Pair {
        record_kind: RecordKind::Account,
        one_id: uuid(one),
        other_id: uuid(other),
        score,
        reasons: "same_name".into(),
        found_at: NOW,
        dismissed_by: None,
        dismissed_at: None,
    }
}

fn merged(number: u64, winner: u64, loser: u64) -> Merge {
    Merge {
        id: id(number),
        record_kind: RecordKind::Account,
        winner_id: uuid(winner),
        loser_id: uuid(loser),
        external_id: Some(format!("A{loser}")),
        name_folded: format!("name {loser}"),
        mark: None,
        body: "{}".into(),
        merged_by: None,
        merged_at: NOW,
        undone_at: None,
    }
}

testkit::on_both_engines! {
    async fn a_pair_that_was_told_apart_stays_so_and_the_others_are_replaced(db: TestDb) {
        let kind = RecordKind::Account;
        let tx = db.begin().await;
        duplicate::replace(&tx, kind, vec![pair(1, 2, 70), pair(1, 3, 80)]).await.expect("written");
        assert!(duplicate::dismiss(&tx, kind, (uuid(1), uuid(2)), None).await.expect("noted"));
        assert!(!duplicate::dismiss(&tx, kind, (uuid(1), uuid(2)), None).await.expect("asked"), "once");
        assert!(duplicate::reinstate(&tx, kind, (uuid(1), uuid(2))).await.expect("noted"));
        assert!(!duplicate::reinstate(&tx, kind, (uuid(1), uuid(2))).await.expect("asked"), "it waits");
        assert!(duplicate::dismiss(&tx, kind, (uuid(1), uuid(2)), None).await.expect("noted"));
        tx.commit().await.expect("committed");
        let open = async || duplicate::open(&db.store, kind, None, 10).await.expect("read").into_iter().map(|pair| pair.score).collect::<Vec<_>>();
        assert_eq!(open().await, [80]);
        let tx = db.begin().await;
        duplicate::replace(&tx, kind, vec![pair(1, 2, 99), pair(2, 3, 60), pair(2, 4, 65)]).await.expect("written");
        tx.commit().await.expect("committed");
        assert_eq!(open().await, [65, 60], "the surest first, and not the one that was told apart");
        assert_eq!(duplicate::open_total(&db.store, kind).await.expect("read"), 2);
        let after = duplicate::open(&db.store, kind, Some((65, uuid(2), uuid(4))), 10).await.expect("read");
        assert_eq!(after.iter().map(|pair| pair.score).collect::<Vec<_>>(), [60], "the page after the first pair");
        let level = duplicate::open(&db.store, kind, Some((65, uuid(2), uuid(3))), 10).await.expect("read");
        assert_eq!(level.iter().map(|pair| pair.score).collect::<Vec<_>>(), [65, 60], "of one score by their ids");
        let tx = db.begin().await;
        assert_eq!(duplicate::forget(&tx, kind, uuid(4)).await.expect("gone"), 1);
        tx.commit().await.expect("committed");
        assert_eq!(open().await, [60]);
    }

    async fn what_can_tell_a_duplicate_is_read_of_every_record_but_erased_people(db: TestDb) {
        let tx = db.begin().await;
        account::insert(&tx, account::Account { domain: Some("acme.com".into()), ..build::account(1, "Acme") }).await.expect("written");
        contact::insert(&tx, build::contact(2, "Bo", id(1))).await.expect("written");
        contact::insert(&tx, contact::Contact { erased_at: Some(NOW), ..build::contact(3, "Cy", id(1)) }).await.expect("written");
        tx.commit().await.expect("committed");
        let likely = |number, name: &str, mark: Option<String>, account| Likely { id: uuid(number), name_folded: name.into(), mark, account_id: Some(uuid(account)) };
        assert_eq!(duplicate::accounts(&db.store, 10).await.expect("read"), [likely(1, "acme", Some("acme.com".into()), 1)]);
        let bo = build::contact(2, "Bo", id(1)).email.map(|email| email.to_string());
        assert_eq!(duplicate::contacts(&db.store, 10).await.expect("read"), [likely(2, "bo", bo, 1)]);
    }

    async fn a_merged_record_leads_to_where_it_is_now_until_that_is_undone(db: TestDb) {
        let kind = RecordKind::Account;
        let tx = db.begin().await;
        merge::insert(&tx, merged(1, 2, 1)).await.expect("written");
        merge::insert(&tx, merged(2, 3, 2)).await.expect("written");
        tx.commit().await.expect("committed");
        let leads = async |number| merge::ends(&db.store, kind, &[uuid(number)]).await.expect("read").remove(&uuid(number));
        assert_eq!((leads(1).await, leads(2).await, leads(3).await), (Some(uuid(3)), Some(uuid(3)), None));
        assert!(merge::ends(&db.store, RecordKind::Contact, &[uuid(1)]).await.expect("read").is_empty());
        let known = async |external: &[&str], names: &[&str]| {
            let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
            let aliases = merge::aliases(&db.store, kind, texts(external), texts(names), vec![]).await.expect("read");
            aliases.into_iter().map(|alias| (alias.name_folded, alias.winner_id)).collect::<Vec<_>>()
        };
        assert_eq!(known(&["A1"], &["name 2"]).await, [("name 1".to_owned(), uuid(3)), ("name 2".to_owned(), uuid(3))]);
        assert!(known(&["A3"], &[]).await.is_empty());
        assert_eq!(merge::recent(&db.store, NOW, &FIRST_PAGE).await.expect("read").total, 2);
        let tx = db.begin().await;
        assert!(merge::undo(&tx, id(2)).await.expect("noted"));
        assert!(!merge::undo(&tx, id(2)).await.expect("asked"), "once");
        tx.commit().await.expect("committed");
        assert_eq!((leads(1).await, leads(2).await), (Some(uuid(2)), None));
        assert!(known(&[], &["name 2"]).await.is_empty());
        assert_eq!(merge::find(&db.store, id(2)).await.expect("read").and_then(|row| row.undone_at), Some(NOW));
        assert_eq!(merge::recent(&db.store, NOW, &FIRST_PAGE).await.expect("read").total, 1);
        let tx = db.begin().await;
        assert_eq!(merge::forget(&tx, NOW).await.expect("nothing is old"), 0);
        assert_eq!(merge::forget(&tx, NOW.plus_days(1)).await.expect("gone"), 1);
        tx.commit().await.expect("committed");
        assert_eq!(known(&["A1"], &[]).await.len(), 1, "files go on to name it");
    }

    async fn erasing_a_person_erases_what_was_kept_of_those_merged_into_them(db: TestDb) {
        let tx = db.begin().await;
        account::insert(&tx, build::account(1, "Acme")).await.expect("written");
        contact::insert(&tx, build::contact(3, "Bo", id(1))).await.expect("written");
        for (number, winner, loser) in [(1, 2, 1), (2, 3, 2), (3, 5, 4)] {
            merge::insert(&tx, Merge { record_kind: RecordKind::Contact, ..merged(number, winner, loser) }).await.expect("written");
        }
        tx.commit().await.expect("committed");
        let mut tx = db.begin().await;
        let person = storage::erasure::Person { contact: id(3), advocate: None, pseudonym: "Person 1".into(), traces: vec!["Bo".into()] };
        storage::erasure::erase(&mut tx, &person).await.expect("erased");
        tx.commit().await.expect("committed");
        for (number, kept) in [(1, ""), (2, ""), (3, "{}")] {
            let row = merge::find(&db.store, id(number)).await.expect("read").expect("the merge");
            assert_eq!((row.body.as_str(), row.external_id.is_some()), (kept, !kept.is_empty()), "{number}");
        }
    }

    async fn everything_that_points_at_an_account_moves_and_comes_back(db: TestDb) {
        let tx = db.begin().await;
        account::insert_all(&tx, (1..=4).map(|number| build::account(number, "Acme")).collect()).await.expect("written");
        contact::insert(&tx, build::contact(1, "Bo", id(1))).await.expect("written");
        advocate::insert(&tx, build::advocate(1, id(1))).await.expect("written");
        opportunity::insert(&tx, Opportunity { account_id: Some(id(1)), ..Opportunity::named(id(1), "Deal", NOW) }).await.expect("written");
        reference_use::insert_all(&tx, vec![build::used(1, id(1), id(1), day("2026-01-01"))]).await.expect("written");
        let relation = |one, other| account::AccountRelation { account_id: id(one), other_id: id(other), relation: domain::protection::Relation::Competitor };
        account::insert_relations(&tx, vec![relation(1, 2), relation(1, 3), relation(2, 3), relation(4, 1)]).await.expect("written");
        let shuns = |account| advocate::NoGo { advocate_id: id(1), account_id: id(account) };
        advocate::set_no_go(&tx, id(1), vec![shuns(1), shuns(2)]).await.expect("written");
        tx.commit().await.expect("committed");
        let keys = schema::foreign_keys(&db.store).await.expect("read");
        let relations = async || account::relations(&db.store, (1..=4).map(id).collect()).await.expect("read").len();
        let before = relations().await;

        let tx = db.begin().await;
        let moved = merge::move_pointers(&tx, &keys, RecordKind::Account, (uuid(1), uuid(2))).await.expect("moved");
        let pairs = merge::move_pairs(&tx, (uuid(1), uuid(2))).await.expect("moved");
        storage::import_undo::remove(&tx, RecordKind::Account, &[uuid(1)]).await.expect("nothing points at it any more");
        tx.commit().await.expect("committed");
        let place = async || {
            let contact = contact::by_ids(&db.store, vec![id(1)]).await.expect("read")[&id(1)].account_id;
            let deal = opportunity::by_ids(&db.store, vec![id(1)]).await.expect("read")[&id(1)].account_id;
            let used = reference_use::by_ids(&db.store, vec![id(1)]).await.expect("read")[&id(1)].account_id;
            (contact, deal, used)
        };
        assert_eq!(place().await, (Some(id(2)), Some(id(2)), id(2)));
        assert_eq!(advocate::no_go(&db.store, vec![id(1)]).await.expect("read"), vec![shuns(2)]);

        let tx = db.begin().await;
        account::insert(&tx, build::account(1, "Acme")).await.expect("written");
        merge::restore_pairs(&tx, &pairs).await.expect("restored");
        assert_eq!(merge::move_back(&tx, &moved, (uuid(2), uuid(1))).await.expect("moved"), 3);
        tx.commit().await.expect("committed");
        assert_eq!(place().await, (Some(id(1)), Some(id(1)), id(1)));
        assert_eq!(relations().await, before);
        assert_eq!(advocate::no_go(&db.store, vec![id(1)]).await.expect("read").len(), 2);
        let tx = db.begin().await;
        let row = tag::Tag { record_kind: RecordKind::Account, record_id: uuid(1), facet_id: id(1), folded: "x".into(), written: "X".into(), term_id: None };
        storage::term::insert_facets(&tx, vec![build::facet(1, "industry")]).await.expect("written");
        tag::insert_all(&tx, vec![row.clone()]).await.expect("written");
        tag::remove(&tx, &[row]).await.expect("gone");
        assert!(tag::of(&tx, RecordKind::Account, vec![uuid(1)]).await.expect("read").is_empty());
    }

    async fn every_table_that_points_at_an_account_or_a_contact_can_be_moved(db: TestDb) {
        let columns = schema::columns(&db.store).await.expect("read");
        for key in schema::foreign_keys(&db.store).await.expect("read") {
            let is_target = ["accounts", "contacts"].contains(&key.target.as_str());
            if is_target && !merge::PAIRED.contains(&key.table_name.as_str()) {
                let has_id = columns.iter().any(|column| column.table_name == key.table_name && column.column_name == "id");
                assert!(has_id, "{} points at {} and its rows have no id: teach storage::merge to move them", key.table_name, key.target);
            }
        }
    }
}

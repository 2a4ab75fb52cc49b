//! Terms, synonyms and the values that wait for one.

use domain::{
    id::TermId,
    money::Currency,
    opportunity::{DealStage, OpportunityStatus},
    record::RecordKind,
};
use storage::{
    opportunity::{self, Opportunity},
    page::{Cursor, Key, Page},
    tag::{self, Carrier, Tag, Unmapped, Waiting},
    term::{self, Facet, Synonym, Term},
};
use testkit::{NOW, TestDb, build, build::id};
use uuid::Uuid;

use crate::{AWKWARD, lists::first};

/// Facet 1 with the terms 1 to `count`, named `Term 1` and on.
async fn insert_terms(db: &TestDb, count: u64) {
    let tx = db.begin().await;
    term::insert_facets(
        &tx,
        vec![
            build::facet(1, "industry"),
            Facet {
                position: 2,
                ..build::facet(2, "region")
            },
        ],
    )
    .await
    .expect("facets");
    let rows = (1..=count).map(|number| build::term(number, id(1), &format!("Term {number}")));
    term::insert_all(&tx, rows.collect()).await.expect("terms");
    tx.commit().await.expect("committed");
}

async fn insert_tags(db: &TestDb, tags: Vec<Tag>) {
    let tx = db.begin().await;
    tag::insert_all(&tx, tags).await.expect("tags");
    tx.commit().await.expect("committed");
}

fn on_account(record: u64, written: &str, term: Option<u64>) -> Tag {
    build::tag(RecordKind::Account, record, id(1), written, term.map(id))
}

/// The term under each value of facet 1, by record and folded value.
async fn terms_on(db: &TestDb, records: u64) -> Vec<(u64, String, Option<u64>)> {
    let ids = (1..=records).map(id).collect();
    tag::of(&db.store, RecordKind::Account, ids)
        .await
        .expect("tags")
        .into_iter()
        .map(|tag| {
            (
                tag.record_id.as_u64_pair().1,
                tag.folded,
                tag.term_id.map(|term| term.0.as_u64_pair().1),
            )
        })
        .collect()
}

testkit::on_both_engines! {
    async fn the_taxonomy_and_tags_read_back(db: TestDb) {
        let facet = Facet { name: AWKWARD.into(), is_ordinal: true, position: 3, ..build::facet(1, "industry") };
        let plain = Term { name: AWKWARD.into(), name_folded: "x".into(), ..build::term(1, id(1), "") };
        let full = Term {
            id: id(2), parent_id: Some(id(1)), term_key: Some("k".into()), rank: Some(-4), list_minor: Some(55_000), list_currency: Some(Currency::USD),
            merged_into_id: Some(id(1)), retired_at: Some(NOW), ..plain.clone()
        };
        let synonym = Synonym { folded: "y".into(), ..build::synonym(id(1), AWKWARD, id(1)) };
        let mapped = Tag { folded: "x".into(), ..build::tag(RecordKind::Contact, 7, id(1), AWKWARD, Some(id(2))) };
        let unmapped = Tag { folded: "z".into(), term_id: None, ..mapped.clone() };
        let tx = db.begin().await;
        term::insert_facets(&tx, vec![facet.clone()]).await.expect("written");
        // The child goes in before its parent: the whole write is checked, not each row.
        term::insert_all(&tx, vec![full.clone(), plain.clone()]).await.expect("written");
        term::insert_synonyms(&tx, vec![synonym.clone()]).await.expect("written");
        tag::insert_all(&tx, vec![mapped.clone(), unmapped.clone()]).await.expect("written");
        tx.commit().await.expect("committed");
        let store = &db.store;
        assert_eq!(term::facets(store).await.expect("read"), vec![facet]);
        assert_eq!(term::find(store, id(2)).await.expect("read"), Some(full));
        assert_eq!(term::terms(store).await.expect("read").len(), 2);
        assert_eq!(term::synonyms(store).await.expect("read"), vec![synonym]);
        assert_eq!(tag::of(store, RecordKind::Contact, vec![id(7)]).await.expect("read"), vec![mapped, unmapped]);
        assert_eq!(term::tag_counts(store).await.expect("read")[&id(2)], 1);
        assert_eq!(tag::unmapped(store, &first(1)).await.expect("read").expect("a page").total, 1);
        assert_eq!(tag::unmapped_total(store).await.expect("counted"), 1);
        let tx = db.begin().await;
        assert_eq!(tag::map(&tx, id(1), "z", id(1)).await.expect("mapped"), 1);
        tag::replace(&tx, RecordKind::Contact, id(7), id(1), vec![]).await.expect("replaced");
        term::set_synonyms(&tx, id(1), vec![]).await.expect("replaced");
        tx.commit().await.expect("committed");
        assert_eq!(tag::carriers(store, id(1), "z").await.expect("read"), vec![]);
        assert!(tag::unmapped(store, &first(10)).await.expect("read").expect("a page").items.is_empty());
    }

    async fn a_name_follows_merges_to_the_end_and_a_circle_has_none(db: TestDb) {
        insert_terms(&db, 6).await;
        let tx = db.begin().await;
        // 1 -> 2 -> 3, and 4 <-> 5, which only a damaged database holds.
        for (from, into) in [(1, 2), (2, 3), (4, 5), (5, 4)] {
            let mut row = term::find(&db.store, id(from)).await.expect("read").expect("a term");
            row.merged_into_id = Some(id(into));
            term::save(&tx, &mut row).await.expect("saved");
        }
        tx.commit().await.expect("committed");
        let named = term::names(&db.store, (1..=7).map(id).collect()).await.expect("names");
        let found = |number: u64| named.get(&id::<TermId>(number)).map(|named| (named.id, named.name.as_str()));
        for number in [1, 2, 3] {
            assert_eq!(found(number), Some((id(3), "Term 3")), "{number}");
        }
        assert_eq!((found(4), found(5), found(6), found(7)), (None, None, Some((id(6), "Term 6")), None));
        assert!(term::names(&db.store, vec![]).await.expect("names").is_empty());
    }

    async fn values_that_a_synonym_explains_now_are_settled_and_no_others(db: TestDb) {
        insert_terms(&db, 3).await;
        let other_facet = build::tag(RecordKind::Account, 1, id(2), "Technolgy", None);
        insert_tags(&db, vec![
            on_account(1, "Technolgy", None), on_account(2, "technolgy", None), on_account(2, "Retail", None), on_account(3, "Technolgy", Some(2)), other_facet.clone(),
        ]).await;
        let tx = db.begin().await;
        term::insert_synonyms(&tx, vec![build::synonym(id(1), "Technolgy", id(1))]).await.expect("written");
        assert_eq!(tag::settle(&tx, id(1)).await.expect("settled"), 2);
        assert_eq!(tag::settle(&tx, id(1)).await.expect("settled"), 0, "what is mapped is left alone");
        tx.commit().await.expect("committed");
        let waiting = tag::waiting(&db.store, id(1)).await.expect("read");
        assert_eq!(waiting, [Waiting { record_kind: RecordKind::Account, record_id: id(2), folded: "retail".into(), written: "Retail".into() }]);
        assert_eq!(tag::waiting(&db.store, id(2)).await.expect("read").len(), 1, "a synonym belongs to its facet");
        assert_eq!(
            tag::of(&db.store, RecordKind::Account, vec![id(1)]).await.expect("read"),
            vec![on_account(1, "Technolgy", Some(1)), other_facet]
        );
        assert_eq!(terms_on(&db, 3).await[2..], [(2, "retail".into(), None), (2, "technolgy".into(), Some(1)), (3, "technolgy".into(), Some(2))]);
    }

    async fn tags_of_records_of_several_kinds_come_in_one_answer(db: TestDb) {
        insert_terms(&db, 1).await;
        let of_contact = build::tag(RecordKind::Contact, 2, id(1), "Retail", Some(id(1)));
        insert_tags(&db, vec![on_account(1, "Health", Some(1)), on_account(2, "Retail", None), of_contact.clone()]).await;
        let asked = [(RecordKind::Account, id(1)), (RecordKind::Contact, id(2)), (RecordKind::Contact, id(1))];
        assert_eq!(tag::of_records(&db.store, asked).await.expect("read"), vec![on_account(1, "Health", Some(1)), of_contact]);
        assert_eq!(tag::of_records(&db.store, []).await.expect("read"), vec![]);
    }

    async fn a_value_is_mapped_again_wherever_it_stands_for_another_term(db: TestDb) {
        insert_terms(&db, 2).await;
        insert_tags(&db, vec![on_account(1, "Health", Some(1)), on_account(2, "health", None), on_account(3, "Health", Some(2)), on_account(3, "Retail", None)]).await;
        let tx = db.begin().await;
        assert_eq!(tag::map(&tx, id(1), "health", id(1)).await.expect("mapped"), 1, "only those without a term");
        assert_eq!(tag::remap(&tx, id(1), "health", id(2)).await.expect("mapped"), 2, "those with another term");
        tx.commit().await.expect("committed");
        assert_eq!(
            terms_on(&db, 3).await,
            [(1, "health".into(), Some(2)), (2, "health".into(), Some(2)), (3, "health".into(), Some(2)), (3, "retail".into(), None)]
        );
        let tx = db.begin().await;
        assert_eq!(tag::unmap(&tx, id(1), "health", id(1)).await.expect("asked"), 0, "they stand for another term");
        assert_eq!(tag::unmap(&tx, id(1), "health", id(2)).await.expect("unmapped"), 3);
        tx.roll_back().await.expect("rolled back");
        let carriers = tag::carriers(&db.store, id(1), "health").await.expect("read");
        assert_eq!(carriers, [1, 2, 3].map(|number| Carrier { record_kind: RecordKind::Account, record_id: id(number) }));
    }

    async fn the_most_frequent_unmapped_value_comes_first(db: TestDb) {
        insert_terms(&db, 1).await;
        insert_tags(&db, vec![
            on_account(1, "Rare", None), on_account(1, "Common", None), on_account(2, "common", None), on_account(3, "Known", Some(1)),
            build::tag(RecordKind::Contact, 1, id(1), "rare", None), build::tag(RecordKind::Contact, 2, id(1), "COMMON", None),
        ]).await;
        let value = |folded: &str, written: &str, records: i64| Unmapped { facet_id: id(1), folded: folded.into(), written: written.into(), records };
        let page = tag::unmapped(&db.store, &first(1)).await.expect("read").expect("a page");
        let next = Page { limit: 1, after: page.next.clone() };
        let rest = tag::unmapped(&db.store, &next).await.expect("read").expect("a page");
        assert_eq!((page.total, rest.total, rest.next), (2, 2, None));
        let strange = Page { limit: 1, after: Some(Cursor { key: Key::Number(7), id: id(1) }) };
        assert!(tag::unmapped(&db.store, &strange).await.expect("read").is_none());
        let unmapped = [page.items, rest.items].concat();
        assert_eq!(unmapped.iter().map(|value| (value.folded.as_str(), value.records)).collect::<Vec<_>>(), [("common", 3), ("rare", 2)]);
        // Of several ways of writing the first by bytes is shown, on both engines.
        assert_eq!(unmapped, [value("common", "COMMON", 3), value("rare", "Rare", 2)]);
    }

    async fn tags_of_many_records_are_replaced_in_one_facet_only(db: TestDb) {
        insert_terms(&db, 1).await;
        let region = build::tag(RecordKind::Account, 1, id(2), "Midwest", None);
        let contact = build::tag(RecordKind::Contact, 1, id(1), "Health", None);
        insert_tags(&db, vec![on_account(1, "Old", None), on_account(2, "Old", None), on_account(3, "Old", None), region.clone(), contact.clone()]).await;
        let tx = db.begin().await;
        let ids: Vec<Uuid> = vec![id(1), id(2)];
        tag::replace_all(&tx, RecordKind::Account, id(1), ids, vec![on_account(1, "New", Some(1))]).await.expect("replaced");
        tx.commit().await.expect("committed");
        assert_eq!(tag::of(&db.store, RecordKind::Account, vec![id(1), id(2), id(3)]).await.expect("read"), vec![on_account(1, "New", Some(1)), region, on_account(3, "Old", None)]);
        assert_eq!(tag::of(&db.store, RecordKind::Contact, vec![id(1)]).await.expect("read"), vec![contact]);
    }

    async fn a_synonym_moves_to_the_term_that_claims_it_last(db: TestDb) {
        insert_terms(&db, 2).await;
        let tx = db.begin().await;
        let first: Vec<Synonym> = (0..5_100).map(|number| build::synonym(id(1), &format!("word {number}"), id(1))).collect();
        term::put_synonyms(&tx, id(1), first).await.expect("written");
        term::put_synonyms(&tx, id(1), vec![build::synonym(id(1), "Word 5050", id(2))]).await.expect("written");
        term::put_synonyms(&tx, id(2), vec![build::synonym(id(2), "word 1", id(2))]).await.expect("another facet keeps its own");
        tx.commit().await.expect("committed");
        let synonyms = term::synonyms(&db.store).await.expect("read");
        assert_eq!(synonyms.len(), 5_101);
        let moved: Vec<&Synonym> = synonyms.iter().filter(|synonym| synonym.term_id == id(2)).collect();
        assert_eq!(moved.iter().map(|synonym| synonym.written.as_str()).collect::<Vec<_>>(), ["Word 5050", "word 1"]);
        let tx = db.begin().await;
        assert!(!term::remove_synonym(&tx, id(1), "word 5050", id(1)).await.expect("asked"), "it stands for another term");
        assert!(term::remove_synonym(&tx, id(1), "word 5050", id(2)).await.expect("removed"));
        assert_eq!(term::synonyms(&tx).await.expect("read").len(), 5_100);
        tx.roll_back().await.expect("rolled back");
    }

    async fn a_facet_is_locked_only_when_it_is_there(db: TestDb) {
        insert_terms(&db, 1).await;
        let tx = db.begin().await;
        assert!(term::lock_facet(&tx, id(1)).await.expect("an answer"));
        assert!(!term::lock_facet(&tx, id(99)).await.expect("an answer"));
        tx.commit().await.expect("committed");
        assert_eq!(term::facets(&db.store).await.expect("read")[0].version, 2);
        let tx = db.begin().await;
        assert!(!term::rename_facet(&tx, id(1), 1, "Late").await.expect("an answer"), "read before the lock");
        assert!(term::rename_facet(&tx, id(1), 2, "Sector").await.expect("an answer"));
        tx.commit().await.expect("committed");
        let renamed = term::find_facet(&db.store, id(1)).await.expect("read").expect("a facet");
        assert_eq!((renamed.name.as_str(), renamed.version), ("Sector", 3));
        assert_eq!(term::find_facet(&db.store, id(99)).await.expect("read"), None);
    }

    async fn deals_take_the_stage_that_their_written_stage_is_mapped_to(db: TestDb) {
        insert_terms(&db, 3).await;
        let staged = |number: u64, stage| Opportunity { stage, stage_written: Some("As the CRM has it".into()), status: OpportunityStatus::Open, ..Opportunity::named(id(number), "Deal", NOW) };
        let by_hand = Opportunity { stage_written: None, ..staged(4, Some(DealStage::Late)) };
        let tx = db.begin().await;
        let mut middle = build::term(1, id(1), "Term 1");
        middle.term_key = Some("middle".into());
        term::save(&tx, &mut middle).await.expect("saved");
        opportunity::insert_all(&tx, vec![staged(1, None), staged(2, Some(DealStage::Late)), staged(3, Some(DealStage::Early)), by_hand]).await.expect("written");
        let stage = |record: u64, written: &str, term: Option<u64>| build::tag(RecordKind::Opportunity, record, id(1), written, term.map(id));
        tag::insert_all(&tx, vec![stage(1, "Proposal", Some(1)), stage(2, "Unheard of", None), stage(4, "Proposal", Some(1))]).await.expect("written");
        assert_eq!(opportunity::restage(&tx, id(1)).await.expect("restaged"), 2);
        tx.commit().await.expect("committed");
        let deals = opportunity::by_ids(&db.store, vec![id(1), id(2), id(3), id(4)]).await.expect("read");
        let stage_of = |number: u64| deals[&id(number)].stage;
        assert_eq!((stage_of(1), stage_of(2), stage_of(3)), (Some(DealStage::Middle), None, Some(DealStage::Early)));
        assert_eq!(stage_of(4), Some(DealStage::Late), "set by hand, it stays");
    }
}

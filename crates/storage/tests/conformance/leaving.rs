//! What leaves the house: rows for an export, and everything about a person who asks for it.

use domain::{
    access::Scope,
    id::AccountId,
    record::{Action, RecordKind},
};
use serde_json::json;
use storage::{
    NewEvent,
    account::{self, Account},
    advocate::{self, Advocate},
    contact::{self, Contact},
    content,
    erasure::{self, Person},
    export::{self, Reach},
    log,
    reference_use::{self, ReferenceUse},
    tag, timeline, user,
};
use testkit::{build, build::id, day};

fn everything() -> Reach {
    Reach {
        scope: Scope::Everything,
        restricted: true,
        content: content::Sight::Everything,
    }
}

testkit::on_both_engines! {
    async fn an_export_holds_the_ids_in_reach_of_every_kind_in_reading_order(db: TestDb) {
        crate::projection::insert_world(&db).await;
        let tx = db.begin().await;
        let mut owned = account::by_ids(&tx, vec![id(1)]).await.expect("read").remove(&id(1)).expect("an account");
        owned.owner_id = Some(id(1));
        account::save(&tx, &mut owned).await.expect("saved");
        let mut hidden = advocate::by_ids(&tx, vec![id(2)]).await.expect("read").remove(&id(2)).expect("an advocate");
        hidden.is_restricted = true;
        advocate::save(&tx, &mut hidden).await.expect("saved");
        tx.commit().await.expect("committed");
        let numbers = async |kind, reach: &Reach| export::ids(&db.store, kind, reach).await.expect("read").into_iter().map(|id| id.as_u64_pair().1).collect::<Vec<_>>();
        for (kind, all, own) in [
            (RecordKind::Account, vec![1, 2], vec![1]),
            (RecordKind::Contact, vec![4, 1, 2, 3], vec![4, 1]),
            (RecordKind::User, vec![1], vec![1]),
            (RecordKind::Opportunity, vec![], vec![]),
            (RecordKind::Advocate, vec![1, 2, 3], vec![1]),
            (RecordKind::Content, vec![11, 12, 1, 2], vec![]),
            (RecordKind::Use, vec![11, 12, 1, 2], vec![11, 1]),
            (RecordKind::Term, vec![1], vec![1]),
        ] {
            assert_eq!(numbers(kind, &everything()).await, all, "{kind}");
            let mine = Reach { scope: Scope::Own(vec![id(1)]), ..everything() };
            assert_eq!(numbers(kind, &mine).await, own, "{kind}");
        }
        let open = Reach { restricted: false, ..everything() };
        assert_eq!(numbers(RecordKind::Advocate, &open).await, [1, 3]);
        let approved = Reach { content: content::Sight::UsableOn(testkit::day("2026-03-01")), ..everything() };
        assert!(numbers(RecordKind::Content, &approved).await.is_empty());
        assert!(export::ids(&db.store, RecordKind::Job, &everything()).await.is_err());
        assert_eq!(export::facets_in_use(&db.store, RecordKind::Account).await.expect("read"), [id(1)]);
        assert!(export::facets_in_use(&db.store, RecordKind::Use).await.expect("read").is_empty());
        let uses = reference_use::by_ids(&db.store, vec![id(1), id(99)]).await.expect("read");
        assert_eq!(uses.keys().copied().collect::<Vec<_>>(), [id(1)]);
    }

    async fn the_newest_events_of_a_kind_are_found_with_their_details(db: TestDb) {
        let mut tx = db.begin().await;
        for (number, action) in [(1, Action::Created), (2, Action::Created), (1, Action::Updated)] {
            tx.record(NewEvent::new(action, RecordKind::Account, id::<AccountId>(number)).detail(serde_json::json!({ "number": number })));
        }
        tx.commit().await.expect("committed");
        let newest = timeline::newest(&db.store, RecordKind::Account, 2).await.expect("read");
        let told: Vec<_> = newest.iter().map(|entry| (entry.event.position, entry.event.action, entry.detail.clone())).collect();
        let detail = |number: u64| Some(serde_json::json!({ "number": number }));
        assert_eq!(told, [(3, Action::Updated, detail(1)), (2, Action::Created, detail(2))]);
        assert!(timeline::newest(&db.store, RecordKind::Contact, 2).await.expect("read").is_empty());
    }

    async fn an_erased_person_is_gone_everywhere_and_others_stay_as_they_were(db: TestDb) {
        let mut tx = db.begin().await;
        user::insert(&tx, build::user(1, "Ann")).await.expect("written");
        account::insert(&tx, Account { owner_id: Some(id(1)), ..build::account(1, "Acme") }).await.expect("written");
        contact::insert_all(&tx, vec![Contact { left_on: Some(day("2025-12-01")), ..build::contact(1, "Wilma Quartz", id(1)) }, build::contact(2, "Bo Stone", id(1))]).await.expect("written");
        let told = |number: u64| Advocate { story: Some("Wilma Quartz told it".into()), notes: Some("call Wilma Quartz".into()), ..build::advocate(number, id(number)) };
        advocate::insert_all(&tx, vec![told(1), told(2)]).await.expect("written");
        let used = |number: u64| ReferenceUse { comment: Some("Wilma Quartz was kind".into()), ..build::used(number, id(number), id(1), testkit::day("2026-01-01")) };
        reference_use::insert_all(&tx, vec![used(1), used(2)]).await.expect("written");
        storage::term::insert_facets(&tx, vec![build::facet(1, "persona")]).await.expect("written");
        tag::insert_all(&tx, vec![build::tag(RecordKind::Contact, 1, id(1), "CIO", None), build::tag(RecordKind::Contact, 2, id(1), "CIO", None)]).await.expect("written");
        for number in [1, 2] {
            tx.record(NewEvent::new(Action::Created, RecordKind::Contact, id::<domain::id::ContactId>(number)).detail(json!({ "number": number })));
        }
        tx.commit().await.expect("committed");
        let mut tx = db.begin().await;
        let person = Person { contact: id(1), advocate: Some(id(1)), pseudonym: "Somebody 1".into(), traces: vec!["Wilma Quartz".into()] };
        erasure::erase(&mut tx, &person).await.expect("erased");
        tx.commit().await.expect("committed");
        let contacts = contact::by_ids(&db.store, vec![id(1), id(2)]).await.expect("read");
        assert_eq!(contacts[&id(1)].left_on, None);
        assert_eq!((contacts[&id(1)].name.as_str(), contacts[&id(2)].name.as_str()), ("Somebody 1", "Bo Stone"));
        let advocates = advocate::by_ids(&db.store, vec![id(1), id(2)]).await.expect("read");
        assert_eq!((advocates[&id(1)].story.as_deref(), advocates[&id(1)].notes.as_deref()), (None, None));
        assert_eq!(advocates[&id(2)].story.as_deref(), Some("[erased] told it"), "what others hold loses the name alone");
        let uses = reference_use::by_ids(&db.store, vec![id(1), id(2)]).await.expect("read");
        assert_eq!((uses[&id(1)].comment.as_deref(), uses[&id(2)].comment.as_deref()), (None, Some("[erased] was kind")));
        let tags = tag::of(&db.store, RecordKind::Contact, vec![id(1), id(2)]).await.expect("read");
        assert_eq!(tags.iter().map(|tag| tag.record_id).collect::<Vec<uuid::Uuid>>(), [id::<uuid::Uuid>(2)]);
        assert_eq!(log::verify(&db.store).await.expect("read"), [], "the chain still verifies");
    }
}

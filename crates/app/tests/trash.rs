//! Deleting by hand: what nothing rests on goes at once and comes back whole, what something rests on
//! stays with the reason, and after thirty days the rest is gone for good.

use app::{
    Actor, App, Error,
    account::{self, ListAccounts},
    find::{self, FindReferences},
    job,
    trash::{self, KEPT_DAYS, TrashedView},
};
use domain::{
    access::{Role, Scope},
    activity::Activity,
    id::AccountId,
    protection::{LockReason, Relation},
    record::RecordKind,
};
use storage::{
    account::{AccountLock, AccountRelation},
    advocate::{self, NoGo, Outcome, Willingness},
    contact::{self, Contact},
    reference_use, tag,
    trash::{Rows, gather},
};
use testkit::{NOW, TODAY, TestApp, build, build::id, day};
use uuid::Uuid;

fn uuid(number: u64) -> Uuid {
    id::<AccountId>(number).0
}

/// Acme (11) of Olga (2), with a lock, a parent (12) and two people: Ann (21), who has a profile (31)
/// with all that belongs to one, and Bo (22).
async fn world(test: &TestApp) -> (Actor, Actor) {
    let program = test.colleague(1, "Pat Program", &[Role::Program]).await;
    let olga = test.colleague(2, "Olga Owner", &[Role::Owner]).await;
    let mut acme = build::account(11, "Acme");
    acme.owner_id = Some(id(2));
    acme.parent_id = Some(id(12));
    let ann = Contact {
        email: Some("ann@acme.com".parse().expect("an address")),
        ..build::contact(21, "Ann Lee", id(11))
    };
    let tx = test.db.begin().await;
    storage::account::insert_all(&tx, vec![build::account(12, "Group"), acme])
        .await
        .expect("accounts");
    contact::insert_all(&tx, vec![ann, build::contact(22, "Bo Ray", id(11))])
        .await
        .expect("people");
    advocate::insert(&tx, build::advocate(31, id(21)))
        .await
        .expect("a profile");
    tx.commit().await.expect("committed");
    belongings(test).await;
    (program, olga)
}

/// What hangs on Acme and on the profile of Ann.
async fn belongings(test: &TestApp) {
    let lock = AccountLock {
        id: id(41),
        account_id: id(11),
        reason: LockReason::Renewal,
        note: None,
        from_on: day(TODAY),
        until_on: None,
        locked_by: None,
        lifted_at: None,
        is_by_rule: false,
    };
    let relation = AccountRelation {
        account_id: id(12),
        other_id: id(11),
        relation: Relation::Competitor,
    };
    let call = Willingness {
        advocate_id: id(31),
        activity: Activity::ReferenceCall,
        limit_per_year: Some(2),
    };
    let outcome = Outcome {
        advocate_id: id(31),
        position: 0,
        statement: "Half the time".to_owned(),
        value: None,
        unit: None,
    };
    let taxonomy = storage::term::facets(&test.db.store).await.expect("facets");
    let industry = taxonomy
        .iter()
        .find(|facet| facet.facet_key == "industry")
        .expect("industry");
    let tx = test.db.begin().await;
    storage::account::insert_lock(&tx, lock)
        .await
        .expect("a lock");
    storage::account::insert_relations(&tx, vec![relation])
        .await
        .expect("a relation");
    advocate::insert_willingness(&tx, vec![call])
        .await
        .expect("willing");
    advocate::insert_outcomes(&tx, vec![outcome])
        .await
        .expect("an outcome");
    let no_go = NoGo {
        advocate_id: id(31),
        account_id: id(12),
    };
    advocate::set_no_go(&tx, id(31), vec![no_go])
        .await
        .expect("a no-go");
    let retail = build::tag(RecordKind::Account, 11, industry.id, "Retail", None);
    tag::insert_all(&tx, vec![retail]).await.expect("a tag");
    tx.commit().await.expect("committed");
}

async fn deleted(app: &App, actor: &Actor, kind: RecordKind, number: u64) -> TrashedView {
    let gone = trash::delete(app, actor, kind, uuid(number), 1)
        .await
        .expect("deleted");
    assert_eq!(storage::log::verify(&app.store).await.expect("a chain"), []);
    gone
}

async fn rows(app: &App, kind: RecordKind, number: u64) -> Rows {
    gather(&app.store, kind, uuid(number)).await.expect("read")
}

async fn found(app: &App, actor: &Actor) -> usize {
    let ask = FindReferences {
        only_available: Some(false),
        ..FindReferences::default()
    };
    find::search(app, actor, ask)
        .await
        .expect("an answer")
        .total
}

testkit::on_both_engines! {
    async fn an_account_goes_with_everything_of_its_own_and_comes_back_whole(db: TestDb) {
        let test = TestApp::on(db).await;
        let (program, _) = world(&test).await;
        let app = &test.app;
        let mut before = rows(app, RecordKind::Account, 11).await;
        assert_eq!((before.locks.len(), before.relations.len(), before.contacts.len(), before.advocates.len()), (1, 1, 2, 1));
        assert_eq!((before.activities.len(), before.outcomes.len(), before.no_go.len(), before.tags.len()), (1, 1, 1, 1));
        assert_eq!(found(app, &program).await, 1);
        let gone = deleted(app, &program, RecordKind::Account, 11).await;
        assert_eq!((gone.name.as_str(), gone.contacts, gone.profiles), ("Acme", 2, 1));
        assert_eq!(found(app, &program).await, 0, "gone from the very next search");
        let listed = account::list(app, &program, ListAccounts::default()).await.expect("a list");
        assert_eq!(listed.items.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["Group"]);
        assert_eq!(rows(app, RecordKind::Account, 11).await, Rows::default());
        assert_eq!(trash::list(app, &program).await.expect("the trash").items, std::slice::from_ref(&gone));
        trash::restore(app, &program, gone.id).await.expect("restored");
        // Deleting takes the lock of the account, so that nobody reserves a use there meanwhile.
        before.accounts[0].guard += 1;
        assert_eq!(rows(app, RecordKind::Account, 11).await, before);
        assert_eq!(found(app, &program).await, 1, "found by the very next search");
        assert_eq!(trash::list(app, &program).await.expect("the trash").total, 0);
        let again = trash::restore(app, &program, gone.id).await;
        assert!(matches!(again, Err(Error::NotFound)), "{again:?}");
        assert_eq!(storage::log::verify(&app.store).await.expect("a chain"), []);
    }

    async fn what_was_used_agreed_to_or_sold_keeps_its_record_and_is_named(db: TestDb) {
        let test = TestApp::on(db).await;
        let (program, _) = world(&test).await;
        let app = &test.app;
        let tx = test.db.begin().await;
        reference_use::insert_all(&tx, vec![build::used(51, id(31), id(11), day(TODAY))]).await.expect("a use");
        tx.commit().await.expect("committed");
        for (kind, number) in [(RecordKind::Account, 11), (RecordKind::Contact, 21), (RecordKind::Advocate, 31)] {
            let refused = trash::delete(app, &program, kind, uuid(number), 1).await;
            let Err(Error::Conflict(why)) = refused else { panic!("{refused:?}") };
            assert!(why.contains("reference uses"), "{why}");
        }
        let refused = trash::delete(app, &program, RecordKind::Account, uuid(12), 1).await;
        assert!(matches!(&refused, Err(Error::Conflict(why)) if why.contains("1 accounts below it")), "{refused:?}");
        let tx = test.db.begin().await;
        storage::account::insert(&tx, build::account(13, "Solo")).await.expect("an account");
        let word = AccountLock { id: id(43), account_id: id(13), reason: LockReason::OptOut, note: None, from_on: day(TODAY), until_on: None, locked_by: None, lifted_at: None, is_by_rule: false };
        storage::account::insert_lock(&tx, word).await.expect("a lock");
        tx.commit().await.expect("committed");
        let refused = trash::delete(app, &program, RecordKind::Account, uuid(13), 1).await;
        assert!(matches!(&refused, Err(Error::Conflict(why)) if why.contains("lock")), "{refused:?}");
        deleted(app, &program, RecordKind::Contact, 22).await;
    }

    async fn who_hangs_on_a_deleted_record_is_restored_after_it(db: TestDb) {
        let test = TestApp::on(db).await;
        let (program, _) = world(&test).await;
        let app = &test.app;
        let profile = deleted(app, &program, RecordKind::Advocate, 31).await;
        assert_eq!((profile.name.as_str(), profile.profiles), ("Ann Lee", 0));
        let person = deleted(app, &program, RecordKind::Contact, 21).await;
        let company = deleted(app, &program, RecordKind::Account, 11).await;
        for early in [profile.id, person.id] {
            let refused = trash::restore(app, &program, early).await;
            assert!(matches!(refused, Err(Error::MoveNotAllowed(_))), "{refused:?}");
        }
        for one in [company.id, person.id, profile.id] {
            trash::restore(app, &program, one).await.expect("restored");
        }
        let back = rows(app, RecordKind::Account, 11).await;
        assert_eq!((back.contacts.len(), back.advocates.len(), back.activities.len()), (2, 1, 1));
    }

    async fn a_restore_is_refused_when_another_record_has_the_address_by_now(db: TestDb) {
        let test = TestApp::on(db).await;
        let (program, _) = world(&test).await;
        let app = &test.app;
        let gone = deleted(app, &program, RecordKind::Contact, 21).await;
        let tx = test.db.begin().await;
        let other = Contact { email: Some("ann@acme.com".parse().expect("an address")), ..build::contact(23, "Ann L.", id(11)) };
        contact::insert(&tx, other).await.expect("another Ann");
        tx.commit().await.expect("committed");
        let refused = trash::restore(app, &program, gone.id).await;
        assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
        assert_eq!(trash::list(app, &program).await.expect("the trash").total, 1, "it stays in the trash");
    }

    async fn an_owner_deletes_and_restores_own_records_only(db: TestDb) {
        let test = TestApp::on(db).await;
        let (program, olga) = world(&test).await;
        let app = &test.app;
        let refused = trash::delete(app, &olga, RecordKind::Account, uuid(12), 1).await;
        assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
        let stale = trash::delete(app, &olga, RecordKind::Contact, uuid(22), 7).await;
        assert!(matches!(stale, Err(Error::Stale { current: 1 })), "{stale:?}");
        let mine = deleted(app, &olga, RecordKind::Contact, 22).await;
        let theirs = deleted(app, &program, RecordKind::Contact, 21).await;
        assert_eq!(trash::list(app, &olga).await.expect("the trash").items, std::slice::from_ref(&mine));
        assert!(matches!(trash::restore(app, &olga, theirs.id).await, Err(Error::NotFound)));
        trash::restore(app, &olga, mine.id).await.expect("restored");
        let seller = test.colleague(3, "Sol Seller", &[Role::Seller]).await;
        assert!(matches!(trash::list(app, &seller).await, Err(Error::Forbidden)));
        assert!(matches!(trash::delete(app, &seller, RecordKind::Contact, uuid(22), 1).await, Err(Error::Forbidden)));
    }

    async fn after_thirty_days_it_is_gone_with_what_the_log_noted_about_the_person(db: TestDb) {
        let test = TestApp::on(db).await;
        let (program, _) = world(&test).await;
        let app = &test.app;
        let now = contact::find(&app.store, &Scope::Everything, id(22)).await.expect("read").expect("Bo");
        let change = app::contact::edit::EditContact { title: Some(Some("Zzyzx buyer".to_owned())), ..Default::default() };
        app::contact::edit::edit(app, &program, id(22), now.version, change).await.expect("an edit");
        let gone = trash::delete(app, &program, RecordKind::Contact, uuid(22), now.version + 1).await.expect("deleted");
        app.clock.set(NOW.plus_days(KEPT_DAYS));
        job::tidy::run(app).await.expect("tidied");
        assert_eq!(trash::list(app, &program).await.expect("the trash").total, 1, "the last day counts");
        app.clock.set(NOW.plus_days(KEPT_DAYS).plus_seconds(1));
        job::tidy::run(app).await.expect("tidied");
        assert_eq!(trash::list(app, &program).await.expect("the trash").total, 0);
        assert!(matches!(trash::restore(app, &program, gone.id).await, Err(Error::NotFound)));
        let kept = test.db.tamper("update event_details set body = body where body like '%Zzyzx%'").await;
        assert_eq!(kept, 0, "the log forgot it");
        assert_eq!(storage::log::verify(&app.store).await.expect("a chain"), []);
    }
}

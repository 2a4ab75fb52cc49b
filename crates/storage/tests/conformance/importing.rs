//! What the importer asks and writes in numbers.

use domain::{
    activity::Activity, content::ContentKind, import::ImportStatus, protection::LockReason,
};
use storage::{
    account::{self, Account, AccountLock},
    advocate::{self, Outcome, Placed, Willingness},
    contact::{self, Contact},
    content::{self, Content},
    import::{self, Import},
    opportunity::{self, Opportunity},
    reference_use::{self, ReferenceUse},
    unmet_search::{self, UnmetSearch},
};
use testkit::{FIRST_PAGE, NOW, TestDb, build, build::id, day};

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// Accounts 1 to 3; contacts 1 and 2 at account 1, 3 at account 2; an advocate of each contact.
async fn insert_people(db: &TestDb) {
    let tx = db.begin().await;
    let accounts = (1..=3).map(|number| build::account(number, "Acme"));
    account::insert_all(&tx, accounts.collect())
        .await
        .expect("accounts");
    for (number, account) in [(1, 1), (2, 1), (3, 2)] {
        contact::insert(&tx, build::contact(number, "Bo", id(account)))
            .await
            .expect("a contact");
        advocate::insert(&tx, build::advocate(number, id(number)))
            .await
            .expect("an advocate");
    }
    tx.commit().await.expect("committed");
}

testkit::on_both_engines! {
    async fn records_are_known_by_each_of_their_marks_and_by_nothing_else(db: TestDb) {
        let account = |number: u64, name: &str, external: Option<&str>, domain: Option<&str>| Account {
            external_id: external.map(str::to_owned), domain: domain.map(str::to_owned), ..build::account(number, name)
        };
        let person = |number: u64, name: &str, external: Option<&str>, email: Option<&str>| Contact {
            external_id: external.map(str::to_owned), email: email.map(|email| email.parse().expect("an address")), ..Contact::named(id(number), name, NOW)
        };
        let deal = |number: u64, name: &str, external: Option<&str>| Opportunity { external_id: external.map(str::to_owned), ..Opportunity::named(id(number), name, NOW) };
        let story = |number: u64, title: &str, external: Option<&str>| Content { external_id: external.map(str::to_owned), ..Content::titled(id(number), title, ContentKind::Video, NOW) };
        let tx = db.begin().await;
        account::insert_all(&tx, vec![account(1, "Acme", some("A1").as_deref(), None), account(2, "Beta", None, Some("beta.example")), account(3, "Gamma", None, None)]).await.expect("written");
        contact::insert_all(&tx, vec![person(1, "Ann", Some("C1"), None), person(2, "Bo", None, Some("bo@x.example")), person(3, "Cy", None, None)]).await.expect("written");
        opportunity::insert_all(&tx, vec![deal(1, "One", Some("O1")), deal(2, "Two", None), deal(3, "Three", None)]).await.expect("written");
        content::insert_all(&tx, vec![story(1, "One", Some("S1")), story(2, "Two", None), story(3, "Three", None)]).await.expect("written");
        tx.commit().await.expect("committed");
        let store = &db.store;
        let accounts = account::known_by(store, texts(&["A1", "none"]), texts(&["gamma"]), texts(&["beta.example"])).await.expect("read");
        assert_eq!(accounts.iter().map(|row| row.id).collect::<Vec<_>>(), [id(1), id(2), id(3)]);
        assert_eq!(account::known_by(store, vec![], vec![], texts(&["other.example"])).await.expect("read"), vec![]);
        let contacts = contact::known_by(store, texts(&["C1"]), vec!["BO@x.example".parse().expect("an address")], texts(&["cy"])).await.expect("read");
        assert_eq!(contacts.iter().map(|row| row.id).collect::<Vec<_>>(), [id(1), id(2), id(3)]);
        assert_eq!(contact::known_by(store, vec![], vec![], texts(&["dee"])).await.expect("read"), vec![]);
        let deals = opportunity::known_by(store, texts(&["O1"]), texts(&["three"])).await.expect("read");
        assert_eq!(deals.iter().map(|row| row.id).collect::<Vec<_>>(), [id(1), id(3)]);
        let stories = content::known_by(store, texts(&["S1"]), texts(&["two"])).await.expect("read");
        assert_eq!(stories.iter().map(|row| row.id).collect::<Vec<_>>(), [id(1), id(2)]);
    }

    async fn rows_that_wait_for_a_record_are_walked_in_the_order_of_ids(db: TestDb) {
        let tx = db.begin().await;
        account::insert_all(&tx, vec![
            Account { owner_written: some("Ann"), ..build::account(1, "A") }, build::account(2, "B"), Account { parent_written: some("A"), ..build::account(3, "C") },
        ]).await.expect("written");
        contact::insert_all(&tx, vec![
            Contact { account_written: some("Nowhere"), ..Contact::named(id(1), "X", NOW) }, build::contact(2, "Y", id(1)), Contact { account_written: some("Else"), ..Contact::named(id(3), "Z", NOW) },
        ]).await.expect("written");
        opportunity::insert_all(&tx, vec![
            Opportunity { account_written: some("Nowhere"), ..Opportunity::named(id(1), "D", NOW) }, Opportunity::named(id(2), "E", NOW), Opportunity { owner_written: some("Ann"), ..Opportunity::named(id(3), "F", NOW) },
        ]).await.expect("written");
        tx.commit().await.expect("committed");
        let store = &db.store;
        for (after, limit, expected) in [(0, 10, vec![1, 3]), (0, 1, vec![1]), (1, 10, vec![3]), (3, 10, vec![])] {
            let numbers = |ids: Vec<uuid::Uuid>| ids.into_iter().map(|id| id.as_u64_pair().1).collect::<Vec<_>>();
            assert_eq!(numbers(account::unlinked(store, id(after), limit).await.expect("read").iter().map(|row| row.id.0).collect()), expected);
            assert_eq!(numbers(contact::unlinked(store, id(after), limit).await.expect("read").iter().map(|row| row.id.0).collect()), expected);
            assert_eq!(numbers(opportunity::unlinked(store, id(after), limit).await.expect("read").iter().map(|row| row.id.0).collect()), expected);
        }
    }

    async fn advocates_are_found_by_contact_and_by_account(db: TestDb) {
        insert_people(&db).await;
        let store = &db.store;
        let of_contacts = advocate::of_contacts(store, vec![id(1), id(3), id(99)]).await.expect("read");
        assert_eq!(of_contacts.iter().map(|row| row.id).collect::<Vec<_>>(), [id(1), id(3)]);
        let placed = |number: u64, account: u64| Placed { id: id(number), contact_id: id(number), account_id: id(account) };
        assert_eq!(advocate::of_accounts(store, vec![id(1), id(2), id(3)]).await.expect("read"), [placed(1, 1), placed(2, 1), placed(3, 2)]);
        assert_eq!(advocate::of_accounts(store, vec![id(3)]).await.expect("read"), []);
        assert!(advocate::of_accounts(store, vec![]).await.expect("read").is_empty());
        assert!(advocate::of_contacts(store, vec![]).await.expect("read").is_empty());
    }

    async fn what_hangs_on_many_advocates_is_replaced_for_those_named_only(db: TestDb) {
        insert_people(&db).await;
        let will = |number: u64, activity| Willingness { advocate_id: id(number), activity, limit_per_year: None };
        let outcome = |number: u64, statement: &str| Outcome { advocate_id: id(number), position: 1, statement: statement.into(), value: None, unit: None };
        let tx = db.begin().await;
        advocate::insert_willingness(&tx, (1..=3).map(|number| will(number, Activity::Quote)).collect()).await.expect("written");
        advocate::insert_outcomes(&tx, (1..=3).map(|number| outcome(number, "Old")).collect()).await.expect("written");
        advocate::replace_willingness(&tx, vec![id(1), id(2)], vec![will(1, Activity::Video)]).await.expect("replaced");
        advocate::replace_outcomes(&tx, vec![id(1), id(2)], vec![outcome(2, "New")]).await.expect("replaced");
        tx.commit().await.expect("committed");
        let all = vec![id(1), id(2), id(3)];
        assert_eq!(advocate::willingness(&db.store, all.clone()).await.expect("read"), vec![will(1, Activity::Video), will(3, Activity::Quote)]);
        assert_eq!(advocate::outcomes(&db.store, all).await.expect("read"), vec![outcome(2, "New"), outcome(3, "Old")]);
    }

    async fn locks_and_missed_searches_are_written_in_numbers(db: TestDb) {
        insert_people(&db).await;
        let lock = |number: u64| AccountLock { id: id(number), account_id: id(number), reason: LockReason::OptOut, note: None, from_on: day("2026-01-01"), until_on: None, locked_by: None, lifted_at: None, is_by_rule: false };
        let missed = |number: u64| UnmetSearch { id: id(number), user_id: None, opportunity_id: None, criteria: "{}".into(), amount_minor: Some(1), currency: None, at: NOW };
        let tx = db.begin().await;
        account::insert_locks(&tx, vec![lock(1), lock(2)]).await.expect("written");
        unmet_search::insert_all(&tx, vec![missed(1), missed(2)]).await.expect("written");
        tx.commit().await.expect("committed");
        assert_eq!(account::locks(&db.store, vec![id(1), id(2), id(3)]).await.expect("read"), vec![lock(2), lock(1)], "newest first");
        assert!(account::locks(&db.store, vec![]).await.expect("read").is_empty());
        assert_eq!(db.tamper("update unmet_searches set amount_minor = 2 where amount_minor = 1").await, 2);
    }

    async fn past_uses_are_known_by_id_by_day_by_account_and_by_deal(db: TestDb) {
        insert_people(&db).await;
        let past = |number: u64, advocate: u64, account: u64, on: &str| ReferenceUse { external_id: Some(format!("U{number}")), ..build::used(number, id(advocate), id(account), day(on)) };
        let tx = db.begin().await;
        opportunity::insert(&tx, Opportunity::named(id(1), "Deal", NOW)).await.expect("written");
        let on_deal = ReferenceUse { opportunity_id: Some(id(1)), ..past(3, 3, 2, "2025-06-01") };
        reference_use::insert_all(&tx, vec![past(1, 1, 1, "2025-01-01"), past(2, 2, 1, "2025-03-01"), on_deal.clone()]).await.expect("written");
        tx.commit().await.expect("committed");
        let store = &db.store;
        let ids = |rows: Vec<ReferenceUse>| rows.into_iter().map(|row| row.id.0.as_u64_pair().1).collect::<Vec<_>>();
        assert_eq!(ids(reference_use::known_by(store, texts(&["U3", "U1", "other"])).await.expect("read")), [1, 3]);
        assert_eq!(ids(reference_use::on_days(store, vec![id(1), id(2)], vec![day("2025-01-01"), day("2025-06-01")]).await.expect("read")), [1]);
        assert_eq!(ids(reference_use::of_accounts_since(store, vec![id(1), id(2)], day("2025-03-01")).await.expect("read")), [2, 3], "the first day counts");
        assert_eq!(reference_use::on_opportunities(store, vec![id(1)]).await.expect("read"), std::slice::from_ref(&on_deal));
        assert_eq!(reference_use::on_opportunity(store, id(1), &FIRST_PAGE).await.expect("read").items, [on_deal]);
        assert_eq!(reference_use::on_opportunity(store, id(2), &FIRST_PAGE).await.expect("read").total, 0);
        assert_eq!(ids(reference_use::of_account(store, id(1), &FIRST_PAGE).await.expect("read").items), [2, 1], "the latest first");
        assert_eq!(reference_use::of_account(store, id(9), &FIRST_PAGE).await.expect("read").total, 0);
        assert!(reference_use::on_opportunities(store, vec![]).await.expect("read").is_empty());
        assert!(reference_use::of_accounts_since(store, vec![], day("2025-01-01")).await.expect("read").is_empty());
    }

    async fn an_import_says_how_far_it_is_and_holds_others_back_while_it_writes(db: TestDb) {
        let file = |number: u64, status| Import {
            id: id(number), version: 1, file_name: "a.csv".into(), file_digest: "d".into(), kind: "accounts".into(), status, mapping: "{}".into(),
            row_count: 9, rows_done: 0, report: "{}".into(), created_by: None, created_at: NOW, finished_at: None,
        };
        let tx = db.begin().await;
        import::insert_all(&tx, vec![file(1, ImportStatus::Applying), file(2, ImportStatus::Done)]).await.expect("written");
        tx.commit().await.expect("committed");
        let tx = db.begin().await;
        import::lock_running(&tx).await.expect("locked");
        assert!(import::step(&tx, id(1), 7, "{}").await.expect("noted"));
        assert!(!import::step(&tx, id(2), 7, "{}").await.expect("noted"), "an import that is done goes nowhere");
        tx.commit().await.expect("committed");
        assert_eq!(import::find(&db.store, id(1)).await.expect("read").map(|row| (row.rows_done, row.version)), Some((7, 1)), "progress is no new version");
        assert_eq!(import::find(&db.store, id(2)).await.expect("read").map(|row| row.rows_done), Some(0));

        let first = db.begin().await;
        import::lock_running(&first).await.expect("locked");
        let store = db.store.clone();
        let mut second = tokio::spawn(async move {
            let tx = store.begin(storage::ActorRef::SYSTEM, NOW).await.expect("a write");
            import::lock_running(&tx).await.expect("locked");
            tx.commit().await.expect("committed");
        });
        let early = tokio::time::timeout(std::time::Duration::from_millis(50), &mut second).await;
        assert!(early.is_err(), "the second waits while the first writes");
        first.commit().await.expect("committed");
        second.await.expect("the second ends well");

        let tx = db.begin().await;
        assert!(!import::cancel(&tx, id(1), 9).await.expect("asked"), "another version");
        assert!(import::cancel(&tx, id(1), 1).await.expect("cancelled"));
        assert!(!import::step(&tx, id(1), 8, "{}").await.expect("noted"), "a cancelled import goes nowhere");
        tx.commit().await.expect("committed");
        assert_eq!(import::find(&db.store, id(1)).await.expect("read").map(|row| (row.status, row.version)), Some((ImportStatus::Cancelled, 2)));
    }
}

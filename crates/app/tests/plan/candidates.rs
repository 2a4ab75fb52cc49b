//! Whom to ask first where a reference is missing.

use app::{
    Error,
    plan::{candidates, gaps},
    policy::Permission,
    setting,
};
use domain::{
    access::Role,
    advocate::AdvocateStatus,
    content::{ContentKind, ContentStatus},
    protection::LockReason,
    record::RecordKind,
};
use storage::{account, advocate, contact, content::Content};
use testkit::{NOW, TestApp, build, build::id, day};

use super::{by_industry, certain, noted, pipeline, tagged};

testkit::on_both_engines! {
    async fn whom_to_ask_fits_speaks_for_nobody_and_is_not_locked_and_the_happiest_comes_first(db: TestDb) {
        let test = TestApp::on(db).await;
        let team = test.colleague(1, "Pat Program", &[Role::Program]).await;
        let seller = test.colleague(2, "Sal Seller", &[Role::Seller]).await;
        pipeline(&test).await;
        let tx = test.db.begin().await;
        let customer = |number: u64, name: &str, health: i64| account::Account {
            health: Some(health),
            customer_since: Some(day("2023-01-01")),
            ..build::account(number, name)
        };
        let happy = account::Account { nps: Some(60), ..customer(4, "Happy", 80) };
        for row in [customer(3, "Calm", 90), happy, customer(5, "Locked", 99), customer(6, "Asked", 100), customer(7, "Shop", 100)] {
            account::insert(&tx, row).await.expect("written");
        }
        contact::insert_all(&tx, vec![build::contact(6, "Ann Lee", id(6))]).await.expect("written");
        let declined = advocate::Advocate { status: AdvocateStatus::Declined, ..build::advocate(6, id(6)) };
        advocate::insert_all(&tx, vec![declined]).await.expect("written");
        let lock = account::AccountLock {
            id: id(1),
            account_id: id(5),
            reason: LockReason::Renewal,
            note: None,
            from_on: day("2026-01-01"),
            until_on: None,
            locked_by: None,
            lifted_at: None,
            is_by_rule: false,
        };
        account::insert_lock(&tx, lock).await.expect("written");
        tx.commit().await.expect("committed");
        tagged(&test, RecordKind::Account, &[3, 4, 5, 6], "Healthcare").await;
        tagged(&test, RecordKind::Account, &[7], "Retail").await;
        // One piece of content is approved, the other is a draft that nobody has stood by yet.
        let tx = test.db.begin().await;
        for (number, status) in [(1, ContentStatus::Approved), (2, ContentStatus::Draft)] {
            let quote = Content { account_id: Some(id(3)), status, ..Content::titled(id(number), "It works", ContentKind::Quote, NOW) };
            storage::content::insert_all(&tx, vec![quote]).await.expect("written");
        }
        tx.commit().await.expect("committed");
        let plan = by_industry().plan;
        let key = gaps::get(&test.app, &team, &by_industry()).await.expect("gaps").segments[0].key.clone();
        let found = candidates::get(&test.app, &team, &plan, &key).await.expect("found");
        let named: Vec<_> = found.candidates.iter().map(|one| (one.account.name.as_str(), one.points, one.contacts)).collect();
        // 80 health, 60 NPS, three years; 90 health, three years, a quote; who said no before comes last however well they do.
        assert_eq!(named, [("Happy", 170, 0), ("Calm", 130, 0), ("Asked", 130, 1)]);
        assert_eq!(found.candidates.iter().map(|one| one.praised).collect::<Vec<_>>(), [0, 1, 0]);
        assert_eq!((found.fitting, found.locked, found.have_advocates), (3, 1, 0));
        assert_eq!(found.candidates[2].asked_before, Some(AdvocateStatus::Declined));
        assert!(matches!(candidates::get(&test.app, &team, &plan, "nothing").await, Err(Error::NotFound)));
        assert!(matches!(candidates::get(&test.app, &seller, &plan, &key).await, Err(Error::Forbidden)));
    }

    async fn a_nominee_whose_profile_is_covered_is_named_before_anybody_invites_them(db: TestDb) {
        let test = TestApp::on(db).await;
        let team = test.colleague(1, "Pat Program", &[Role::Program]).await;
        let seller = test.colleague(2, "Sal Seller", &[Role::Seller]).await;
        pipeline(&test).await;
        setting::write(&test.app, &team, Permission::PlanEdit, &certain(), 0).await.expect("written");
        let mut tx = test.db.begin().await;
        noted(&mut tx, RecordKind::Account, 3..=5);
        for number in 3..=5 {
            account::insert(&tx, build::account(number, &format!("Company {number}"))).await.expect("written");
            contact::insert_all(&tx, vec![build::contact(number, "Ann Lee", id(number))]).await.expect("written");
            let nominee = advocate::Advocate { status: AdvocateStatus::Nominated, ..build::advocate(number, id(number)) };
            advocate::insert_all(&tx, vec![nominee]).await.expect("written");
        }
        tx.commit().await.expect("committed");
        // A reference is missing in healthcare, no deal is in retail, and of the last nothing is known.
        tagged(&test, RecordKind::Account, &[3], "Healthcare").await;
        tagged(&test, RecordKind::Account, &[4], "Retail").await;
        let found = gaps::nominees::get(&test.app, &team, &by_industry()).await.expect("judged");
        assert_eq!((found.days, found.judged, found.unknown), (182, 2, 1));
        let named: Vec<_> = found.seldom.iter().map(|one| (one.advocate_id, one.asks)).collect();
        assert_eq!(named, [(id(4), 0.0)]);
        assert!(matches!(gaps::nominees::get(&test.app, &seller, &by_industry()).await, Err(Error::Forbidden)));
    }
}

//! The load report: who is on which list and why, and who may read it.

use app::{Error, load};
use domain::{
    access::Role,
    advocate::AdvocateStatus,
    candidate::{CandidateState, DeclinedBy},
};
use storage::{
    account::{self, Account},
    advocate::{self, Advocate},
    candidate::{self, Candidate},
    contact, reference_use, request,
};
use testkit::{NOW, TODAY, TestApp, TestDb, build, build::id, day};

/// Twelve active advocates at an account each, members for a year; account 1 belongs to user 1.
/// Advocate 1 gave seven uses, advocate 2 one. Advocate 3 said yes four times, then no twice.
async fn world(db: TestDb) -> TestApp {
    let test = TestApp::on(db).await;
    test.colleague(1, "Olga Owner", &[Role::Owner]).await;
    let tx = test.db.begin().await;
    let accounts = (1..=12).map(|number| Account {
        owner_id: (number == 1).then(|| id(1)),
        ..build::account(number, &format!("Account {number}"))
    });
    account::insert_all(&tx, accounts.collect())
        .await
        .expect("written");
    let contacts = (1..=12).map(|number| build::contact(number, "Ann Lee", id(number)));
    contact::insert_all(&tx, contacts.collect())
        .await
        .expect("written");
    let advocates = (1..=12).map(|number| Advocate {
        status: AdvocateStatus::Active,
        created_at: NOW.plus_days(if number == 12 { -30 } else { -365 }),
        ..build::advocate(number, id(number))
    });
    advocate::insert_all(&tx, advocates.collect())
        .await
        .expect("written");
    let today = day(TODAY);
    let uses = (1..=8).map(|number| {
        let advocate = if number == 8 { 2 } else { 1 };
        build::used(
            number,
            id(advocate),
            id(advocate),
            today.plus_days(-40 * number.cast_signed()),
        )
    });
    reference_use::insert_all(&tx, uses.collect())
        .await
        .expect("written");
    request::insert_all(&tx, vec![build::request(1, id(1))])
        .await
        .expect("written");
    let asks = (1..=6).map(|number: u64| {
        let asked = NOW.plus_days(-60 + number.cast_signed());
        let is_no = number > 4;
        Candidate {
            state: if is_no {
                CandidateState::Declined
            } else {
                CandidateState::Debriefed
            },
            declined_by: is_no.then_some(DeclinedBy::Advocate),
            owner_asked_at: Some(asked),
            advocate_asked_at: Some(asked),
            accepted_at: (!is_no).then(|| asked.plus_seconds(3_600)),
            closed_at: Some(asked.plus_seconds(3_600)),
            ..build::candidate(number, id(1), id(3), id(3))
        }
    });
    candidate::insert_all(&tx, asks.collect())
        .await
        .expect("written");
    tx.commit().await.expect("committed");
    test
}

testkit::on_both_engines! {
    async fn the_report_says_who_carries_the_load_and_who_is_never_asked(db: TestDb) {
        let test = world(db).await;
        let program = test.colleague(2, "Pia Program", &[Role::Program]).await;
        let report = load::report(&test.app, &program).await.expect("a report");
        assert_eq!((report.advocates, report.uses), (12, 8));
        // The most used tenth of twelve are two: all eight uses.
        assert_eq!(report.top_tenth, Some(1.0));
        assert_eq!(report.most_used.total, 2);
        assert_eq!(report.most_used.rows[0].advocate_id, id(1));
        assert_eq!(report.over_limit.total, 1);
        let over = &report.over_limit.rows[0];
        assert_eq!(over.reasons, ["7 uses in 365 days; the program's cap is 6"]);
        // Neither the one asked lately nor the one who joined last month waits; 2 gave one long ago.
        assert_eq!(report.never_asked.total, 9);
        assert!(report.never_asked.rows.iter().all(|row| row.advocate_id != id(3) && row.advocate_id != id(12)));
        assert_eq!(report.tiring.total, 1);
        let tiring = &report.tiring.rows[0];
        assert_eq!((tiring.advocate_id, tiring.reasons.as_slice()), (id(3), &["2 of the last 3 asks ended without a yes".to_owned()][..]));
    }

    async fn an_owner_reads_of_own_accounts_and_a_seller_nothing(db: TestDb) {
        let test = world(db).await;
        let owner = test.actor(id(1)).await;
        let report = load::report(&test.app, &owner).await.expect("a report");
        assert_eq!((report.advocates, report.uses), (1, 7));
        assert_eq!(report.never_asked.total, 0);
        let seller = test.colleague(3, "Sam Seller", &[Role::Seller]).await;
        assert!(matches!(load::report(&test.app, &seller).await, Err(Error::Forbidden)));
        assert!(matches!(load::overrides(&test.app, &seller, None, None).await, Err(Error::Forbidden)));
    }

    async fn a_period_that_ends_before_it_starts_is_refused(db: TestDb) {
        let test = world(db).await;
        let program = test.colleague(2, "Pia Program", &[Role::Program]).await;
        let (from, to) = (Some(day("2026-03-01")), Some(day("2026-02-01")));
        let refused = load::overrides(&test.app, &program, from, to).await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
        let none = load::overrides(&test.app, &program, None, None).await.expect("a list");
        assert!(none.items.is_empty());
    }
}

//! What each advocate gives and is asked for, counted over windows and in the reader's scope.

use domain::{
    access::Scope,
    advocate::AdvocateStatus,
    candidate::{CandidateState, DeclinedBy},
    opportunity::OpportunityStatus,
    record::{Action, RecordKind},
    reference_use::{UseChannel, UseOutcome},
};
use storage::{
    NewEvent, StorageError,
    account::{self, Account},
    advocate::{self, Advocate},
    candidate::{self, Candidate},
    contact,
    load::{self, Answer, Burden, Grade, Windows},
    opportunity,
    reference_use::{self, ReferenceUse},
    request, user,
};
use testkit::{NOW, TODAY, TestDb, build, build::id, day};

/// The last one did not take place.
fn uses() -> Vec<ReferenceUse> {
    let today = day(TODAY);
    let used = |number: u64, advocate: u64, back: i64| ReferenceUse {
        grade_advocate: (number != 2).then_some(number.cast_signed()),
        ..build::used(number, id(advocate), id(1), today.plus_days(-back))
    };
    vec![
        used(1, 1, 10),
        used(2, 1, 91),
        used(3, 1, 364),
        used(4, 1, 365),
        used(5, 3, 5),
        ReferenceUse {
            outcome: Some(UseOutcome::NoShow),
            ..used(6, 2, 3)
        },
    ]
}

/// Account 1 belongs to user 1, account 2 to nobody. Advocates 1 and 2 are active, 3 is paused.
async fn insert_world(db: &TestDb) {
    let mut tx = db.begin().await;
    user::insert_all(&tx, vec![build::user(1, "Ann")])
        .await
        .expect("written");
    let owned = Account {
        owner_id: Some(id(1)),
        ..build::account(1, "Acme")
    };
    account::insert_all(&tx, vec![owned, build::account(2, "Bolt")])
        .await
        .expect("written");
    let contacts = vec![
        build::contact(1, "One", id(1)),
        build::contact(2, "Two", id(2)),
        build::contact(3, "Three", id(2)),
    ];
    contact::insert_all(&tx, contacts).await.expect("written");
    let active = |number: u64| Advocate {
        status: AdvocateStatus::Active,
        limit_per_year: Some(2),
        ..build::advocate(number, id(number))
    };
    let paused = Advocate {
        status: AdvocateStatus::Paused,
        ..build::advocate(3, id(3))
    };
    advocate::insert_all(&tx, vec![active(1), active(2), paused])
        .await
        .expect("written");
    reference_use::insert_all(&tx, uses())
        .await
        .expect("written");
    request::insert_all(&tx, vec![build::request(1, id(1))])
        .await
        .expect("written");
    let declined = Candidate {
        state: CandidateState::Declined,
        declined_by: Some(DeclinedBy::Advocate),
        advocate_asked_at: Some(NOW),
        closed_at: Some(NOW.plus_seconds(60)),
        override_reason: Some("The board asked.".to_owned()),
        ..build::candidate(1, id(1), id(1), id(1))
    };
    let waiting = build::candidate(2, id(1), id(2), id(2));
    candidate::insert_all(&tx, vec![declined, waiting])
        .await
        .expect("written");
    tx.record(NewEvent::new(
        Action::Overridden,
        RecordKind::Candidate,
        id::<domain::id::CandidateId>(1),
    ));
    tx.record(NewEvent::new(
        Action::Proposed,
        RecordKind::Candidate,
        id::<domain::id::CandidateId>(2),
    ));
    tx.commit().await.expect("committed");
}

fn windows() -> Windows {
    let today = day(TODAY);
    Windows {
        today,
        year_ago: today.plus_days(-365),
        window_ago: today.plus_days(-100),
        quarter_ago: today.plus_days(-91),
    }
}

fn burden(number: u64, uses: (i64, i64, i64)) -> Burden {
    Burden {
        advocate_id: id(number),
        limit_per_year: Some(2),
        limit_per_quarter: None,
        joined_at: NOW,
        uses_year: uses.0,
        uses_window: uses.1,
        uses_quarter: uses.2,
        last_used: (uses.0 > 0).then(|| day(TODAY).plus_days(-10)),
        last_asked: Some(NOW),
    }
}

testkit::on_both_engines! {
    async fn advocates_are_thanked_for_what_took_place_on_a_decided_deal(db: TestDb) {
        insert_world(&db).await;
        let tx = db.begin().await;
        let deal = |number: u64, status| build::closed(number, id(1), status, "2026-02-01");
        let deals = vec![deal(11, OpportunityStatus::Won), deal(12, OpportunityStatus::Lost), deal(13, OpportunityStatus::Open)];
        opportunity::insert_all(&tx, deals).await.expect("written");
        let used = |number: u64, on_deal: u64, on: &str| ReferenceUse { opportunity_id: Some(id(on_deal)), ..build::used(number, id(1), id(1), day(on)) };
        reference_use::insert_all(&tx, vec![
            used(21, 11, "2026-01-20"),
            used(22, 12, "2026-01-10"),
            used(23, 13, "2026-01-10"),
            used(24, 11, "2024-12-31"),
            ReferenceUse { thanked_on: Some(day("2026-02-02")), ..used(25, 11, "2026-01-10") },
            ReferenceUse { outcome: Some(UseOutcome::NoShow), ..used(26, 11, "2026-01-10") },
            ReferenceUse { channel: UseChannel::Import, ..used(27, 11, "2026-01-10") },
        ]).await.expect("written");
        tx.commit().await.expect("committed");
        let due = async |limit| reference_use::to_thank(&db.store, day("2025-01-01"), limit).await.expect("read");
        assert_eq!(due(10).await, vec![id(22), id(21)], "the earliest first");
        assert_eq!(due(1).await, vec![id(22)]);
    }

    async fn a_use_that_is_taken_back_is_gone_and_an_older_version_removes_nothing(db: TestDb) {
        insert_world(&db).await;
        let read = async || reference_use::find(&db.store, id(1)).await.expect("read");
        let found = read().await.expect("the use");
        let tx = db.begin().await;
        reference_use::save(&tx, &mut found.clone()).await.expect("raised");
        let stale = reference_use::remove(&tx, &found).await;
        assert!(matches!(stale, Err(StorageError::Stale)));
        tx.commit().await.expect("committed");
        let current = read().await.expect("still there");
        let tx = db.begin().await;
        reference_use::remove(&tx, &current).await.expect("removed");
        tx.commit().await.expect("committed");
        assert_eq!(read().await, None);
    }

    async fn burdens_count_active_advocates_over_each_window_and_in_scope(db: TestDb) {
        insert_world(&db).await;
        let all = load::burdens(&db.store, &Scope::Everything, windows()).await.expect("rows");
        assert_eq!(all, [burden(1, (3, 2, 1)), burden(2, (0, 0, 0))]);
        let own = load::burdens(&db.store, &Scope::Own(vec![id(1)]), windows()).await.expect("rows");
        assert_eq!(own, [burden(1, (3, 2, 1))]);
        for nobody in [Scope::Nothing, Scope::Own(vec![])] {
            assert_eq!(load::burdens(&db.store, &nobody, windows()).await.expect("rows"), []);
        }
    }

    async fn answers_and_grades_are_those_of_active_advocates_oldest_first(db: TestDb) {
        insert_world(&db).await;
        let answer = Answer {
            advocate_id: id(1),
            state: CandidateState::Declined,
            declined_by: Some(DeclinedBy::Advocate),
            advocate_asked_at: NOW,
            accepted_at: None,
            closed_at: Some(NOW.plus_seconds(60)),
        };
        let answers = load::answers(&db.store, &Scope::Everything, NOW).await.expect("rows");
        assert_eq!(answers, [answer]);
        let later = load::answers(&db.store, &Scope::Everything, NOW.plus_seconds(1)).await.expect("rows");
        assert_eq!(later, []);
        let since = day(TODAY).plus_days(-365);
        let grades = load::grades(&db.store, &Scope::Own(vec![id(1)]), since).await.expect("rows");
        let grade = |grade| Grade { advocate_id: id(1), grade };
        assert_eq!(grades, [grade(3), grade(1)]);
    }

    async fn a_gate_that_was_set_aside_is_an_override_without_an_advocate(db: TestDb) {
        insert_world(&db).await;
        let mut tx = db.begin().await;
        let gated = request::Request { override_reason: Some("A large renewal.".to_owned()), ..build::request(2, id(1)) };
        request::insert(&tx, gated).await.expect("written");
        tx.record(NewEvent::new(Action::Overridden, RecordKind::Request, id::<domain::id::RequestId>(2)));
        tx.commit().await.expect("committed");
        let listed = load::overrides(&db.store, &Scope::Everything, (NOW, NOW.plus_seconds(1))).await.expect("rows");
        let gate = listed.first().expect("the latest first");
        assert_eq!((listed.len(), gate.request_id, gate.candidate_id, gate.advocate_id), (2, id(2), None, None));
        assert_eq!(gate.reason.as_deref(), Some("A large renewal."));
        let owned = load::overrides(&db.store, &Scope::Own(vec![id(1)]), (NOW, NOW.plus_seconds(1))).await.expect("rows");
        assert_eq!(owned.len(), 1, "a gate belongs to no customer");
    }

    async fn overrides_of_a_period_say_where_and_why(db: TestDb) {
        insert_world(&db).await;
        let during = |from, to| (NOW.plus_seconds(from), NOW.plus_seconds(to));
        let listed = load::overrides(&db.store, &Scope::Everything, during(0, 1)).await.expect("rows");
        assert_eq!(listed.len(), 1);
        let (row, reason) = (&listed[0], listed[0].reason.as_deref());
        assert_eq!((row.candidate_id, row.advocate_id, reason), (Some(id(1)), Some(id(1)), Some("The board asked.")));
        for period in [during(-10, 0), during(1, 10)] {
            let none = load::overrides(&db.store, &Scope::Everything, period).await.expect("rows");
            assert_eq!(none, []);
        }
        let stranger = load::overrides(&db.store, &Scope::Own(vec![id(9)]), during(0, 1)).await.expect("rows");
        assert_eq!(stranger, []);
    }
}

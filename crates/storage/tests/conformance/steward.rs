//! The facts behind the steward queue in the reader's scope, and what is put off.

use domain::{
    access::Scope,
    activity::Activity,
    advocate::AdvocateStatus,
    consent::{ConsentKind, ConsentSource},
    content::{ContentKind, ContentStatus},
    steward::StewardReason,
};
use storage::{
    Tx,
    account::{self, Account},
    advocate::{self, Advocate, Willingness},
    consent::{self, Consent},
    contact::{self, Contact},
    content::{self, Content},
    steward::{self, PutOff},
    user::{self, User},
};
use testkit::{NOW, TODAY, build, build::id, day};

/// Account 1 belongs to user 1, account 2 to user 2, who has left, account 3 to nobody. An active
/// advocate at each; 4 is paused.
async fn insert_world(tx: &Tx) {
    let left = User {
        is_active: false,
        ..build::user(2, "Left")
    };
    user::insert_all(tx, vec![build::user(1, "Ann"), left])
        .await
        .expect("written");
    let accounts = (1..=3).map(|number| Account {
        owner_id: (number < 3).then(|| id(number)),
        ..build::account(number, &format!("Account {number}"))
    });
    account::insert_all(tx, accounts.collect())
        .await
        .expect("written");
    let contacts = (1..=4).map(|number| Contact {
        email: Some(
            format!("bo{number}@customer.example")
                .parse()
                .expect("an address"),
        ),
        // Of 3 another address was refused, which says nothing about this one.
        refused_email: (number != 2).then(|| "bo1@customer.example".parse().expect("an address")),
        refused_on: (number != 2).then(|| day("2025-12-02")),
        left_on: (number == 2).then(|| day("2025-12-01")),
        ..build::contact(number, "Bo", id(number.min(3)))
    });
    contact::insert_all(tx, contacts.collect())
        .await
        .expect("written");
    let advocates = (1..=4).map(|number| Advocate {
        status: if number == 4 {
            AdvocateStatus::Paused
        } else {
            AdvocateStatus::Active
        },
        verified_on: (number == 1).then(|| day("2025-05-01")),
        ..build::advocate(number, id(number))
    });
    advocate::insert_all(tx, advocates.collect())
        .await
        .expect("written");
}

fn given(number: u64, advocate: u64, activity: Option<Activity>, until: Option<&str>) -> Consent {
    Consent {
        id: id(number),
        advocate_id: id(advocate),
        kind: ConsentKind::Given,
        activity,
        source: ConsentSource::Import,
        text_version: "1".into(),
        valid_from: day("2025-01-01"),
        valid_until: until.map(day),
        recorded_by: None,
        recorded_at: NOW,
        agrees_ahead: false,
        channel: None,
        region_id: None,
    }
}

fn willing(advocate: u64, activity: Activity) -> Willingness {
    Willingness {
        advocate_id: id(advocate),
        activity,
        limit_per_year: None,
    }
}

testkit::on_both_engines! {
    async fn active_advocates_in_reach_are_read_with_an_owner_only_where_one_works_here(db: TestDb) {
        let tx = db.begin().await;
        insert_world(&tx).await;
        tx.commit().await.expect("committed");
        let read = async |scope: &Scope| steward::advocates(&db.store, scope, day(TODAY)).await.expect("rows");
        let all = read(&Scope::Everything).await;
        let owners: Vec<_> = all.iter().map(|row| (row.advocate_id, row.owner_id)).collect();
        assert_eq!(owners, [(id(1), Some(id(1))), (id(2), None), (id(3), None)]);
        let first = &all[0];
        assert_eq!((first.version, first.verified_on, first.account_name.as_deref(), first.account_version), (1, Some(day("2025-05-01")), Some("Account 1"), Some(1)));
        let left: Vec<_> = all.iter().map(|row| row.left_on).collect();
        let refused: Vec<_> = all.iter().map(|row| (row.contact_id, row.email_refused_on)).collect();
        assert_eq!(refused, [(id(1), Some(day("2025-12-02"))), (id(2), None), (id(3), None)]);
        assert_eq!(left, [None, Some(day("2025-12-01")), None]);
        let own: Vec<_> = read(&Scope::Own(vec![id(1)])).await.into_iter().map(|row| row.advocate_id).collect();
        assert_eq!(own, [id(1)]);
        assert_eq!(read(&Scope::Nothing).await, []);
    }

    async fn a_consent_ends_where_it_is_the_last_word_about_an_agreed_activity(db: TestDb) {
        let tx = db.begin().await;
        insert_world(&tx).await;
        let agreed = vec![
            willing(1, Activity::Quote), willing(1, Activity::Video),
            willing(2, Activity::Quote), willing(3, Activity::Quote),
        ];
        advocate::insert_willingness(&tx, agreed).await.expect("written");
        let record = vec![
            // Renewed for quotes; for videos the first word about everything is still the last.
            given(1, 1, None, Some("2026-01-10")),
            given(2, 1, Some(Activity::Quote), None),
            // Withdrawn since.
            given(3, 2, None, Some("2026-01-10")),
            Consent { kind: ConsentKind::Withdrawn, ..given(4, 2, None, None) },
            // Ends, but for an activity that nobody agreed to; and one that ends late.
            given(5, 3, Some(Activity::Webinar), Some("2026-01-10")),
            given(6, 3, Some(Activity::Quote), Some("2026-02-10")),
        ];
        consent::insert_all(&tx, record).await.expect("written");
        tx.commit().await.expect("committed");
        let ends = async |until| {
            let rows = steward::advocates(&db.store, &Scope::Everything, day(until)).await.expect("rows");
            rows.into_iter().map(|row| row.consent_until).collect::<Vec<_>>()
        };
        assert_eq!(ends("2026-02-09").await, [Some(day("2026-01-10")), None, None]);
        assert_eq!(ends("2026-02-10").await, [Some(day("2026-01-10")), None, Some(day("2026-02-10"))]);
        assert_eq!(ends("2026-01-09").await, [None, None, None]);
    }

    async fn approved_content_ends_with_the_account_that_it_speaks_for(db: TestDb) {
        let tx = db.begin().await;
        insert_world(&tx).await;
        let piece = |number: u64, status, until: &str| Content {
            status,
            expires_on: Some(day(until)),
            ..Content::titled(id(number), &format!("Piece {number}"), ContentKind::Quote, NOW)
        };
        let approved = ContentStatus::Approved;
        let rows = vec![
            Content { account_id: Some(id(2)), ..piece(1, approved, "2026-01-10") },
            Content { advocate_id: Some(id(1)), ..piece(2, approved, "2026-01-11") },
            piece(3, approved, "2026-01-12"),
            piece(4, ContentStatus::Draft, "2026-01-10"),
        ];
        content::insert_all(&tx, rows).await.expect("written");
        tx.commit().await.expect("committed");
        let read = async |scope: &Scope, until| steward::content(&db.store, scope, day(until)).await.expect("rows");
        let all = read(&Scope::Everything, "2026-01-11").await;
        let told: Vec<_> = all.iter().map(|row| (row.content_id, row.account_id, row.owner_id)).collect();
        assert_eq!(told, [(id(1), Some(id(2)), None), (id(2), Some(id(1)), Some(id(1)))]);
        assert_eq!(read(&Scope::Everything, "2026-01-12").await.len(), 3);
        assert_eq!(read(&Scope::Own(vec![id(1)]), "2026-01-12").await, all[1..]);
    }

    async fn what_is_put_off_comes_back_on_its_day_and_the_last_word_counts(db: TestDb) {
        let tx = db.begin().await;
        insert_world(&tx).await;
        let row = |until: &str, owner_asked| PutOff {
            reason: StewardReason::Stale,
            record_id: id(1),
            until_on: day(until),
            owner_asked,
            made_by: Some(id(1)),
            made_at: NOW,
        };
        steward::put_off(&tx, row("2026-05-01", false)).await.expect("put off");
        steward::put_off(&tx, row("2026-04-01", true)).await.expect("put off anew");
        let other = PutOff { reason: StewardReason::NeverAsked, ..row("2026-03-01", false) };
        steward::put_off_all(&tx, vec![]).await.expect("nothing to put off is no mistake");
        steward::put_off_all(&tx, vec![other.clone()]).await.expect("put off");
        let read = async |today| steward::put_offs(&tx, day(today)).await.expect("rows");
        assert_eq!(read("2026-02-01").await, [other, row("2026-04-01", true)]);
        assert_eq!(read("2026-03-31").await, [row("2026-04-01", true)]);
        assert_eq!(read("2026-04-01").await, []);
        assert_eq!(steward::prune(&tx, day("2026-03-01")).await.expect("pruned"), 1);
        assert!(steward::take_back(&tx, StewardReason::Stale, id(1)).await.expect("taken back"));
        assert!(!steward::take_back(&tx, StewardReason::Stale, id(1)).await.expect("asked again"));
        tx.commit().await.expect("committed");
    }
}

//! Group calls: several candidates and uses that count as one; and what is said of one channel or region only.

use domain::{
    access::Scope,
    activity::Activity,
    candidate::CandidateState,
    consent::{ConsentChannel, ConsentKind, ConsentSource},
    id::CandidateId,
    request::RequestStatus,
};
use storage::{
    account, advocate,
    candidate::{self, Candidate},
    consent::{self, Consent},
    contact, projection,
    reference_use::{self, ReferenceUse},
    request::{self, Request},
    user,
};
use testkit::{NOW, TODAY, TestDb, build, build::id, day};

/// Three requests: two for a call, one of them a draft, and one for a quote.
async fn insert_world(db: &TestDb) {
    let tx = db.begin().await;
    user::insert_all(&tx, vec![build::user(1, "Ann")])
        .await
        .expect("written");
    account::insert_all(&tx, vec![build::account(1, "Acme")])
        .await
        .expect("written");
    contact::insert_all(&tx, vec![build::contact(1, "One", id(1))])
        .await
        .expect("written");
    advocate::insert_all(&tx, vec![build::advocate(1, id(1))])
        .await
        .expect("written");
    let call = |number| build::request(number, id(1));
    let draft = Request {
        status: RequestStatus::Draft,
        ..call(2)
    };
    let quote = Request {
        activity: Activity::Quote,
        ..call(3)
    };
    request::insert_all(&tx, vec![call(1), draft, quote])
        .await
        .expect("written");
    tx.commit().await.expect("committed");
}

testkit::on_both_engines! {
    async fn candidates_of_a_call_take_one_day_and_their_uses_count_once(db: TestDb) {
        insert_world(&db).await;
        let tx = db.begin().await;
        let call: Option<CandidateId> = Some(id(1));
        let row = |number: u64, request: u64, state, call_id| Candidate { state, call_id, ..build::candidate(number, id(request), id(1), id(1)) };
        let rows = vec![row(1, 1, CandidateState::Done, call), row(2, 3, CandidateState::Scheduled, call), row(3, 2, CandidateState::Scheduled, None)];
        candidate::insert_all(&tx, rows).await.expect("written");
        let used = |number: u64, candidate: u64, call_id| ReferenceUse { candidate_id: Some(id(candidate)), call_id, ..build::used(number, id(1), id(1), day(TODAY)) };
        reference_use::insert_all(&tx, vec![used(1, 1, call), used(2, 2, call), used(3, 3, None)]).await.expect("written");
        tx.commit().await.expect("committed");
        let store = &db.store;
        let members = candidate::of_calls(store, vec![id(1)]).await.expect("read");
        assert_eq!(members.iter().map(|row| (row.id, row.joined_a_call())).collect::<Vec<_>>(), [(id(1), false), (id(2), true)]);
        assert!(candidate::of_calls(store, vec![]).await.expect("read").is_empty());
        let uses = reference_use::of_accounts_since(store, vec![id(1)], day(TODAY)).await.expect("read");
        assert_eq!((uses.len(), reference_use::count(&uses)), (3, 2));
        let people = projection::load_accounts(store, &[id(1)], day(TODAY)).await.expect("read");
        let named = |rows: &[projection::Taken]| { let mut ids: Vec<_> = rows.iter().map(|row| row.candidate_id).collect(); ids.sort_unstable(); ids };
        assert_eq!(named(&people.uses), [Some(id(1)), Some(id(1)), Some(id(3))]);
        assert_eq!(named(&people.reservations), [Some(id(1)), Some(id(3))], "known by the call");
        let today = day(TODAY);
        let windows = storage::load::Windows { today, year_ago: today.plus_days(-365), window_ago: today.plus_days(-182), quarter_ago: today.plus_days(-91) };
        let burdens = storage::load::burdens(store, &Scope::Everything, windows).await.expect("read");
        assert_eq!((burdens[0].uses_year, burdens[0].uses_window, burdens[0].uses_quarter), (2, 2, 2));
    }

    async fn open_requests_for_an_activity_are_those_that_were_sent(db: TestDb) {
        insert_world(&db).await;
        let open = async |scope: &Scope, activities: &[Activity]| {
            let rows = request::open_for(&db.store, scope, activities, 10).await.expect("read");
            rows.iter().map(|row| row.id).collect::<Vec<_>>()
        };
        assert_eq!(open(&Scope::Everything, &[Activity::ReferenceCall]).await, [id(1)]);
        assert_eq!(open(&Scope::Everything, &[Activity::ReferenceCall, Activity::Quote]).await.len(), 2);
        assert!(open(&Scope::Everything, &[]).await.is_empty() && open(&Scope::Nothing, &[Activity::Quote]).await.is_empty());
    }

    async fn what_is_said_of_one_channel_says_nothing_in_general(db: TestDb) {
        insert_world(&db).await;
        let tx = db.begin().await;
        let said = |number: u64, kind, channel| Consent {
            id: id(number), advocate_id: id(1), kind, activity: None, source: ConsentSource::Mail, text_version: "1".to_owned(),
            valid_from: day(TODAY), valid_until: None, recorded_by: None, recorded_at: NOW, agrees_ahead: false, channel, region_id: None,
        };
        let rows = vec![said(1, ConsentKind::Given, None), said(2, ConsentKind::Withdrawn, Some(ConsentChannel::Press))];
        consent::insert_all(&tx, rows.clone()).await.expect("written");
        tx.commit().await.expect("committed");
        assert_eq!(consent::whole(&db.store, id(1)).await.expect("read"), rows);
        assert_eq!(consent::of_advocates(&db.store, vec![id(1)]).await.expect("read"), rows[..1]);
        let people = projection::load_accounts(&db.store, &[id(1)], day(TODAY)).await.expect("read");
        assert_eq!(people.people[0].consents.len(), 1);
    }
}

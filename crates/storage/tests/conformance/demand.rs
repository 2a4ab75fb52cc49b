//! What people keep for themselves, what was looked for in vain, and what was asked by when.

use domain::{
    access::Scope,
    activity::Activity,
    advocate::AdvocateStatus,
    candidate::CandidateState,
    money::Currency,
    need::{NeedAlarm, NeedKind},
    request::RequestStatus,
};
use storage::{
    account,
    advocate::{self, Advocate},
    candidate::{self, Candidate},
    contact,
    growth_goal::{self, GrowthGoal},
    need::{self, Need},
    opportunity::{self, Opportunity},
    pipeline::{self, Asked, Searched},
    plan::{self, AskedOnDay, PlanVersion},
    recruiting::{self, Ended, Nominee, NomineeStatus, RecruitingTarget},
    request::{self, Request},
    saved_search::{self, SavedSearch},
    scenario::{self, Scenario},
    unmet_search::{self, UnmetSearch},
    user,
};
use testkit::{FIRST_PAGE, NOW, TODAY, TestDb, build, build::id, day};

fn saved(number: u64, owner: u64, alerts: bool) -> SavedSearch {
    SavedSearch {
        id: id(number),
        version: 1,
        user_id: id(owner),
        name: "Banks".into(),
        ask: "{}".into(),
        alerts,
        known: "[]".into(),
        created_at: NOW,
    }
}

pub(crate) fn target(number: u64, segment: &str) -> RecruitingTarget {
    RecruitingTarget {
        id: id(number),
        version: 1,
        facets: "industry".into(),
        segment: segment.into(),
        is_broad: true,
        activity: Activity::ReferenceCall,
        wanted: 3,
        start_by: Some(day(TODAY)),
        worth_minor: 12_345,
        currency: Currency::USD,
        note: Some(crate::AWKWARD.into()),
        created_by: (number == 1).then(|| id(1)),
        created_at: NOW,
        closed_at: None,
        close_reason: None,
    }
}

async fn insert_users(db: &TestDb) {
    let tx = db.begin().await;
    let rows = vec![build::user(1, "Ann"), build::user(2, "Bo")];
    user::insert_all(&tx, rows).await.expect("users");
    tx.commit().await.expect("committed");
}

testkit::on_both_engines! {
    async fn plan_versions_are_listed_and_found_newest_first(db: TestDb) {
        insert_users(&db).await;
        let version = |number: u64| PlanVersion { id: id(number), why: crate::AWKWARD.into(), body: "{}".into(), saved_by: (number == 2).then(|| id(1)), saved_at: NOW.plus_days(number.cast_signed()) };
        let tx = db.begin().await;
        for number in 1..=3 {
            plan::insert(&tx, version(number)).await.expect("written");
        }
        tx.commit().await.expect("committed");
        assert_eq!(plan::find(&db.store, id(2)).await.expect("read"), Some(version(2)));
        assert_eq!(plan::find(&db.store, id(9)).await.expect("read"), None);
        let listed = plan::list(&db.store, &FIRST_PAGE).await.expect("a list");
        assert_eq!(listed.items, [version(3), version(2), version(1)]);
        let before = async |days: i64, limit| plan::newest_before(&db.store, NOW.plus_days(days), limit).await.expect("read").iter().map(|row| row.id).collect::<Vec<_>>();
        assert_eq!(before(3, 9).await, [id(2), id(1)], "that instant itself is not before it");
        assert_eq!(before(9, 1).await, [id(3)]);
        assert!(before(1, 9).await.is_empty());
    }

    async fn recruiting_targets_are_listed_open_first_and_a_profile_has_one_open(db: TestDb) {
        insert_users(&db).await;
        let tx = db.begin().await;
        recruiting::insert(&tx, target(1, "a")).await.expect("written");
        recruiting::insert_all(&tx, vec![target(2, "b"), target(3, "c")]).await.expect("written");
        let mut closed = target(2, "b");
        closed.closed_at = Some(NOW);
        closed.close_reason = Some("Enough".into());
        recruiting::save(&tx, &mut closed).await.expect("closed");
        recruiting::save_all(&tx, vec![target(3, "c")]).await.expect("written");
        tx.commit().await.expect("committed");
        assert_eq!(recruiting::find(&db.store, id(1)).await.expect("read"), Some(target(1, "a")));
        assert_eq!(recruiting::find(&db.store, id(9)).await.expect("read"), None);
        let order: Vec<_> = recruiting::list(&db.store).await.expect("read").into_iter().map(|row| (row.id, row.version)).collect();
        assert_eq!(order, [(id(3), 2), (id(1), 1), (id(2), 2)]);
        let open = async |segment: &str, activity| recruiting::open_for(&db.store, "industry", segment, activity).await.expect("read").map(|row| row.id);
        assert_eq!(open("a", Activity::ReferenceCall).await, Some(id(1)));
        assert_eq!(open("b", Activity::ReferenceCall).await, None, "it is closed");
        assert_eq!(open("a", Activity::SiteVisit).await, None);
        let tx = db.begin().await;
        assert!(recruiting::insert(&tx, target(4, "a")).await.is_err(), "one open target a profile");
        drop(tx);
        let tx = db.begin().await;
        recruiting::insert(&tx, target(4, "b")).await.expect("the other one is closed");
    }

    async fn nominees_stand_by_their_target_with_where_they_are(db: TestDb) {
        insert_users(&db).await;
        let tx = db.begin().await;
        account::insert(&tx, build::account(1, "Acme")).await.expect("written");
        let statuses = [AdvocateStatus::Vetting, AdvocateStatus::Active, AdvocateStatus::Declined, AdvocateStatus::Retired, AdvocateStatus::Active];
        for (number, status) in (1..).zip(statuses) {
            contact::insert(&tx, build::contact(number, "Ann", id(1))).await.expect("written");
            // Nobody nominated the last one.
            let nominated_by = (number < 5).then(|| id(1));
            let row = Advocate { status, nominated_by, ..build::advocate(number, id(number)) };
            advocate::insert(&tx, row).await.expect("written");
        }
        recruiting::insert(&tx, target(1, "a")).await.expect("written");
        for (number, minutes) in [(1, 5), (2, 3)] {
            let row = Nominee { advocate_id: id(number), target_id: id(1), nominated_at: NOW.plus_days(minutes) };
            recruiting::nominate(&tx, row).await.expect("written");
        }
        tx.commit().await.expect("committed");
        let found = recruiting::nominees(&db.store).await.expect("read");
        let expected = [(2, AdvocateStatus::Active), (1, AdvocateStatus::Vetting)];
        assert_eq!(found, expected.map(|(number, status)| NomineeStatus { target_id: id(1), advocate_id: id(number), status }));
        assert_eq!(recruiting::ended(&db.store).await.expect("read"), Ended { decided: 2, became: 1 });
    }

    async fn needs_are_found_in_reach_and_the_open_ones_compete(db: TestDb) {
        insert_users(&db).await;
        let on = |days: i64| day(TODAY).plus_days(days);
        let need = |number: u64, owner: u64, days: i64| Need { id: id(number), version: 1, kind: NeedKind::Event, title: crate::AWKWARD.into(), activity: Activity::Speaking, wanted: 2, need_on: on(days), account_id: None, note: None, calendar_uid: Some(format!("uid-{number}")), owner_id: Some(id(owner)), created_at: NOW, closed_at: None, close_reason: None, alarm: None, alarm_on: None };
        let tx = db.begin().await;
        need::insert(&tx, need(1, 1, 9)).await.expect("written");
        need::insert_all(&tx, vec![need(2, 2, 5), need(3, 1, -5)]).await.expect("written");
        let mut closed = need(4, 1, 7);
        need::insert(&tx, closed.clone()).await.expect("written");
        closed.closed_at = Some(NOW);
        need::save(&tx, &mut closed).await.expect("closed");
        need::save_all(&tx, vec![need(3, 1, -5)]).await.expect("written");
        tx.commit().await.expect("committed");
        let numbers = |rows: Vec<Need>| rows.into_iter().map(|row| row.id).collect::<Vec<_>>();
        let own = Scope::Own(vec![id(1)]);
        let all = need::between(&db.store, &Scope::Everything, on(-5), on(9)).await.expect("read");
        assert_eq!(numbers(all), [id(3), id(2), id(4), id(1)]);
        let mine = need::between(&db.store, &own, on(-4), on(8)).await.expect("read");
        assert_eq!(numbers(mine), [id(4)]);
        assert_eq!(numbers(need::open_from(&db.store, on(0)).await.expect("read")), [id(2), id(1)]);
        assert_eq!(need::find(&db.store, &own, id(2)).await.expect("read"), None);
        assert_eq!(need::find(&db.store, &own, id(1)).await.expect("read"), Some(need(1, 1, 9)));
        let known = need::of_calendar(&db.store, vec!["uid-1".to_owned(), "other".to_owned()], vec![id(2)]).await.expect("read");
        let mut known = numbers(known);
        known.sort_unstable();
        assert_eq!(known, [id(1), id(2)]);
        let today = on(0);
        assert_eq!(numbers(need::unlooked(&db.store, today).await.expect("read")), [id(3), id(2), id(1)]);
        let tx = db.begin().await;
        assert_eq!(need::note_looked(&tx, vec![id(1), id(2)], today).await.expect("noted"), 2);
        assert_eq!(need::note_looked(&tx, vec![id(2), id(3)], today).await.expect("noted"), 1, "one was looked at before");
        need::note_alarm(&tx, vec![id(1)], Some(NeedAlarm::AskSoon)).await.expect("noted");
        need::note_alarm(&tx, vec![id(2)], None).await.expect("noted");
        tx.commit().await.expect("committed");
        assert!(need::unlooked(&db.store, today).await.expect("read").is_empty());
        assert_eq!(need::unlooked(&db.store, on(1)).await.expect("read").len(), 3);
        let told = need::find(&db.store, &own, id(1)).await.expect("read").expect("it exists");
        assert_eq!(told, Need { alarm: Some(NeedAlarm::AskSoon), alarm_on: Some(today), ..need(1, 1, 9) }, "an alarm is no change");
        let tx = db.begin().await;
        let again = Need { id: id(5), ..need(1, 1, 9) };
        assert!(need::insert(&tx, again).await.is_err(), "one need an event of another calendar");
    }

    async fn what_a_deal_asked_for_and_what_of_it_nobody_gives_are_told_apart(db: TestDb) {
        insert_users(&db).await;
        let tx = db.begin().await;
        account::insert(&tx, build::account(1, "Acme")).await.expect("written");
        contact::insert_all(&tx, vec![build::contact(1, "Cy Young", id(1))]).await.expect("written");
        advocate::insert_all(&tx, vec![build::advocate(1, id(1))]).await.expect("written");
        opportunity::insert_all(&tx, (1..=3).map(|number| Opportunity::named(id(number), "Deal", NOW)).collect()).await.expect("written");
        let asked = |number: u64, days: i64, wanted: i64, status| Request { opportunity_id: Some(id(1)), wanted, status, created_at: NOW.plus_days(days), need_by: day(TODAY).plus_days(days + 10), ..build::request(number, id(1)) };
        let rows = vec![
            asked(1, -9, 3, RequestStatus::InProgress),
            asked(2, -5, 1, RequestStatus::Unfilled),
            asked(3, -20, 9, RequestStatus::Withdrawn),
            asked(4, -7, 2, RequestStatus::Fulfilled),
        ];
        request::insert_all(&tx, rows).await.expect("written");
        candidate::insert_all(&tx, vec![Candidate { state: CandidateState::Accepted, ..build::candidate(1, id(1), id(1), id(1)) }]).await.expect("written");
        let search = |number: u64, days: i64| UnmetSearch { id: id(number), user_id: None, opportunity_id: Some(id(2)), criteria: "{}".into(), amount_minor: None, currency: None, at: NOW.plus_days(days) };
        unmet_search::insert_all(&tx, vec![search(1, -3), search(2, -1)]).await.expect("written");
        tx.commit().await.expect("committed");
        let (_, told) = pipeline::load(&db.store).await.expect("read");
        // Of three one has accepted, and the unfilled one waits: three in all.
        let expected = Asked { opportunity_id: id(1), references_asked: 6, first_at: Some(NOW.plus_days(-9)), need_on: Some(day(TODAY).plus_days(5)), waiting: 3 };
        let searched = Searched { opportunity_id: id(2), last_at: NOW.plus_days(-1) };
        assert_eq!((told.asked.as_slice(), told.searched.as_slice()), ([expected].as_slice(), [searched].as_slice()));
        // Of some deals the same as of all.
        let first = pipeline::load_some(&db.store, &[id(1)], &[]).await.expect("read");
        assert_eq!((first.asked, first.searched), (vec![expected], vec![]));
        let second = pipeline::load_some(&db.store, &[id(2)], &[]).await.expect("read");
        assert_eq!((second.asked, second.searched), (vec![], vec![searched]));
        let mut behind = pipeline::for_deals(&db.store, &[id(1), id(4), id(77)]).await.expect("read");
        behind.sort_by_key(|row| row.id);
        // A request and its candidate share the number here.
        assert_eq!(behind.iter().map(|row| (row.id, row.opportunity_id)).collect::<Vec<_>>(), [(id(1), Some(id(1))), (id(1), Some(id(1))), (id(4), Some(id(1)))]);
    }

    async fn scenarios_are_listed_newest_first_until_they_are_removed(db: TestDb) {
        insert_users(&db).await;
        let kept = |number: u64| Scenario { id: id(number), version: 1, name: crate::AWKWARD.into(), body: "{}".into(), saved_by: (number == 2).then(|| id(1)), saved_at: NOW.plus_days(number.cast_signed()) };
        let tx = db.begin().await;
        scenario::insert(&tx, kept(1)).await.expect("written");
        scenario::insert_all(&tx, vec![kept(2), kept(3)]).await.expect("written");
        scenario::save(&tx, &mut kept(3)).await.expect("saved again");
        scenario::save_all(&tx, vec![Scenario { version: 2, ..kept(3) }]).await.expect("saved again");
        tx.commit().await.expect("committed");
        assert_eq!(scenario::list(&db.store).await.expect("a list"), [Scenario { version: 3, ..kept(3) }, kept(2), kept(1)]);
        assert_eq!(scenario::count(&db.store).await.expect("counted"), 3);
        let tx = db.begin().await;
        scenario::remove(&tx, id(1)).await.expect("removed");
        tx.commit().await.expect("committed");
        assert_eq!(scenario::find(&db.store, id(1)).await.expect("read"), None);
        assert_eq!(scenario::find(&db.store, id(2)).await.expect("read"), Some(kept(2)));
    }

    async fn growth_goals_are_listed_newest_first_until_they_are_removed(db: TestDb) {
        insert_users(&db).await;
        let kept = |number: u64| GrowthGoal { id: id(number), version: 1, name: crate::AWKWARD.into(), body: "{}".into(), saved_by: (number == 2).then(|| id(1)), saved_at: NOW.plus_days(number.cast_signed()) };
        let tx = db.begin().await;
        growth_goal::insert(&tx, kept(1)).await.expect("written");
        growth_goal::insert_all(&tx, vec![kept(2), kept(3)]).await.expect("written");
        growth_goal::save(&tx, &mut kept(3)).await.expect("saved again");
        growth_goal::save_all(&tx, vec![GrowthGoal { version: 2, ..kept(3) }]).await.expect("saved again");
        assert!(growth_goal::save(&tx, &mut kept(3)).await.is_err(), "an old version is refused");
        tx.commit().await.expect("committed");
        assert_eq!(growth_goal::list(&db.store).await.expect("a list"), [GrowthGoal { version: 3, ..kept(3) }, kept(2), kept(1)]);
        assert_eq!(growth_goal::count(&db.store).await.expect("counted"), 3);
        let tx = db.begin().await;
        growth_goal::remove(&tx, id(1)).await.expect("removed");
        tx.commit().await.expect("committed");
        assert_eq!(growth_goal::find(&db.store, id(1)).await.expect("read"), None);
        assert_eq!(growth_goal::find(&db.store, id(2)).await.expect("read"), Some(kept(2)));
    }

    async fn references_that_deals_asked_for_are_counted_by_day(db: TestDb) {
        insert_users(&db).await;
        let tx = db.begin().await;
        opportunity::insert(&tx, Opportunity::named(id(1), "Deal", NOW)).await.expect("written");
        let asked = |number: u64, days: i64, deal: Option<u64>| Request { opportunity_id: deal.map(id), wanted: 2, created_at: NOW.plus_days(days), ..build::request(number, id(1)) };
        request::insert_all(&tx, vec![asked(1, 0, Some(1)), asked(2, 0, Some(1)), asked(3, 1, Some(1)), asked(4, 0, None), asked(5, 5, Some(1))]).await.expect("written");
        tx.commit().await.expect("committed");
        let today = day(TODAY);
        let counted = plan::asked_by_day(&db.store, today, today.plus_days(5)).await.expect("read");
        let number = NOW.0.div_euclid(86_400_000_000);
        assert_eq!(counted, [AskedOnDay { day_number: number, wanted: 4 }, AskedOnDay { day_number: number + 1, wanted: 2 }]);
    }

    async fn a_saved_search_is_its_owner_s_alone(db: TestDb) {
        insert_users(&db).await;
        let tx = db.begin().await;
        saved_search::insert(&tx, saved(1, 1, false)).await.expect("written");
        saved_search::insert_all(&tx, vec![saved(2, 1, true), saved(3, 2, true)]).await.expect("written");
        let mut renamed = saved(1, 1, false);
        renamed.name = "Insurers".into();
        saved_search::save(&tx, &mut renamed).await.expect("saved");
        assert!(saved_search::save(&tx, &mut saved(1, 1, false)).await.is_err(), "an old version is refused");
        saved_search::save_all(&tx, vec![saved(3, 2, true)]).await.expect("saved");
        tx.commit().await.expect("committed");
        let own = saved_search::of_user(&db.store, id(1)).await.expect("read");
        assert_eq!(own, [saved(2, 1, true), renamed]);
        let tx = db.begin().await;
        assert!(!saved_search::remove(&tx, id(2), id(1)).await.expect("an answer"), "another person's search");
        assert!(saved_search::remove(&tx, id(1), id(1)).await.expect("an answer"));
        tx.commit().await.expect("committed");
        assert_eq!(saved_search::of_user(&db.store, id(1)).await.expect("read").len(), 1);
    }

    async fn alerts_are_walked_person_by_person_and_noted_once(db: TestDb) {
        insert_users(&db).await;
        let tx = db.begin().await;
        saved_search::insert_all(&tx, vec![saved(1, 2, true), saved(2, 1, true), saved(3, 1, false), saved(4, 1, true)]).await.expect("written");
        tx.commit().await.expect("committed");
        let mut seen = Vec::new();
        let mut after = None;
        loop {
            let next = saved_search::alerting(&db.store, after, 1).await.expect("read");
            let Some(row) = next.first() else { break };
            seen.push(row.id);
            after = Some((row.user_id, row.id));
        }
        assert_eq!(seen, [id(2), id(4), id(1)]);
        let tx = db.begin().await;
        assert!(saved_search::note_known(&tx, &saved(1, 2, true), "[7]").await.expect("an answer"));
        assert!(!saved_search::note_known(&tx, &saved(1, 2, true), "[8]").await.expect("an answer"), "somebody noted it first");
        tx.commit().await.expect("committed");
        assert_eq!(saved_search::of_user(&db.store, id(2)).await.expect("read")[0].known, "[7]");
    }

    async fn searches_without_a_match_are_listed_in_reach_newest_first(db: TestDb) {
        insert_users(&db).await;
        let missed = |number: u64, by: Option<u64>| UnmetSearch { id: id(number), user_id: by.map(id), opportunity_id: None, criteria: "{}".into(), amount_minor: None, currency: None, at: NOW.plus_days(number.cast_signed()) };
        let tx = db.begin().await;
        unmet_search::insert_all(&tx, vec![missed(1, Some(1)), missed(2, Some(2)), missed(3, None)]).await.expect("written");
        tx.commit().await.expect("committed");
        for (scope, expected) in [(Scope::Everything, vec![3, 2, 1]), (Scope::Own(vec![id(1)]), vec![1]), (Scope::Own(vec![]), vec![]), (Scope::Nothing, vec![])] {
            let listed = unmet_search::list(&db.store, &scope, &FIRST_PAGE).await.expect("a list");
            assert_eq!(listed.items.iter().map(|row| row.id.0.as_u64_pair().1).collect::<Vec<_>>(), expected, "{scope:?}");
            let late = unmet_search::count_since(&db.store, &scope, NOW.plus_days(2)).await.expect("a count");
            assert_eq!(late, expected.iter().filter(|number| **number >= 2).count() as u64, "{scope:?}: the moment itself counts");
        }
    }

    async fn clocks_that_ran_out_are_found_until_their_holder_was_reminded(db: TestDb) {
        insert_users(&db).await;
        let today = day(TODAY);
        let tx = db.begin().await;
        account::insert(&tx, build::account(1, "Acme")).await.expect("written");
        contact::insert(&tx, build::contact(1, "Cy", id(1))).await.expect("written");
        advocate::insert(&tx, build::advocate(1, id(1))).await.expect("written");
        let ask = |number: u64, due: Option<i64>, reminded: Option<i64>| Request { due_on: due.map(|days| today.plus_days(days)), reminded_on: reminded.map(|days| today.plus_days(days)), ..build::request(number, id(1)) };
        request::insert_all(&tx, vec![
            ask(1, Some(0), None), ask(2, Some(-3), Some(-4)), ask(3, Some(-3), Some(-3)), ask(4, Some(1), None), ask(5, None, None),
            Request { status: RequestStatus::Withdrawn, ..ask(6, Some(-9), None) },
        ]).await.expect("written");
        let step = |number: u64, state, due: i64, reminded: Option<i64>| Candidate { state, due_on: Some(today.plus_days(due)), reminded_on: reminded.map(|days| today.plus_days(days)), ..build::candidate(number, id(1), id(1), id(1)) };
        candidate::insert_all(&tx, vec![
            step(1, CandidateState::OwnerAsked, 0, Some(0)), step(2, CandidateState::Scheduled, -2, None), step(3, CandidateState::Scheduled, -5, Some(-1)), step(4, CandidateState::Proposed, 1, None),
            step(5, CandidateState::Declined, 5, None),
        ]).await.expect("written");
        tx.commit().await.expect("committed");
        let requests = request::due(&db.store, today, 10).await.expect("read");
        assert_eq!(requests.iter().map(|row| row.id).collect::<Vec<_>>(), [id(2), id(1)]);
        assert_eq!(request::due(&db.store, today, 1).await.expect("read").len(), 1);
        let candidates = candidate::due(&db.store, today, 10).await.expect("read");
        assert_eq!(candidates.iter().map(|row| row.id).collect::<Vec<_>>(), [id(2), id(1)]);
        let open = candidate::open_of_account(&db.store, id(1)).await.expect("read");
        assert_eq!(open.iter().map(|row| row.id).collect::<Vec<_>>(), [id(1), id(2), id(3), id(4)]);
        assert!(candidate::open_of_account(&db.store, id(2)).await.expect("read").is_empty());
        let of_any = async |advocates: Vec<domain::id::AdvocateId>, accounts| candidate::open_of_any(&db.store, advocates, accounts).await.expect("read");
        assert_eq!(of_any(vec![], vec![id(1), id(2)]).await, open);
        assert_eq!(of_any(vec![open[0].advocate_id], vec![id(2)]).await.first(), open.first());
        assert!(of_any(vec![], vec![]).await.is_empty());
    }
}

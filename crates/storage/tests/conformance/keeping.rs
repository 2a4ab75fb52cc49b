//! Uses that are kept for a deal, locks that rules set, and what owners were asked about for a target.

use domain::{
    access::Scope,
    activity::Activity,
    hold::{HoldEnd, HoldState},
    lock_rule::LockRules,
    opportunity::{OpportunityKind, OpportunityStatus},
    protection::LockReason,
    request::RequestStatus,
};
use storage::{
    account::{self, Account, AccountLock},
    advocate, contact,
    hold::{self, Hold},
    lock_rule,
    opportunity::{self, Opportunity},
    recruiting,
    recruiting_ask::{self, RecruitingAsk},
    reference_use::{self, ReferenceUse},
    request::{self, Request},
    user,
};
use testkit::{FIRST_PAGE, NOW, TODAY, TestDb, build, build::id, day};

/// Two colleagues; three customers, of which the first two have an advocate; a deal for each of them.
async fn insert_customers(db: &TestDb) {
    let tx = db.begin().await;
    let people = vec![build::user(1, "Ann"), build::user(2, "Bo")];
    user::insert_all(&tx, people).await.expect("users");
    for number in 1..=3 {
        let row = Account {
            nps: (number == 1).then_some(-20),
            health: (number == 2).then_some(90),
            ..build::account(number, "Acme")
        };
        account::insert(&tx, row).await.expect("an account");
        let deal = Opportunity {
            account_id: Some(id(number)),
            close_on: Some(day(TODAY).plus_days(30)),
            kind: if number == 2 {
                OpportunityKind::Renewal
            } else {
                OpportunityKind::New
            },
            ..Opportunity::named(id(number), "Deal", NOW)
        };
        opportunity::insert(&tx, deal).await.expect("a deal");
    }
    for number in 1..=2 {
        let person = build::contact(number, "Cy", id(number));
        contact::insert(&tx, person).await.expect("a contact");
        let row = build::advocate(number, id(number));
        advocate::insert(&tx, row).await.expect("an advocate");
    }
    tx.commit().await.expect("committed");
}

/// A hold of the deal, advocate and account of a number.
fn held(number: u64, of: u64) -> Hold {
    Hold {
        id: id(number),
        version: 1,
        opportunity_id: id(of),
        advocate_id: id(of),
        account_id: id(of),
        activity: Activity::ReferenceCall,
        state: HoldState::Held,
        planned_on: day(TODAY).plus_days(20),
        expires_on: day(TODAY).plus_days(10),
        close_on: day(TODAY).plus_days(30),
        held_by: id(of),
        created_at: NOW.plus_days(number.cast_signed()),
        ended_at: None,
        ended_because: None,
    }
}

testkit::on_both_engines! {
    async fn holds_are_read_by_deal_advocate_account_and_holder_the_oldest_first(db: TestDb) {
        insert_customers(&db).await;
        let tx = db.begin().await;
        hold::insert(&tx, held(3, 1)).await.expect("written");
        hold::insert_all(&tx, vec![held(1, 1), held(2, 2)]).await.expect("written");
        tx.commit().await.expect("committed");
        let numbers = |rows: Vec<Hold>| rows.into_iter().map(|row| row.id.0.as_u64_pair().1).collect::<Vec<_>>();
        let mine = Scope::Own(vec![id(1)]);
        assert_eq!(hold::find(&db.store, &mine, id(1)).await.expect("read"), Some(held(1, 1)));
        assert_eq!(hold::find(&db.store, &mine, id(2)).await.expect("read"), None, "out of reach");
        let of_one = hold::Filter { held_by: mine, ..hold::Filter::default() };
        let listed = hold::list(&db.store, &of_one, &FIRST_PAGE).await.expect("read");
        assert_eq!((numbers(listed.items), listed.total), (vec![1, 3], 2));
        let of_deal = hold::Filter { opportunity: Some(id(2)), advocate: Some(id(2)), ..hold::Filter::default() };
        assert_eq!(numbers(hold::open(&db.store, &of_deal).await.expect("read")), [2]);
        assert_eq!(numbers(hold::open_on(&db.store, vec![id(1)]).await.expect("read")), [1, 3]);
        assert_eq!(hold::open_on(&db.store, vec![]).await.expect("read"), []);
        assert_eq!(numbers(hold::open_of_any(&db.store, vec![id(2)], vec![id(1)]).await.expect("read")), [1, 2, 3]);
        assert_eq!(hold::open_of_any(&db.store, vec![], vec![]).await.expect("read"), []);

        let tx = db.begin().await;
        let mut ended = held(1, 1);
        (ended.state, ended.ended_at, ended.ended_because) = (HoldState::Ended, Some(NOW), Some(HoldEnd::GivenBack));
        hold::save(&tx, &mut ended).await.expect("saved");
        let mut stale = held(1, 1);
        assert!(hold::save(&tx, &mut stale).await.is_err(), "an old version is refused");
        let waiting = Hold { state: HoldState::Waiting, ..held(3, 1) };
        hold::save_all(&tx, vec![waiting]).await.expect("saved");
        tx.commit().await.expect("committed");
        assert_eq!(numbers(hold::open_on(&db.store, vec![id(1)]).await.expect("read")), [3]);
    }

    async fn accounts_are_judged_where_somebody_waits_and_where_a_deal_or_day_is_over(db: TestDb) {
        insert_customers(&db).await;
        let tx = db.begin().await;
        hold::insert_all(&tx, vec![held(1, 1), held(2, 2)]).await.expect("written");
        tx.commit().await.expect("committed");
        let judged = async |days: i64, limit| hold::accounts_to_judge(&db.store, day(TODAY).plus_days(days), limit).await.expect("read");
        assert_eq!(judged(0, 9).await, []);
        assert_eq!(judged(11, 9).await, [id(1), id(2)]);
        assert_eq!(judged(11, 1).await, [id(1)]);
        let tx = db.begin().await;
        let mut deal = opportunity::by_ids(&tx, vec![id(2)]).await.expect("read").remove(&id(2)).expect("a deal");
        deal.status = OpportunityStatus::Lost;
        opportunity::save(&tx, &mut deal).await.expect("saved");
        tx.commit().await.expect("committed");
        assert_eq!(judged(0, 9).await, [id(2)], "its deal has closed");
    }

    async fn a_rule_finds_customers_with_advocates_and_ends_its_own_locks(db: TestDb) {
        insert_customers(&db).await;
        let found = async |rules: LockRules| -> Vec<_> {
            let rows = lock_rule::matching(&db.store, &rules, day(TODAY)).await.expect("read");
            rows.into_iter().map(|row| (row.id, row.facts().renewal_on)).collect()
        };
        assert_eq!(found(LockRules::default()).await, []);
        assert_eq!(found(LockRules { nps_min: Some(0), ..LockRules::default() }).await, [(id(1), None)]);
        assert_eq!(found(LockRules { health_min: Some(50), ..LockRules::default() }).await, []);
        let renewal = |days| LockRules { renewal_days: Some(days), ..LockRules::default() };
        assert_eq!(found(renewal(29)).await, []);
        assert_eq!(found(renewal(30)).await, [(id(2), Some(day(TODAY).plus_days(30)))]);

        let lock = |number: u64, is_by_rule| AccountLock {
            id: id(number),
            account_id: id(number),
            reason: LockReason::NpsDrop,
            note: None,
            from_on: day(TODAY),
            until_on: None,
            locked_by: None,
            lifted_at: None,
            is_by_rule,
        };
        let tx = db.begin().await;
        account::insert_locks(&tx, vec![lock(1, true), lock(2, true), lock(3, false)]).await.expect("locked");
        tx.commit().await.expect("committed");
        let set = async |of| lock_rule::set_by_rules(&db.store, of, day(TODAY), NOW.plus_days(-1)).await.expect("read");
        assert_eq!(set(None).await, [lock(1, true), lock(2, true)]);
        assert_eq!(set(Some(id(2))).await, [lock(2, true)]);
        let tx = db.begin().await;
        lock_rule::end(&tx, &lock(1, true), day(TODAY).plus_days(-1)).await.expect("ended");
        tx.commit().await.expect("committed");
        assert_eq!(set(None).await, [lock(2, true)]);
    }

    async fn what_owners_were_asked_about_stands_by_target_and_time(db: TestDb) {
        insert_customers(&db).await;
        let asked = |number: u64, minutes: i64| RecruitingAsk {
            id: id(number),
            target_id: id(1),
            account_id: id(number),
            owner_id: id(2),
            asked_by: (number == 1).then(|| id(1)),
            asked_at: NOW.plus_seconds(60 * minutes),
        };
        let tx = db.begin().await;
        recruiting::insert(&tx, crate::demand::target(1, "a")).await.expect("a target");
        recruiting_ask::insert_all(&tx, vec![asked(1, 0), asked(2, 5)]).await.expect("written");
        tx.commit().await.expect("committed");
        assert_eq!(recruiting_ask::since(&db.store, NOW.plus_seconds(60)).await.expect("read"), [asked(2, 5)]);
        let told = recruiting_ask::of_target(&db.store, id(1)).await.expect("read");
        let told: Vec<_> = told.iter().map(|row| (row.account_id, row.owner_name.as_str(), row.nominated)).collect();
        assert_eq!(told, [(id(2), "Bo", 0), (id(1), "Bo", 0)]);
        assert_eq!(recruiting_ask::of_target(&db.store, id(9)).await.expect("read"), []);
    }

    async fn of_rounds_at_one_instant_the_second_sees_what_the_first_asked(db: TestDb) {
        insert_customers(&db).await;
        let tx = db.begin().await;
        recruiting::insert(&tx, crate::demand::target(1, "a")).await.expect("a target");
        tx.commit().await.expect("committed");
        // Each asks only where nobody was asked before.
        let round = async |number: u64| {
            let tx = db.begin().await;
            recruiting_ask::one_at_a_time(&tx).await.expect("its turn");
            if recruiting_ask::since(&tx, NOW).await.expect("read").is_empty() {
                let ask = RecruitingAsk {
                    id: id(number), target_id: id(1), account_id: id(number), owner_id: id(2), asked_by: None, asked_at: NOW,
                };
                recruiting_ask::insert_all(&tx, vec![ask]).await.expect("written");
            }
            tx.commit().await.expect("committed");
        };
        tokio::join!(round(1), round(2));
        assert_eq!(recruiting_ask::since(&db.store, NOW).await.expect("read").len(), 1);
    }

    async fn accounts_that_gave_a_use_and_requests_by_need_are_read_in_bounds(db: TestDb) {
        insert_customers(&db).await;
        let used = |number: u64, on: &str, outcome| ReferenceUse { outcome, ..build::used(number, id(number), id(number), day(on)) };
        let tx = db.begin().await;
        reference_use::insert(&tx, used(1, "2026-01-10", None)).await.expect("written");
        reference_use::insert(&tx, used(2, "2025-01-10", None)).await.expect("written");
        for (number, need_by, status) in [
            (1, "2026-03-01", RequestStatus::Matching),
            (2, "2026-02-01", RequestStatus::Submitted),
            (3, "2026-01-01", RequestStatus::Draft),
            (4, "2026-01-01", RequestStatus::Fulfilled),
        ] {
            let row = Request { need_by: day(need_by), status, ..build::request(number, id(1)) };
            request::insert(&tx, row).await.expect("written");
        }
        tx.commit().await.expect("committed");
        let gave = async |since: &str, limit| reference_use::accounts_since(&db.store, day(since), limit).await.expect("read");
        assert_eq!(gave("2026-01-01", 9).await, [id(1)]);
        assert_eq!(gave("2025-01-01", 9).await, [id(1), id(2)]);
        assert_eq!(gave("2025-01-01", 1).await, [id(1)]);
        let (rows, total) = request::open_by_need(&db.store, &Scope::Everything, 1).await.expect("read");
        assert_eq!((rows[0].id, rows.len(), total), (id(2), 1, 2));
        let (others, _) = request::open_by_need(&db.store, &Scope::Own(vec![id(2)]), 9).await.expect("read");
        assert_eq!(others, []);
    }
}

//! The steward queue: what waits and why, in whose reach, and what is done about it.

use app::{
    Actor, Error,
    advocate::{
        edit::{self, EditAdvocate},
        verify,
    },
    contact::edit::{self as contact_edit, EditContact},
    inbox,
    steward::{self, AskQueue, PutOffInput, StewardQueue},
};
use domain::{
    access::Role,
    activity::Activity,
    consent::{ConsentKind, ConsentSource},
    content::{ContentKind, ContentStatus},
    notice::NoticeClass,
    record::RecordKind,
    steward::{OverLimit, StewardReason},
};
use storage::{
    account::{self, Account},
    advocate::{self, Advocate, Willingness},
    consent::{self, Consent},
    contact,
    content::{self, Content},
    reference_use,
    unmet_search::{self, UnmetSearch},
};
use testkit::{NOW, TODAY, TestApp, TestDb, build, build::id, day};

/// Five active advocates at an account each, members for a year, verified today and used a month
/// ago; 1 belongs to user 1, 5 to nobody, the others to user 2. Advocate 2 is stale, 3 was never
/// asked, the consent of 1 ends in ten days, 4 gave two uses with a limit of one, and a quote of
/// account 2 expired yesterday.
async fn world(db: TestDb) -> TestApp {
    let test = TestApp::on(db).await;
    test.colleague(1, "Olga Owner", &[Role::Owner]).await;
    test.colleague(2, "Otto Owner", &[Role::Owner]).await;
    test.colleague(3, "Pia Program", &[Role::Program]).await;
    let today = day(TODAY);
    let tx = test.db.begin().await;
    let accounts = (1..=5).map(|number| Account {
        owner_id: (number != 5).then(|| id(if number == 1 { 1 } else { 2 })),
        ..build::account(number, &format!("Account {number}"))
    });
    account::insert_all(&tx, accounts.collect())
        .await
        .expect("written");
    let contacts =
        (1..=5).map(|number| build::contact(number, &format!("Ann {number}"), id(number)));
    contact::insert_all(&tx, contacts.collect())
        .await
        .expect("written");
    let advocates = (1..=5).map(|number| Advocate {
        created_at: NOW.plus_days(-365),
        verified_on: Some(today.plus_days(if number == 2 { -200 } else { 0 })),
        limit_per_year: (number == 4).then_some(1),
        ..build::advocate(number, id(number))
    });
    advocate::insert_all(&tx, advocates.collect())
        .await
        .expect("written");
    let uses = [(1, 1), (2, 2), (4, 4), (5, 4), (6, 5)];
    let uses = uses.map(|(number, advocate): (u64, u64)| {
        build::used(
            number,
            id(advocate),
            id(advocate),
            today.plus_days(-30 - number.cast_signed()),
        )
    });
    reference_use::insert_all(&tx, uses.to_vec())
        .await
        .expect("written");
    let agreed = Willingness {
        advocate_id: id(1),
        activity: Activity::Quote,
        limit_per_year: None,
    };
    advocate::insert_willingness(&tx, vec![agreed])
        .await
        .expect("written");
    wearing_out(&tx).await;
    tx.commit().await.expect("committed");
    test
}

/// A consent that ends in ten days and a quote that expired yesterday.
async fn wearing_out(tx: &storage::Tx) {
    let today = day(TODAY);
    let ending = Consent {
        id: id(1),
        advocate_id: id(1),
        kind: ConsentKind::Given,
        activity: None,
        source: ConsentSource::Mail,
        text_version: "1".into(),
        valid_from: today.plus_days(-300),
        valid_until: Some(today.plus_days(10)),
        recorded_by: None,
        recorded_at: NOW,
        agrees_ahead: false,
        channel: None,
        region_id: None,
    };
    consent::insert_all(tx, vec![ending])
        .await
        .expect("written");
    let expired = Content {
        status: ContentStatus::Approved,
        account_id: Some(id(2)),
        expires_on: Some(today.plus_days(-1)),
        ..Content::titled(id(1), "Two days saved", ContentKind::Quote, NOW)
    };
    content::insert_all(tx, vec![expired])
        .await
        .expect("written");
}

async fn read(test: &TestApp, actor: &Actor, ask: AskQueue) -> StewardQueue {
    steward::list(&test.app, actor, ask).await.expect("a queue")
}

async fn reasons(test: &TestApp, actor: &Actor) -> Vec<StewardReason> {
    let queue = read(test, actor, AskQueue::default()).await;
    queue.page.items.into_iter().map(|row| row.reason).collect()
}

fn until(days: i64) -> PutOffInput {
    PutOffInput {
        until: day(TODAY).plus_days(days),
    }
}

testkit::on_both_engines! {
    async fn the_home_of_the_program_team_counts_what_waits_in_one_answer(db: TestDb) {
        let test = world(db).await;
        let tx = test.db.begin().await;
        let missed = |number: u64, days: i64| UnmetSearch { id: id(number), user_id: None, opportunity_id: None, criteria: "{}".into(), amount_minor: None, currency: None, at: NOW.plus_days(days) };
        unmet_search::insert_all(&tx, (1..=5).map(|number| missed(number, -3 * number.cast_signed())).collect()).await.expect("written");
        tx.commit().await.expect("committed");
        let program = test.colleague(6, "Pat Program", &[Role::Program]).await;
        let home = app::home::program(&test.app, &program).await.expect("the home");
        let queue = steward::list(&test.app, &program, AskQueue::default()).await.expect("the queue");
        assert_eq!((home.steward, home.unmapped, home.duplicates), (queue.counts, queue.unmapped, queue.duplicates));
        assert_eq!((home.advocates, home.nominated, home.accounts_unowned, home.accounts_locked), (5, 0, 1, 0));
        assert_eq!((home.unmet.items.len(), home.unmet.total, home.unmet_last_week), (4, 5, 2), "the newest four, two of this week");
        let owner = test.colleague(7, "Oona Owner", &[Role::Owner]).await;
        assert!(matches!(app::home::program(&test.app, &owner).await, Err(Error::Forbidden)), "demand is not an owner's");
    }

    async fn each_reason_is_one_row_with_the_most_pressing_first(db: TestDb) {
        let test = world(db).await;
        let program = test.actor(id(3)).await;
        let today = day(TODAY);
        let queue = read(&test, &program, AskQueue::default()).await;
        let rows: Vec<_> = queue.page.items.iter().map(|row| (row.reason, row.record_kind, row.name.as_str(), row.since)).collect();
        assert_eq!(rows, [
            (StewardReason::ConsentEnding, RecordKind::Advocate, "Ann 1", Some(today.plus_days(-20))),
            (StewardReason::ContentEnding, RecordKind::Content, "Two days saved", Some(today.plus_days(-31))),
            (StewardReason::OverLimit, RecordKind::Advocate, "Ann 4", Some(today.plus_days(-34))),
            (StewardReason::OwnerGone, RecordKind::Account, "Account 5", None),
            (StewardReason::Stale, RecordKind::Advocate, "Ann 2", Some(today.plus_days(-19))),
            (StewardReason::NeverAsked, RecordKind::Advocate, "Ann 3", Some(today.plus_days(-183))),
        ]);
        let by_reason = |reason| queue.page.items.iter().find(|row| row.reason == reason).expect("a row");
        assert_eq!(by_reason(StewardReason::OverLimit).over, [OverLimit { uses: 2, limit: 1, days: 365, is_own: true }]);
        assert_eq!(by_reason(StewardReason::Stale).owner.as_ref().map(|owner| owner.name.as_str()), Some("Otto Owner"));
        let waiting = queue.counts.iter().filter(|one| one.count == 1).count();
        assert_eq!(waiting, rows.len(), "{:?}", queue.counts);
        assert_eq!((queue.page.total, queue.put_off), (6, 0));
    }

    async fn an_owner_sees_own_customers_and_a_seller_nothing(db: TestDb) {
        let test = world(db).await;
        let owner = test.actor(id(2)).await;
        // Content is given another day by the program team.
        assert_eq!(reasons(&test, &owner).await, [StewardReason::OverLimit, StewardReason::Stale, StewardReason::NeverAsked]);
        let foreign = steward::put_off(&test.app, &owner, StewardReason::ConsentEnding, id(1), until(7)).await;
        assert!(matches!(foreign, Err(Error::NotFound)), "{foreign:?}");
        let piece = steward::put_off(&test.app, &owner, StewardReason::ContentEnding, id(1), until(7)).await;
        assert!(matches!(piece, Err(Error::Forbidden)), "{piece:?}");
        let seller = test.colleague(4, "Sam Seller", &[Role::Seller]).await;
        assert!(matches!(steward::list(&test.app, &seller, AskQueue::default()).await, Err(Error::Forbidden)));
    }

    async fn a_queue_is_read_page_by_page_while_rows_leave_it(db: TestDb) {
        let test = world(db).await;
        let program = test.actor(id(3)).await;
        let page = async |cursor| read(&test, &program, AskQueue { limit: Some(4), cursor, ..AskQueue::default() }).await.page;
        let first = page(None).await;
        assert_eq!((first.items.len(), first.total), (4, 6));
        let last = first.items.last().expect("a row");
        steward::put_off(&test.app, &program, last.reason, last.record_id, until(7)).await.expect("put off");
        let second = page(first.next_cursor).await;
        let left: Vec<_> = second.items.iter().map(|row| row.reason).collect();
        assert_eq!((left, second.next_cursor), (vec![StewardReason::Stale, StewardReason::NeverAsked], None));
    }

    async fn what_is_put_off_leaves_the_queue_and_comes_back_when_it_is_taken_back(db: TestDb) {
        let test = world(db).await;
        let program = test.actor(id(3)).await;
        for refused in [0, 366] {
            let refused = steward::put_off(&test.app, &program, StewardReason::Stale, id(2), until(refused)).await;
            assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
        }
        steward::put_off(&test.app, &program, StewardReason::Stale, id(2), until(30)).await.expect("put off");
        assert!(!reasons(&test, &program).await.contains(&StewardReason::Stale));
        let later = read(&test, &program, AskQueue { put_off: true, ..AskQueue::default() }).await;
        let row = &later.page.items[0];
        let put_off = row.put_off.as_ref().expect("it is put off");
        assert_eq!((later.put_off, row.record_id, put_off.until, put_off.owner_asked), (1, id(2), until(30).until, false));
        assert_eq!(put_off.by.as_ref().map(|by| by.name.as_str()), Some("Pia Program"));
        for _ in 0..2 {
            steward::take_back(&test.app, &program, StewardReason::Stale, id(2)).await.expect("taken back");
        }
        assert!(reasons(&test, &program).await.contains(&StewardReason::Stale));
    }

    async fn who_leaves_within_a_month_or_has_left_waits_first_and_for_nothing_else(db: TestDb) {
        let test = world(db).await;
        let program = test.actor(id(3)).await;
        let today = day(TODAY);
        let leaves = async |number, version, left_on| {
            let change = EditContact { left_on: Some(left_on), ..EditContact::default() };
            contact_edit::edit(&test.app, &program, id(number), version, change).await.expect("saved")
        };
        leaves(1, 1, Some(today.plus_days(31))).await;
        assert!(!reasons(&test, &program).await.contains(&StewardReason::Departed));
        leaves(1, 2, Some(today.plus_days(30))).await;
        leaves(2, 1, Some(today.plus_days(-3))).await;
        let queue = read(&test, &program, AskQueue::default()).await;
        let rows: Vec<_> = queue.page.items.iter().take(3).map(|row| (row.reason, row.name.as_str(), row.on)).collect();
        assert_eq!(rows, [
            (StewardReason::Departed, "Ann 2", Some(today.plus_days(-3))),
            (StewardReason::Departed, "Ann 1", Some(today.plus_days(30))),
            (StewardReason::ContentEnding, "Two days saved", Some(today.plus_days(-1))),
        ]);
        assert!(!reasons(&test, &program).await.contains(&StewardReason::Stale), "a stale profile of somebody gone is no work");
        leaves(2, 2, None).await;
        assert!(reasons(&test, &program).await.contains(&StewardReason::Stale));
    }

    async fn the_owner_is_asked_once_and_looks_before_the_row_waits_again(db: TestDb) {
        let test = world(db).await;
        let program = test.actor(id(3)).await;
        let ask = async |reason, record| steward::ask_owner(&test.app, &program, reason, record).await;
        ask(StewardReason::Stale, id(2)).await.expect("asked");
        let owner = test.actor(id(2)).await;
        let inbox = inbox::list(&test.app, &owner, inbox::ListNotices::default()).await.expect("an inbox");
        let told: Vec<_> = inbox.page.items.iter().map(|one| (one.class, one.title.as_str(), one.link.as_str())).collect();
        let path = format!("/advocates/{}", id::<domain::id::AdvocateId>(2));
        assert_eq!(told, [(NoticeClass::Ask, "Ann 2: is the profile still true?", path.as_str())]);
        let later = read(&test, &program, AskQueue { put_off: true, ..AskQueue::default() }).await;
        let put_off = later.page.items[0].put_off.as_ref().expect("it is put off");
        assert_eq!((put_off.until, put_off.owner_asked), (until(14).until, true));
        // The account has no owner, and nobody is asked by themselves.
        let nobody = ask(StewardReason::OwnerGone, id(5)).await;
        assert!(matches!(nobody, Err(Error::MoveNotAllowed(_))), "{nobody:?}");
        let own = steward::ask_owner(&test.app, &owner, StewardReason::NeverAsked, id(3)).await;
        assert!(matches!(own, Err(Error::MoveNotAllowed(_))), "{own:?}");
    }

    async fn a_profile_that_is_confirmed_leaves_the_queue(db: TestDb) {
        let test = world(db).await;
        let program = test.actor(id(3)).await;
        let queue = read(&test, &program, AskQueue { reason: Some(StewardReason::Stale), ..AskQueue::default() }).await;
        let row = &queue.page.items[0];
        assert_eq!(queue.page.total, 1);
        let advocate = domain::id::AdvocateId(row.record_id);
        let saved = verify::verify(&test.app, &program, advocate, row.version).await.expect("confirmed");
        assert!(!reasons(&test, &program).await.contains(&StewardReason::Stale));
        // Taking it back puts the former day in place again; a later day is no way to confirm.
        let back = async |version, on| {
            let change = EditAdvocate { verified_on: Some(on), ..EditAdvocate::default() };
            edit::edit(&test.app, &program, advocate, version, change).await
        };
        let undone = back(saved.version, row.on).await.expect("taken back");
        assert!(reasons(&test, &program).await.contains(&StewardReason::Stale));
        let later = back(undone.version, Some(day(TODAY))).await;
        assert!(matches!(later, Err(Error::Invalid(_))), "{:?}", later.map(|view| view.version));
    }
}

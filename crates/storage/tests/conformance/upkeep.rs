//! Queues, sessions, inboxes and look-ups by the records beside them.

use domain::{
    access::{Role, Scope},
    backup::BackupPlace,
    notice::{InboxPart, NoticeClass, UpdateKind},
    opportunity::OpportunityStatus,
    request::RequestStatus,
};
use storage::{
    ActorRef, account, advocate,
    backup::{self, Backup},
    candidate, contact,
    digest::{self, Digest},
    job::{self, Job},
    notice::{self, Mute, MutedKind, Notice, Wanted},
    opportunity::{self, Opportunity},
    page::Page,
    rate::{self, Limit},
    request::{self, Request},
    session::{self, Session, Viewed},
    user::{self, User},
};
use testkit::{NOW, build, build::id, day};

fn waiting(number: u64) -> Job {
    Job {
        id: id(number),
        kind: "greet".into(),
        payload: "{}".into(),
        run_at: NOW,
        attempts: 0,
        claimed_until: None,
        done_at: None,
        dead_at: None,
        last_error: None,
        created_at: NOW,
    }
}

testkit::on_both_engines! {
    async fn the_newest_backup_is_the_one_that_is_told(db: TestDb) {
        assert_eq!(backup::newest(&db.store).await.expect("read"), None);
        let row = |number: u64, made_at| Backup { id: id(number), made_at, byte_count: 9, row_count: 3, place: BackupPlace::OtherDisk, made_by: None };
        let tx = db.begin().await;
        for one in [row(1, NOW.plus_days(1)), row(2, NOW)] {
            backup::insert(&tx, one).await.expect("written");
        }
        tx.commit().await.expect("committed");
        assert_eq!(backup::newest(&db.store).await.expect("read"), Some(row(1, NOW.plus_days(1))));
    }

    async fn jobs_queue_in_numbers_and_only_those_long_done_are_removed(db: TestDb) {
        let tx = db.begin().await;
        let done = |number: u64, days: i64| Job { done_at: Some(NOW.plus_days(days)), ..waiting(number) };
        let dead = Job { dead_at: Some(NOW.plus_days(-90)), ..waiting(4) };
        job::insert_all(&tx, vec![waiting(1), done(2, -30), done(3, -1), dead.clone()]).await.expect("written");
        assert_eq!(job::prune(&tx, NOW.plus_days(-7)).await.expect("pruned"), 1);
        tx.commit().await.expect("committed");
        assert_eq!(job::find(&db.store, id(2)).await.expect("read"), None);
        assert_eq!(job::find(&db.store, id(3)).await.expect("read"), Some(done(3, -1)));
        assert_eq!(job::find(&db.store, id(4)).await.expect("read"), Some(dead), "a dead job waits for a person");
        let standing = job::standing(&db.store).await.expect("counts");
        assert_eq!((standing.waiting, standing.dead, standing.oldest_due), (1, 1, Some(NOW)));
        let open = job::list(&db.store, false, &Page { limit: 1, after: None }).await.expect("a list");
        assert_eq!((open.total, open.items[0].id), (2, id(4)));
    }

    async fn an_attempt_that_did_not_count_is_given_back_but_never_beyond_the_brim(db: TestDb) {
        const LIMIT: Limit = Limit { attempts: 2, per_seconds: 60 };
        assert_eq!(rate::retry_after_seconds(LIMIT), 30);
        assert_eq!(rate::retry_after_seconds(Limit { attempts: 100, per_seconds: 1 }), 1, "never at once");
        let tx = db.begin().await;
        assert!(rate::take(&tx, "ann", LIMIT).await.expect("an answer"));
        rate::give_back(&tx, "ann", LIMIT).await.expect("given back");
        rate::give_back(&tx, "ann", LIMIT).await.expect("given back");
        rate::give_back(&tx, "nobody", LIMIT).await.expect("nothing to give back to");
        let mut taken = 0;
        while rate::take(&tx, "ann", LIMIT).await.expect("an answer") {
            taken += 1;
        }
        assert_eq!(taken, 2);
        assert!(rate::take(&tx, "bo", LIMIT).await.expect("an answer"), "each name has its own bucket");
        tx.commit().await.expect("committed");
    }

    async fn sessions_that_ended_before_an_instant_are_removed(db: TestDb) {
        let session = |number: u64, expires: i64, revoked: Option<i64>| Session {
            id: id(number), token_hash: format!("hash {number}"), user_id: id(1), created_at: NOW, seen_at: NOW,
            expires_at: NOW.plus_days(expires), revoked_at: revoked.map(|days| NOW.plus_days(days)),
            viewed_user_id: None, viewed_role: None, viewing_since: None,
        };
        let tx = db.begin().await;
        user::insert(&tx, build::user(1, "Ann")).await.expect("written");
        for row in [session(1, -1, None), session(2, 7, None), session(3, 7, Some(-1)), session(4, 7, Some(1))] {
            session::insert(&tx, row).await.expect("written");
        }
        assert_eq!(session::prune(&tx, NOW).await.expect("pruned"), 2);
        tx.commit().await.expect("committed");
        assert!(session::find_by_hash(&db.store, "hash 1").await.expect("read").is_none());
        assert!(session::find_by_hash(&db.store, "hash 2").await.expect("read").is_some());
        assert_eq!(session::revoke_all(&db.begin().await, id(1)).await.expect("revoked"), 1, "one of the two left was revoked before");
    }

    async fn a_session_looks_through_other_eyes_until_that_ends_or_is_over(db: TestDb) {
        let session = |number: u64| Session {
            id: id(number), token_hash: format!("hash {number}"), user_id: id(1), created_at: NOW, seen_at: NOW,
            expires_at: NOW.plus_days(7), revoked_at: None, viewed_user_id: None, viewed_role: None, viewing_since: None,
        };
        let tx = db.begin().await;
        user::insert_all(&tx, vec![build::user(1, "Ann"), build::user(2, "Bo")]).await.expect("written");
        for number in 1..=3 {
            session::insert(&tx, session(number)).await.expect("written");
        }
        session::begin_viewing(&tx, id(1), Viewed::User(id(2))).await.expect("begun");
        session::begin_viewing(&tx, id(2), Viewed::Role(Role::Seller)).await.expect("begun");
        let viewing = async |number: u64| session::find(&tx, id(number)).await.expect("read").expect("there").viewing();
        assert_eq!(viewing(1).await, Some((Viewed::User(id(2)), NOW)));
        assert_eq!(viewing(2).await, Some((Viewed::Role(Role::Seller), NOW)));
        assert_eq!(viewing(3).await, None);
        assert!(session::viewings_over(&tx, NOW).await.expect("read").is_empty());
        assert_eq!(session::viewings_over(&tx, NOW.plus_seconds(1)).await.expect("read").len(), 2);
        session::revoke(&tx, id(2)).await.expect("revoked");
        let over: Vec<_> = session::viewings_over(&tx, NOW).await.expect("read").into_iter().map(|row| row.id).collect();
        assert_eq!(over, [id(2)], "its session ended meanwhile");
        assert!(session::end_viewing(&tx, id(1)).await.expect("an answer"));
        assert!(!session::end_viewing(&tx, id(1)).await.expect("an answer"), "it had ended");
        assert_eq!(viewing(1).await, None);
        tx.commit().await.expect("committed");
    }

    async fn an_inbox_holds_its_owner_s_lines_newest_first(db: TestDb) {
        let note = |number: u64, user: u64| Notice { id: id(number), user_id: id(user), class: NoticeClass::Ask, title: "T".into(), body: "B".into(), path: "/".into(), created_at: NOW.plus_seconds(number.cast_signed()), read_at: None, snoozed_until: None, record_kind: None, record_id: None, update_kind: None };
        let tx = db.begin().await;
        user::insert_all(&tx, vec![build::user(1, "Ann"), build::user(2, "Bo")]).await.expect("written");
        notice::insert_all(&tx, vec![note(1, 1), note(2, 1), note(3, 2)]).await.expect("written");
        tx.commit().await.expect("committed");
        assert_eq!(notice::find(&db.store, id(3)).await.expect("read"), Some(note(3, 2)));
        assert_eq!(notice::find(&db.store, id(9)).await.expect("read"), None);
        let tx = db.begin().await;
        assert!(notice::mark_read(&tx, id(1), id(1)).await.expect("an answer"));
        tx.commit().await.expect("committed");
        let page = Page { limit: 10, after: None };
        let listed = async |part, now| notice::list(&db.store, id(1), now, Wanted { part, class: None }, &page).await.expect("a list").items.iter().map(|row| row.id).collect::<Vec<_>>();
        assert_eq!(listed(InboxPart::Current, NOW).await, [id(2), id(1)]);
        assert_eq!(listed(InboxPart::Open, NOW).await, [id(2)]);
        assert_eq!(listed(InboxPart::Done, NOW).await, [id(1)]);
        let updates = Wanted { part: InboxPart::Current, class: Some(NoticeClass::Update) };
        assert!(notice::list(&db.store, id(1), NOW, updates, &page).await.expect("a list").items.is_empty());
        let tx = db.begin().await;
        assert_eq!(notice::mark_all_read(&tx, id(1)).await.expect("marked"), 1);
        assert!(notice::mark_unread(&tx, id(1), id(1)).await.expect("marked"));
        assert!(!notice::mark_unread(&tx, id(1), id(3)).await.expect("an answer"), "another person's inbox");
        tx.commit().await.expect("committed");
        assert_eq!(listed(InboxPart::Open, NOW).await, [id(1)]);
    }

    async fn a_kind_of_update_is_muted_once_for_one_person(db: TestDb) {
        let tx = db.begin().await;
        user::insert_all(&tx, vec![build::user(1, "Ann"), build::user(2, "Bo")]).await.expect("written");
        let both = || vec![id(1), id(2)];
        for _ in 0..2 {
            notice::mute_kind(&tx, MutedKind { user_id: id(1), update_kind: UpdateKind::Hold, made_at: NOW }).await.expect("muted");
        }
        assert_eq!(notice::muted_kinds(&tx, id(1)).await.expect("kinds"), [UpdateKind::Hold].into());
        assert!(notice::muted_kinds(&tx, id(2)).await.expect("kinds").is_empty());
        assert_eq!(notice::muting_kind(&tx, UpdateKind::Hold, both()).await.expect("people"), [id(1)].into());
        assert!(notice::muting_kind(&tx, UpdateKind::Time, both()).await.expect("people").is_empty());
        assert!(!notice::unmute_kind(&tx, id(2), UpdateKind::Hold).await.expect("an answer"), "another person's");
        assert!(notice::unmute_kind(&tx, id(1), UpdateKind::Hold).await.expect("an answer"));
        assert!(!notice::unmute_kind(&tx, id(1), UpdateKind::Hold).await.expect("an answer"), "it arrives");
    }

    async fn an_entry_sleeps_until_its_instant_and_a_thread_until_it_is_woken(db: TestDb) {
        let note = |number: u64, user: u64| Notice { id: id(number), user_id: id(user), class: NoticeClass::Update, title: "T".into(), body: "B".into(), path: "/".into(), created_at: NOW.plus_seconds(number.cast_signed()), read_at: None, snoozed_until: None, record_kind: None, record_id: None, update_kind: None };
        let page = Page { limit: 10, after: None };
        let tx = db.begin().await;
        user::insert_all(&tx, vec![build::user(1, "Ann"), build::user(2, "Bo")]).await.expect("written");
        notice::insert_all(&tx, vec![note(1, 1), note(2, 1), note(3, 1), note(4, 2)]).await.expect("written");
        let later = NOW.plus_days(1);
        assert!(notice::snooze(&tx, id(1), id(1), Some(later)).await.expect("an answer"));
        assert!(notice::snooze(&tx, id(1), id(2), Some(later.plus_days(-2))).await.expect("an answer"));
        assert!(!notice::snooze(&tx, id(1), id(4), Some(later)).await.expect("an answer"), "another person's inbox");
        for _ in 0..2 {
            notice::mute(&tx, Mute { user_id: id(1), path: "/".into(), notice_id: id(1), made_at: NOW }).await.expect("muted");
        }
        let listed = async |part, now| notice::list(&tx, id(1), now, Wanted { part, class: None }, &page).await.expect("a list").items.iter().map(|row| row.id).collect::<Vec<_>>();
        assert_eq!(listed(InboxPart::Current, NOW).await, [id(3), id(2)]);
        assert_eq!(listed(InboxPart::Snoozed, NOW).await, [id(1)]);
        assert_eq!(listed(InboxPart::Current, later).await, [id(1), id(3), id(2)]);
        assert_eq!(listed(InboxPart::Muted, NOW).await, [id(1)]);
        let headings = async |now| notice::headings(&tx, id(1), now).await.expect("rows").into_iter().map(|row| (row.heading, row.entries)).collect::<Vec<_>>();
        assert_eq!(headings(NOW).await, [("muted".to_owned(), 1), ("snoozed".to_owned(), 1), ("update".to_owned(), 2)]);
        assert_eq!(headings(later).await, [("muted".to_owned(), 1), ("snoozed".to_owned(), 0), ("update".to_owned(), 3)]);
        assert_eq!(notice::muting(&tx, "/", vec![id(1), id(2)]).await.expect("rows"), [id(1)].into());
        assert_eq!(notice::muted_of(&tx, id(1), vec!["/".into(), "/else".into()]).await.expect("rows"), ["/".to_owned()].into());
        assert!(notice::unmute(&tx, id(1), "/").await.expect("an answer"));
        assert!(!notice::unmute(&tx, id(1), "/").await.expect("an answer"), "it speaks");
    }

    async fn a_day_has_one_letter_for_who_wants_one_and_has_something_open(db: TestDb) {
        let address = |number: u64| Some(format!("a{number}@example.com").parse().expect("an address"));
        let user = |number: u64| user::User { email: address(number), password_hash: Some("x".into()), ..build::user(number, "Ann") };
        let gone = user::User { is_active: false, ..user(3) };
        let silent = user::User { email: None, ..user(4) };
        let imported = user::User { password_hash: None, ..user(7) };
        let note = |number: u64| Notice { id: id(number), user_id: id(number), class: NoticeClass::Update, title: "T".into(), body: "B".into(), path: "/".into(), created_at: NOW, read_at: None, snoozed_until: None, record_kind: None, record_id: None, update_kind: None };
        let later = NOW.plus_days(1);
        let chosen = |number: u64, is_on| Digest { user_id: id(number), is_on, at_hour: 7, time_zone: "Europe/Berlin".into(), sent_on: None };
        let tx = db.begin().await;
        user::insert_all(&tx, vec![user(1), user(2), gone, silent, user(5), user(6), imported]).await.expect("written");
        let notes = vec![note(1), note(2), note(3), note(4), Notice { snoozed_until: Some(later), ..note(5) }, note(6), note(7)];
        notice::insert_all(&tx, notes).await.expect("written");
        digest::save(&tx, chosen(2, true)).await.expect("kept");
        digest::save(&tx, chosen(6, true)).await.expect("kept");
        digest::save(&tx, chosen(6, false)).await.expect("kept");
        assert_eq!(digest::find(&tx, id(6)).await.expect("read"), Some(chosen(6, false)));
        assert_eq!(digest::find(&tx, id(1)).await.expect("read"), None);
        let waiting = digest::waiting(&tx, NOW).await.expect("rows");
        assert_eq!(waiting.iter().map(|row| (row.user_id, row.at_hour)).collect::<Vec<_>>(), [(id(1), None), (id(2), Some(7))]);
        assert_eq!(digest::waiting(&tx, later).await.expect("rows").len(), 3, "what was put off is back");
        let (today, usual) = (day("2026-03-02"), (8, "UTC"));
        for row in &waiting {
            assert!(digest::claim(&tx, row, usual, today).await.expect("an answer"));
            assert!(!digest::claim(&tx, row, usual, today).await.expect("an answer"), "the day has its letter");
            assert!(digest::claim(&tx, row, usual, today.plus_days(1)).await.expect("an answer"));
        }
        let kept = digest::find(&tx, id(1)).await.expect("read").expect("a row");
        assert_eq!((kept.is_on, kept.at_hour, kept.time_zone.as_str(), kept.sent_on), (true, 8, "UTC", Some(today.plus_days(1))));
        let off = digest::Waiting { user_id: id(6), at_hour: None, time_zone: None, sent_on: None };
        assert!(!digest::claim(&tx, &off, usual, today).await.expect("an answer"), "it was switched off meanwhile");
    }

    async fn open_requests_are_found_on_their_deals(db: TestDb) {
        let tx = db.begin().await;
        user::insert(&tx, build::user(1, "Ann")).await.expect("written");
        opportunity::insert_all(&tx, [1, 2].map(|number| Opportunity { status: OpportunityStatus::Open, ..Opportunity::named(id(number), "Deal", NOW) }).to_vec()).await.expect("written");
        let rows: Vec<Request> = (1_u64..).zip(RequestStatus::ALL).map(|(number, status)| Request { opportunity_id: Some(id(1)), status: *status, ..build::request(number, id(1)) }).collect();
        let expected: Vec<_> = rows.iter().filter(|row| matches!(row.status, RequestStatus::Submitted | RequestStatus::Matching | RequestStatus::InProgress)).cloned().collect();
        request::insert_all(&tx, rows).await.expect("written");
        request::insert(&tx, Request { opportunity_id: Some(id(2)), ..build::request(90, id(1)) }).await.expect("written");
        tx.commit().await.expect("committed");
        assert_eq!(expected.len(), 3, "a draft asks for nothing yet");
        assert_eq!(request::open_on(&db.store, vec![id(1)]).await.expect("read"), expected);
        assert_eq!(request::open_on(&db.store, vec![id(1), id(2)]).await.expect("read").len(), 4);
        assert!(request::open_on(&db.store, vec![]).await.expect("read").is_empty());
    }

    async fn rushes_are_counted_in_reach_and_since_an_instant_without_drafts(db: TestDb) {
        let tx = db.begin().await;
        user::insert(&tx, build::user(1, "Ann")).await.expect("written");
        let draft = Request { status: RequestStatus::Draft, is_rush: true, ..build::request(1, id(1)) };
        let rush = Request { is_rush: true, ..build::request(2, id(1)) };
        request::insert_all(&tx, vec![draft, rush, build::request(3, id(1))]).await.expect("written");
        tx.commit().await.expect("committed");
        let counted = async |scope: Scope, since| {
            let made = request::rushes(&db.store, &scope, since).await.expect("counted");
            (made.rushes, made.requests)
        };
        assert_eq!(counted(Scope::Everything, NOW).await, (1, 2));
        assert_eq!(counted(Scope::Own(vec![id(9)]), NOW).await, (0, 0));
        assert_eq!(counted(Scope::Everything, NOW.plus_seconds(1)).await, (0, 0));
    }

    async fn who_was_asked_is_told_to_those_who_asked(db: TestDb) {
        let tx = db.begin().await;
        user::insert_all(&tx, vec![build::user(1, "Ann"), build::user(2, "Bo")]).await.expect("written");
        account::insert(&tx, build::account(1, "Acme")).await.expect("written");
        contact::insert(&tx, build::contact(1, "Cy", id(1))).await.expect("written");
        advocate::insert(&tx, build::advocate(1, id(1))).await.expect("written");
        request::insert_all(&tx, vec![build::request(1, id(1)), Request { closed_at: Some(NOW), ..build::request(2, id(2)) }]).await.expect("written");
        let asked = |number: u64, request: u64| build::candidate(number, id(request), id(1), id(1));
        candidate::insert_all(&tx, vec![asked(1, 1), asked(2, 2)]).await.expect("written");
        tx.commit().await.expect("committed");
        let by = async |people: &[u64]| candidate::asked_by(&db.store, &Scope::Own(people.iter().map(|person| id(*person)).collect()), vec![id(1)]).await.expect("read");
        assert_eq!(by(&[1]).await, [(asked(1, 1), None)]);
        assert_eq!(by(&[1, 2]).await, [(asked(1, 1), None), (asked(2, 2), Some(NOW))]);
        assert!(by(&[]).await.is_empty());
        for scope in [Scope::Everything, Scope::Nothing] {
            assert!(candidate::asked_by(&db.store, &scope, vec![id(1)]).await.expect("read").is_empty(), "{scope:?} names nobody who asked");
        }
    }

    async fn a_manager_s_people_are_those_who_name_the_manager(db: TestDb) {
        let under = |number: u64, manager: u64| User { manager_id: Some(id(manager)), ..build::user(number, "Ann") };
        let tx = db.store.begin(ActorRef::SYSTEM, NOW).await.expect("a write");
        user::insert_all(&tx, vec![build::user(1, "Boss"), under(2, 1), under(3, 1), under(4, 2)]).await.expect("written");
        tx.commit().await.expect("committed");
        assert_eq!(user::reports_of(&db.store, id(1)).await.expect("read"), [id(2), id(3)]);
        assert!(user::reports_of(&db.store, id(4)).await.expect("read").is_empty());
        let tx = db.begin().await;
        let away = |number: u64, stand_in: u64| User { away_from: Some(day("2026-03-02")), away_until: Some(day("2026-03-04")), stand_in_id: Some(id(stand_in)), ..build::user(number, "Ann") };
        user::insert_all(&tx, vec![away(11, 1), away(12, 1), away(13, 2)]).await.expect("written");
        tx.commit().await.expect("committed");
        for (on, stands_in) in [("2026-03-01", vec![]), ("2026-03-02", vec![id(11), id(12)]), ("2026-03-04", vec![id(11), id(12)]), ("2026-03-05", vec![])] {
            assert_eq!(user::away_with(&db.store, id(1), day(on)).await.expect("read"), stands_in, "{on}");
        }
        assert_eq!(user::find(&db.store, id(4)).await.expect("read"), Some(under(4, 2)));
        assert_eq!(user::find(&db.store, id(5)).await.expect("read"), None);
    }
}

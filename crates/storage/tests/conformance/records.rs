//! Every kind of row reads back as it was written: full rows, bare rows, awkward text.

use domain::{
    activity::Activity,
    candidate::{CandidateState, DeclinedBy, LinkPurpose},
    consent::{ConsentKind, ConsentSource},
    content::{ContentKind, ContentStatus},
    freshness::ProfilePart,
    import::ImportStatus,
    notice::{InboxPart, NoticeClass},
    opportunity::{DealStage, OpportunityKind, OpportunityStatus},
    protection::{LockReason, Relation},
    request::UnfilledReason,
    time::{Day, Timestamp},
};
use storage::{
    ActorRef, StorageError, Tx,
    account::{self, Account, AccountLock, AccountRelation},
    advocate::{self, Advocate, NoGo, Outcome, PartCheck, Willingness},
    answer_link::{self, AnswerLink},
    candidate::{self, Candidate},
    consent::{self, Consent},
    contact::{self, Contact},
    content::{self, Content},
    idempotency::{self, IdempotencyKey},
    import::{self, Import, SavedMapping},
    notice::{self, Notice, Wanted},
    opportunity::{self, Opportunity},
    reference_use::{self, ReferenceUse},
    request::{self, Request},
    session::{self, Session},
    setting,
    token::{self, ApiToken},
    unmet_search::{self, UnmetSearch},
    user::{self, User},
};
use testkit::{FIRST_PAGE, NOW, build, build::id, day};
use uuid::Uuid;

use crate::AWKWARD;

const EVERYTHING: domain::access::Scope = domain::access::Scope::Everything;

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn full_user() -> User {
    User {
        external_id: some(AWKWARD),
        email: Some("o'neill+x@例え.example".parse().expect("an address")),
        password_hash: some("$argon2id$v=19$..."),
        team: some(AWKWARD),
        manager_id: Some(id(1)),
        is_active: false,
        is_demo: true,
        created_at: Timestamp(-1),
        away_from: Some(day("2026-03-01")),
        away_until: Some(day("2026-03-14")),
        stand_in_id: Some(id(1)),
        ..build::user(2, AWKWARD)
    }
}

fn full_account() -> Account {
    Account {
        guard: i64::MAX,
        external_id: some(AWKWARD),
        domain: some("acme.example"),
        owner_id: Some(id(1)),
        owner_written: some(AWKWARD),
        parent_id: Some(id(1)),
        parent_written: some(AWKWARD),
        employees: Some(0),
        revenue_minor: Some(i64::MIN),
        revenue_currency: Some("JPY".parse().expect("a currency")),
        has_open_escalation: true,
        has_payment_dispute: false,
        health: Some(-1),
        nps: Some(-100),
        customer_since: Some(day("0001-01-01")),
        created_at: Timestamp(i64::MIN),
        updated_at: Timestamp(i64::MAX),
        ..build::account(2, AWKWARD)
    }
}

fn full_contact() -> Contact {
    Contact {
        external_id: some(AWKWARD),
        account_written: some(AWKWARD),
        email: Some("a@b.example".parse().expect("an address")),
        phone: some("+41 44 000 00 00"),
        title: some(AWKWARD),
        time_zone: some("Europe/Zurich"),
        left_on: Some(day("2024-02-29")),
        refused_email: Some("a@b.example".parse().expect("an address")),
        refused_on: Some(day("2024-03-01")),
        ..build::contact(2, AWKWARD, id(2))
    }
}

fn full_deal() -> Opportunity {
    Opportunity {
        external_id: some(AWKWARD),
        account_id: Some(id(2)),
        account_written: some(AWKWARD),
        owner_written: some(AWKWARD),
        kind: OpportunityKind::Renewal,
        stage: Some(DealStage::Late),
        stage_written: some(AWKWARD),
        list_minor: Some(12_000),
        created_on: Some(day("2024-02-29")),
        reference_stage_on: Some(day("9999-12-31")),
        not_needed_reason: some(AWKWARD),
        is_budget_confirmed: true,
        ..build::closed(2, id(1), OpportunityStatus::Lost, "2026-01-31")
    }
}

fn full_advocate() -> Advocate {
    Advocate {
        status_reason: some(AWKWARD),
        headline: some(""),
        story: some(&AWKWARD.repeat(500)),
        topics_can: AWKWARD.into(),
        topics_cannot: AWKWARD.into(),
        limit_per_year: Some(3),
        limit_per_quarter: Some(0),
        is_restricted: true,
        notes: some(AWKWARD),
        source: some(AWKWARD),
        nominated_by: Some(id(1)),
        verified_on: Some(day("2025-12-31")),
        ..build::advocate(2, id(2))
    }
}

/// Users, accounts, contacts, deals and advocates: number 1 bare, number 2 full.
async fn insert_people(tx: &Tx) {
    user::insert_all(tx, vec![build::user(1, ""), full_user()])
        .await
        .expect("users");
    account::insert_all(tx, vec![build::account(1, ""), full_account()])
        .await
        .expect("accounts");
    let bare = Contact::named(id(1), "", NOW);
    contact::insert_all(tx, vec![bare, full_contact()])
        .await
        .expect("contacts");
    let bare = Opportunity::named(id(1), "", NOW);
    opportunity::insert_all(tx, vec![bare, full_deal()])
        .await
        .expect("deals");
    let bare = Advocate::nominated(id(1), id(1), NOW);
    advocate::insert_all(tx, vec![bare, full_advocate()])
        .await
        .expect("advocates");
}

testkit::on_both_engines! {
    async fn people_companies_and_deals_read_back_as_written(db: TestDb) {
        let tx = db.begin().await;
        insert_people(&tx).await;
        tx.commit().await.expect("committed");
        let users = user::by_ids(&db.store, vec![id(1), id(2)]).await.expect("users");
        assert_eq!(users[&id(1)], build::user(1, ""));
        assert_eq!(users[&id(2)], full_user());
        let accounts = account::by_ids(&db.store, vec![id(1), id(2)]).await.expect("accounts");
        assert_eq!(accounts[&id(1)], build::account(1, ""));
        assert_eq!(accounts[&id(2)], full_account());
        let contacts = contact::by_ids(&db.store, vec![id(1), id(2)]).await.expect("contacts");
        assert_eq!(contacts[&id(1)], Contact::named(id(1), "", NOW));
        assert_eq!(contacts[&id(2)], full_contact());
        let deals = opportunity::by_ids(&db.store, vec![id(1), id(2)]).await.expect("deals");
        assert_eq!(deals[&id(1)], Opportunity::named(id(1), "", NOW));
        assert_eq!(deals[&id(2)], full_deal());
        let advocates = advocate::by_ids(&db.store, vec![id(1), id(2)]).await.expect("advocates");
        assert_eq!(advocates[&id(1)], Advocate::nominated(id(1), id(1), NOW));
        assert_eq!(advocates[&id(2)], full_advocate());
        assert_eq!(user::find_by_email(&db.store, &full_user().email.expect("an address")).await.expect("a look-up"), Some(full_user()));
        assert_eq!(contact::find_by_email(&db.store, &full_contact().email.expect("an address")).await.expect("a look-up"), Some(full_contact()));
        assert_eq!(account::find_by_name(&db.store, &EVERYTHING, AWKWARD).await.expect("a look-up"), Some(full_account()));
        assert_eq!(contact::find_at_account(&db.store, id(2), AWKWARD).await.expect("a look-up"), Some(full_contact()));
        assert_eq!(opportunity::find_external(&db.store, &EVERYTHING, AWKWARD).await.expect("a look-up"), Some(full_deal()));
    }

    async fn what_hangs_on_an_advocate_or_an_account_reads_back(db: TestDb) {
        let willingness = vec![
            Willingness { advocate_id: id(2), activity: Activity::Quote, limit_per_year: Some(0) },
            Willingness { advocate_id: id(2), activity: Activity::Video, limit_per_year: None },
        ];
        let outcomes = vec![
            Outcome { advocate_id: id(2), position: 1, statement: AWKWARD.into(), value: some("-12.5"), unit: some("%") },
            Outcome { advocate_id: id(2), position: 2, statement: String::new(), value: None, unit: None },
        ];
        let no_go = vec![NoGo { advocate_id: id(2), account_id: id(1) }];
        let consents = vec![
            Consent { id: id(1), advocate_id: id(2), kind: ConsentKind::Given, activity: None, source: ConsentSource::Import, text_version: AWKWARD.into(), valid_from: day("2025-01-01"), valid_until: None, recorded_by: None, recorded_at: NOW, agrees_ahead: true, channel: None, region_id: None },
            Consent { id: id(2), advocate_id: id(2), kind: ConsentKind::Withdrawn, activity: Some(Activity::Webinar), source: ConsentSource::SignedLink, text_version: String::new(), valid_from: day("2025-02-01"), valid_until: Some(day("2025-03-01")), recorded_by: Some(id(1)), recorded_at: NOW, agrees_ahead: false, channel: None, region_id: None },
        ];
        let lock = AccountLock { id: id(1), account_id: id(2), reason: LockReason::OptOut, note: some(AWKWARD), from_on: day("2026-01-01"), until_on: Some(day("2026-02-01")), locked_by: Some(id(1)), lifted_at: None, is_by_rule: false };
        let relation = AccountRelation { account_id: id(2), other_id: id(1), relation: Relation::Competitor };
        let tx = db.begin().await;
        insert_people(&tx).await;
        advocate::insert_willingness(&tx, willingness.clone()).await.expect("written");
        advocate::insert_outcomes(&tx, outcomes.clone()).await.expect("written");
        advocate::set_no_go(&tx, id(2), no_go.clone()).await.expect("written");
        for verified_on in [day("2026-01-05"), day("2026-02-05")] {
            let check = PartCheck { advocate_id: id(2), part: ProfilePart::Story, verified_on };
            advocate::set_part_check(&tx, check).await.expect("written");
        }
        consent::insert_all(&tx, consents.clone()).await.expect("written");
        account::insert_lock(&tx, lock.clone()).await.expect("written");
        account::insert_relations(&tx, vec![relation.clone()]).await.expect("written");
        tx.commit().await.expect("committed");
        let store = &db.store;
        assert_eq!(advocate::willingness(store, vec![id(2)]).await.expect("read"), willingness);
        assert_eq!(advocate::outcomes(store, vec![id(2)]).await.expect("read"), outcomes);
        assert_eq!(advocate::no_go(store, vec![id(2)]).await.expect("read"), no_go);
        let checks = advocate::part_checks(store, id(2)).await.expect("read");
        assert_eq!(checks.iter().map(|check| check.verified_on).collect::<Vec<_>>(), [day("2026-02-05")]);
        let tx = db.begin().await;
        advocate::remove_part_check(&tx, id(2), ProfilePart::Story).await.expect("forgotten");
        assert_eq!(advocate::part_checks(&tx, id(2)).await.expect("read"), []);
        tx.roll_back().await.expect("rolled back");
        assert_eq!(consent::of_advocates(store, vec![id(2)]).await.expect("read"), consents);
        let newest = consent::of_advocate(store, id(2), &FIRST_PAGE).await.expect("read").items;
        assert_eq!(newest, consents.into_iter().rev().collect::<Vec<_>>());
        assert_eq!(consent::of_advocate(store, id(1), &FIRST_PAGE).await.expect("read").total, 0);
        assert_eq!(account::locks(store, vec![id(2)]).await.expect("read"), vec![lock]);
        assert_eq!(account::relations(store, vec![id(2)]).await.expect("read"), vec![relation]);
        assert_eq!(advocate::account_of(store, id(2)).await.expect("read"), Some(id(2)));
        assert_eq!(advocate::account_of(store, id(1)).await.expect("read"), None);
        assert_eq!(advocate::at_account(store, id(2)).await.expect("read"), vec![id(2)]);

        let tx = db.begin().await;
        advocate::set_willingness(&tx, id(2), vec![]).await.expect("written");
        advocate::set_outcomes(&tx, id(2), outcomes[..1].to_vec()).await.expect("written");
        assert!(account::lift_lock(&tx, id(2), id(1)).await.expect("an answer"));
        assert!(!account::lift_lock(&tx, id(2), id(1)).await.expect("an answer"), "a lock is lifted once");
        tx.commit().await.expect("committed");
        assert_eq!(advocate::willingness(store, vec![id(2)]).await.expect("read"), vec![]);
        assert_eq!(advocate::outcomes(store, vec![id(2)]).await.expect("read"), outcomes[..1]);
        assert_eq!(account::locks(store, vec![id(2)]).await.expect("read"), vec![]);
    }

    async fn requests_candidates_uses_links_and_content_read_back(db: TestDb) {
        let asked = Request { opportunity_id: Some(id(2)), note: some(AWKWARD), criteria: "{\"text\":\"\u{1F980}\"}".into(), is_rush: true, unfilled_reason: Some(UnfilledReason::AllBusy), closed_at: Some(NOW), ..build::request(2, id(2)) };
        let proposed = Candidate {
            state: CandidateState::Declined, owner_id: Some(id(1)), due_on: Some(day("2026-03-01")), declined_by: Some(DeclinedBy::Advocate),
            reason: some(AWKWARD), override_reason: some(AWKWARD), is_self_approval: true, advocate_asked_at: Some(NOW), accepted_at: Some(NOW),
            scheduled_at: Some(NOW), done_at: Some(NOW), closed_at: Some(NOW), ..build::candidate(2, id(2), id(2), id(2))
        };
        let used = ReferenceUse {
            external_id: some(AWKWARD), candidate_id: Some(id(2)), opportunity_id: Some(id(2)), outcome: None, grade_seller: Some(1), grade_advocate: Some(5),
            grade_buyer: Some(3), comment: some(AWKWARD), recorded_by: Some(id(1)),
            fit_seller: Some(1), fit_advocate: Some(2), fit_buyer: Some(3), expected_fit: Some(42), comment_advocate: some(AWKWARD), comment_buyer: some(AWKWARD), thanked_on: Some(day("2026-02-02")), ..build::used(2, id(2), id(2), day("2026-02-01"))
        };
        let story = Content {
            external_id: some(AWKWARD), status: ContentStatus::Approved, stage: Some(DealStage::Early), url: some("https://x.example/?a=1&b=2"), body: some(AWKWARD),
            advocate_id: Some(id(2)), account_id: Some(id(2)), expires_on: Some(day("2027-01-01")), ..Content::titled(id(2), AWKWARD, ContentKind::CaseStudy, NOW)
        };
        let link = AnswerLink { id: id(1), token_hash: "abc".into(), purpose: LinkPurpose::Ask, candidate_id: id(2), created_at: NOW, expires_at: NOW.plus_days(14), used_at: None };
        let tx = db.begin().await;
        insert_people(&tx).await;
        request::insert_all(&tx, vec![build::request(1, id(1)), asked.clone()]).await.expect("written");
        candidate::insert_all(&tx, vec![build::candidate(1, id(1), id(2), id(2)), proposed.clone()]).await.expect("written");
        reference_use::insert_all(&tx, vec![build::used(1, id(2), id(2), day("2025-01-01")), used.clone()]).await.expect("written");
        content::insert_all(&tx, vec![Content::titled(id(1), "", ContentKind::Logo, NOW), story.clone()]).await.expect("written");
        answer_link::insert(&tx, link.clone()).await.expect("written");
        tx.commit().await.expect("committed");
        let store = &db.store;
        assert_eq!(request::find(store, &EVERYTHING, id(2)).await.expect("read"), Some(asked));
        assert_eq!(request::find(store, &EVERYTHING, id(1)).await.expect("read"), Some(build::request(1, id(1))));
        assert_eq!(candidate::find(store, id(2)).await.expect("read"), Some(proposed));
        assert_eq!(candidate::find(store, id(1)).await.expect("read"), Some(build::candidate(1, id(1), id(2), id(2))));
        assert_eq!(reference_use::of_advocate(store, id(2)).await.expect("read"), vec![used.clone(), build::used(1, id(2), id(2), day("2025-01-01"))]);
        assert_eq!(reference_use::of_candidates(store, vec![id(2)]).await.expect("read"), vec![used]);
        assert_eq!(content::find(store, content::Sight::Everything, id(2)).await.expect("read"), Some(story.clone()));
        assert_eq!(content::find(store, content::Sight::UsableOn(day("2027-01-02")), id(2)).await.expect("read"), None);
        assert_eq!(content::of_advocate(store, content::Sight::Everything, id(2)).await.expect("read"), vec![story]);
        assert_eq!(answer_link::find_by_hash(store, "abc").await.expect("read"), Some(link));
        let tx = db.begin().await;
        assert!(answer_link::spend(&tx, id(1)).await.expect("an answer"));
        assert!(!answer_link::spend(&tx, id(1)).await.expect("an answer"), "a link is spent once");
    }

    async fn sessions_tokens_keys_notices_and_imports_read_back(db: TestDb) {
        let live = Session { id: id(1), token_hash: "s".into(), user_id: id(1), created_at: NOW, seen_at: NOW, expires_at: NOW.plus_days(30), revoked_at: None, viewed_user_id: None, viewed_role: None, viewing_since: None };
        let api = ApiToken { id: id(1), user_id: id(1), name: AWKWARD.into(), token_hash: "t".into(), scopes: "match".into(), expires_on: day("2026-12-31"), created_at: NOW, seen_at: None, revoked_at: None };
        let key = IdempotencyKey { owner: "o".into(), idempotency_key: AWKWARD.into(), operation: "make".into(), body_digest: "d".into(), record_id: Uuid::from_u128(3), created_at: NOW };
        let note = Notice { id: id(1), user_id: id(1), class: NoticeClass::Ask, title: AWKWARD.into(), body: AWKWARD.into(), path: "/requests/1".into(), created_at: NOW, read_at: None, snoozed_until: None, record_kind: None, record_id: None, update_kind: None };
        let file = Import { id: id(1), version: 1, file_name: AWKWARD.into(), file_digest: "d".into(), kind: "accounts".into(), status: ImportStatus::Uploaded, mapping: "{}".into(), row_count: 0, rows_done: 0, report: "{}".into(), created_by: None, created_at: NOW, finished_at: None };
        let mapping = SavedMapping { id: id(1), version: 1, name: AWKWARD.into(), kind: "accounts".into(), body: "{}".into(), created_by: None, created_at: NOW };
        let bytes: Vec<u8> = (0..3_000_000_u32).map(|number| number.to_le_bytes()[number as usize % 3]).collect();
        let missed = UnmetSearch { id: id(1), user_id: None, opportunity_id: None, criteria: "{}".into(), amount_minor: None, currency: None, at: NOW };
        let tx = db.begin().await;
        user::insert(&tx, build::user(1, "Ann")).await.expect("written");
        session::insert(&tx, live.clone()).await.expect("written");
        token::insert(&tx, api.clone()).await.expect("written");
        idempotency::insert(&tx, key.clone()).await.expect("written");
        notice::insert_all(&tx, vec![note.clone()]).await.expect("written");
        import::insert(&tx, file.clone()).await.expect("written");
        import::insert_file(&tx, id(1), &bytes).await.expect("written");
        import::insert_mapping(&tx, mapping.clone()).await.expect("written");
        unmet_search::insert(&tx, missed).await.expect("written");
        tx.commit().await.expect("committed");
        let store = &db.store;
        assert_eq!(session::find_by_hash(store, "s").await.expect("read"), Some(live));
        assert_eq!(token::find_by_hash(store, "t").await.expect("read"), Some(api.clone()));
        assert_eq!(token::of_user(store, id(1)).await.expect("read"), vec![api]);
        assert_eq!(idempotency::find(store, "o", AWKWARD).await.expect("read"), Some(key));
        assert_eq!(notice::list(store, id(1), NOW, Wanted { part: InboxPart::Open, class: None }, &FIRST_PAGE).await.expect("read").items, vec![note]);
        assert_eq!(import::find(store, id(1)).await.expect("read"), Some(file.clone()));
        assert_eq!(import::list(store, &FIRST_PAGE).await.expect("read").items, vec![file]);
        assert_eq!(import::file(store, id(1)).await.expect("read"), bytes);
        assert_eq!(import::mappings(store, &FIRST_PAGE).await.expect("read").items, vec![mapping.clone()]);
        assert_eq!(import::find_mapping(store, id(1)).await.expect("read"), Some(mapping.clone()));
        assert_eq!(import::find_mapping_by_name(store, &mapping.name).await.expect("read"), Some(mapping));
        assert_eq!(import::find_mapping_by_name(store, "no such mapping").await.expect("read"), None);

        let tx = db.begin().await;
        session::touch(&tx, id(1)).await.expect("noted");
        token::touch(&tx, id(1)).await.expect("noted");
        assert!(!notice::mark_read(&tx, id(2), id(1)).await.expect("an answer"), "another person's inbox");
        assert!(notice::mark_read(&tx, id(1), id(1)).await.expect("an answer"));
        assert_eq!(notice::mark_all_read(&tx, id(1)).await.expect("an answer"), 0);
        session::revoke(&tx, id(1)).await.expect("revoked");
        assert_eq!(session::revoke_all(&tx, id(1)).await.expect("revoked"), 0);
        assert!(!token::revoke(&tx, id(2), id(1)).await.expect("an answer"), "another person's token");
        assert!(token::revoke(&tx, id(1), id(1)).await.expect("an answer"));
        import::forget_file(&tx, id(1)).await.expect("forgotten");
        assert_eq!(idempotency::prune(&tx, NOW.plus_seconds(1)).await.expect("pruned"), 1);
        tx.commit().await.expect("committed");
        assert_eq!(session::find_by_hash(store, "s").await.expect("read"), None);
        assert_eq!(token::find_by_hash(store, "t").await.expect("read"), None);
        assert_eq!(import::file(store, id(1)).await.expect("read"), Vec::<u8>::new());
    }

    async fn a_save_from_an_old_version_is_refused_and_changes_nothing(db: TestDb) {
        let tx = db.begin().await;
        account::insert(&tx, build::account(1, "Acme")).await.expect("written");
        tx.commit().await.expect("committed");
        let (mut first, mut second) = (build::account(1, "First"), build::account(1, "Second"));
        let tx = db.begin().await;
        account::save(&tx, &mut first).await.expect("saved");
        let refused = account::save(&tx, &mut second).await.expect_err("refused");
        assert!(matches!(refused, StorageError::Stale), "{refused:?}");
        assert_eq!((first.version, second.version), (2, 1));
        tx.commit().await.expect("committed");
        let kept = account::find(&db.store, &EVERYTHING, id(1)).await.expect("read").expect("an account");
        assert_eq!((kept.name.as_str(), kept.version), ("First", 2));
    }

    async fn a_setting_is_written_from_the_version_that_was_read(db: TestDb) {
        let tx = db.begin().await;
        setting::put(&tx, "program", &serde_json::json!({ "a": 1 }), 0).await.expect("written");
        let refused = setting::put(&tx, "program", &serde_json::json!({ "a": 2 }), 0).await.expect_err("refused");
        assert!(matches!(refused, StorageError::Stale), "{refused:?}");
        setting::put(&tx, "program", &serde_json::json!({ "a": 3 }), 1).await.expect("written");
        tx.commit().await.expect("committed");
        let row = setting::find(&db.store, "program").await.expect("read").expect("a setting");
        assert_eq!((row.version, row.body.as_str()), (2, "{\"a\":3}"));
    }

    async fn a_taken_unique_value_is_refused_as_duplicate(db: TestDb) {
        let taken = |number: u64| User { email: Some("ann@x.example".parse().expect("an address")), ..build::user(number, "Ann") };
        let tx = db.begin().await;
        user::insert(&tx, taken(1)).await.expect("written");
        let refused = user::insert(&tx, taken(2)).await.expect_err("refused");
        assert!(matches!(refused, StorageError::Duplicate(_)), "{refused:?}");
    }

    async fn a_row_that_points_nowhere_is_refused(db: TestDb) {
        let tx = db.begin().await;
        assert!(contact::insert(&tx, build::contact(1, "Bo", id(99))).await.is_err());
    }

    async fn more_rows_than_one_statement_takes_are_all_written(db: TestDb) {
        let rows: Vec<User> = (1..=5_000).map(|number| build::user(number, "Ann")).collect();
        let tx = db.store.begin(ActorRef::SYSTEM, NOW).await.expect("a write");
        user::insert_all(&tx, rows).await.expect("written");
        tx.commit().await.expect("committed");
        assert_eq!(user::everyone(&db.store).await.expect("read").len(), 5_000);
    }
}

#[test]
fn a_day_and_an_instant_sort_as_stored() {
    let days: Vec<Day> = ["0001-01-01", "1999-12-31", "2026-03-02", "9999-12-31"]
        .map(day)
        .to_vec();
    let texts: Vec<String> = days.iter().map(ToString::to_string).collect();
    let mut sorted = texts.clone();
    sorted.sort();
    assert_eq!(texts, sorted);
}

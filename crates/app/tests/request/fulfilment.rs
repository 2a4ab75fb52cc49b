//! Whose yes an ask needs: the policy skips questions, never a rule of protection.

use app::{
    Error,
    advocate::consent::{self, RecordConsent},
    policy::Permission,
    request::{
        fulfilment::preview,
        outlook::{self, AskOutlook},
        submit,
    },
    setting,
};
use domain::{
    activity::Activity,
    candidate::{CandidateState, Holder},
    consent::{ConsentKind, ConsentSource},
    fulfilment::{FulfilmentMode, FulfilmentPolicy, FulfilmentRow},
};
use testkit::{build::id, day};

use crate::world::{DEAL, NEED_BY, World, only, states};

const ANY: FulfilmentRow = FulfilmentRow {
    activity: None,
    tier: None,
    amount_from: None,
    amount_to: None,
    mode: FulfilmentMode::SelfService,
};
const INSTANT: FulfilmentRow = FulfilmentRow {
    activity: Some(Activity::ReferenceCall),
    mode: FulfilmentMode::Instant,
    ..ANY
};

impl World {
    async fn policy(&self, rows: &[FulfilmentRow]) {
        let app = &self.test.app;
        let read = setting::read::<FulfilmentPolicy>(&app.store).await;
        let policy = FulfilmentPolicy {
            rows: rows.to_vec(),
        };
        let version = read.expect("the policy").version;
        setting::write(
            app,
            &self.program,
            Permission::SettingEdit,
            &policy,
            version,
        )
        .await
        .expect("written");
    }

    async fn agree(&self, advocate: u64, agrees_ahead: bool) {
        let ask = RecordConsent {
            kind: ConsentKind::Given,
            activity: Some(Activity::ReferenceCall),
            source: ConsentSource::Call,
            text_version: "2".to_owned(),
            valid_until: None,
            agrees_ahead,
            channel: None,
            region_id: None,
        };
        consent::record(&self.test.app, &self.program, id(advocate), ask, None)
            .await
            .expect("recorded");
    }
}

testkit::on_both_engines! {
    async fn who_decides_is_said_as_the_policy_has_it(db: TestDb) {
        let world = World::on(db).await;
        let who = async |advocate: Option<u64>| {
            let ask = AskOutlook { opportunity: Some(id(DEAL)), activity: Activity::ReferenceCall, need_by: day(NEED_BY), advocate: advocate.map(id) };
            let found = outlook::outlook(&world.test.app, &world.seller, ask).await.expect("an outlook");
            found.decisions.iter().map(|decision| decision.holder).collect::<Vec<_>>()
        };
        assert_eq!(who(Some(1)).await, [Holder::Owner, Holder::Advocate]);
        world.policy(&[ANY]).await;
        assert_eq!(who(Some(1)).await, [Holder::Advocate]);
        world.policy(&[INSTANT]).await;
        assert_eq!(who(Some(1)).await, [Holder::Advocate], "they did not agree ahead");
        world.agree(1, true).await;
        assert_eq!(who(Some(1)).await, [], "nobody has to say yes");
        assert_eq!(who(None).await, [Holder::Program, Holder::Advocate], "somebody is looked for first");
    }

    async fn self_service_asks_the_advocate_without_the_owner_who_may_still_decline(db: TestDb) {
        let world = World::on(db).await;
        world.policy(&[ANY]).await;
        let asked = world.submit(1).await.expect("submitted");
        let candidate = only(&asked);
        assert_eq!((candidate.state, candidate.mode), (CandidateState::AdvocateAsked, FulfilmentMode::SelfService));
        let token = world.link(&candidate).await;
        let declined = world.decline(&candidate).await;
        assert_eq!(states(&declined), [CandidateState::Declined]);
        assert!(matches!(world.answer(&token, app::request::answer::YesNo::Accept).await, Err(Error::MoveNotAllowed(_))));
    }

    async fn instant_needs_a_consent_to_the_activity_that_was_given_ahead_and_still_decides(db: TestDb) {
        let world = World::with_customers(db, 3).await;
        world.policy(&[INSTANT]).await;
        let not_ahead = only(&world.submit(11).await.expect("submitted"));
        assert_eq!((not_ahead.state, not_ahead.mode), (CandidateState::AdvocateAsked, FulfilmentMode::SelfService));

        world.agree(12, true).await;
        let ahead = only(&world.submit(12).await.expect("submitted"));
        assert_eq!((ahead.state, ahead.mode), (CandidateState::Accepted, FulfilmentMode::Instant));

        // What was said later counts: a consent without the word ahead asks again.
        world.agree(13, true).await;
        world.agree(13, false).await;
        assert_eq!(only(&world.submit(13).await.expect("submitted")).state, CandidateState::AdvocateAsked);
    }

    async fn instant_stops_at_what_protection_refuses_and_at_a_rush(db: TestDb) {
        let world = World::on(db).await;
        world.policy(&[INSTANT]).await;
        world.agree(1, true).await;
        let soon = submit::SubmitRequest { need_by: world.test.app.clock.today().plus_days(1), ..world.ask(1) };
        let made = submit::submit(&world.test.app, &world.seller, soon, None).await.expect("taken");
        assert_eq!(states(&world.read(made).await), [CandidateState::Proposed], "a manager's yes first");

        let first = world.submit(1).await.expect("the one call of the quarter");
        assert_eq!(states(&first), [CandidateState::Accepted]);
        assert!(matches!(world.submit(1).await, Err(Error::NoUseLeft { .. })), "the cap holds in every mode");
    }

    async fn who_agreed_ahead_is_enough_and_the_others_wait_in_line(db: TestDb) {
        let world = World::with_customers(db, 2).await;
        world.policy(&[INSTANT]).await;
        world.agree(11, true).await;
        world.agree(12, true).await;
        let ask = submit::SubmitRequest { advocates: vec![id(11), id(12)], ..world.ask(11) };
        let made = submit::submit(&world.test.app, &world.seller, ask, None).await.expect("taken");
        let request = world.read(made).await;
        assert_eq!(states(&request), [CandidateState::Accepted, CandidateState::Proposed]);
        assert!(request.candidates[1].is_in_line);
        let declined = world.decline(&request.candidates[0]).await;
        assert_eq!(states(&declined), [CandidateState::Declined, CandidateState::Accepted], "the next in line, in the same mode");
    }

    async fn a_row_asks_for_the_tier_of_the_advocate_and_the_size_of_the_deal(db: TestDb) {
        let world = World::with_customers(db, 1).await;
        let name = world.tag_both_sides().await;
        let terms = storage::term::terms(&world.test.app.store).await.expect("the taxonomy");
        let tier = terms.iter().find(|term| term.name == name).map(|term| term.id);
        world.policy(&[FulfilmentRow { tier, ..ANY }]).await;
        assert_eq!(only(&world.submit(1).await.expect("submitted")).mode, FulfilmentMode::SelfService);
        assert_eq!(only(&world.submit(11).await.expect("submitted")).state, CandidateState::OwnerAsked, "another tier");
    }

    async fn a_policy_is_tried_on_the_asks_of_the_quarter_and_bad_rows_change_nothing(db: TestDb) {
        let world = World::with_customers(db, 2).await;
        let app = &world.test.app;
        let first = world.submit(1).await.expect("submitted");
        world.decline(&only(&first)).await;
        world.submit(11).await.expect("submitted");
        world.agree(11, true).await;
        let tried = async |rows: &[FulfilmentRow]| preview::preview(app, &world.program, FulfilmentPolicy { rows: rows.to_vec() }).await;
        let found = tried(&[INSTANT]).await.expect("a preview");
        assert_eq!((found.asks, found.modes.self_service, found.modes.instant, found.owner_declined), (2, 1, 1, 1));
        assert_eq!((found.modes_now.managed, found.rows.len(), found.rows[0].owner_declined), (2, 2, true));
        let none = tried(&[]).await.expect("a preview");
        assert_eq!((none.modes.managed, none.rows.len()), (2, 0));
        let bad = FulfilmentRow { amount_from: Some(5), amount_to: Some(5), ..ANY };
        assert!(matches!(tried(&[bad]).await, Err(Error::Invalid(_))));
        let policy = FulfilmentPolicy { rows: vec![bad] };
        assert!(matches!(setting::write(app, &world.program, Permission::SettingEdit, &policy, 0).await, Err(Error::Invalid(_))));
        assert!(matches!(preview::preview(app, &world.seller, policy).await, Err(Error::Forbidden)));
        let blanket = RecordConsent { kind: ConsentKind::Given, activity: None, source: ConsentSource::Call, text_version: "1".to_owned(), valid_until: Some(day("2027-01-01")), agrees_ahead: true, channel: None, region_id: None };
        assert!(matches!(consent::record(app, &world.program, id(1), blanket, None).await, Err(Error::Invalid(_))));
    }
}

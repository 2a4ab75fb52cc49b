//! The straight path of a request, and everything that must be refused on it.

use app::{
    Actor, Error,
    find::{self, AvailabilityState, FindReferences},
    request::{
        self, CandidateView, RequestView,
        answer::{self, AnswerState, GiveAnswer, YesNo},
        fulfil::{self, GradeUse, RecordUse},
        link,
        owner::{self, Approve, DeclineCandidate},
        stop::{self, WithdrawRequest},
        submit::{self, SubmitRequest},
    },
};
use domain::{
    access::Role,
    activity::Activity,
    candidate::CandidateState,
    consent::{ConsentChannel, ConsentKind},
    id::{AdvocateId, OpportunityId, UserId},
    opportunity::OpportunityStatus,
    reference_use::{Grade, UseOutcome},
    request::RequestStatus,
    time::Day,
};
use storage::{
    account,
    advocate::{self, Willingness},
    consent::{self, Consent},
    contact,
    opportunity::{self, Opportunity},
};
use testkit::{NOW, TestApp, TestDb, build, build::id, day};

/// A customer account with two advocates (1 and 2), owned by Olga; a prospect; a deal of Sam's.
struct World {
    test: TestApp,
    seller: Actor,
    owner: Actor,
    program: Actor,
}

const DEAL: u64 = 1;
const NEED_BY: &str = "2026-03-16";

impl World {
    async fn on(db: TestDb) -> Self {
        let test = TestApp::on(db).await;
        let seller = test.colleague(1, "Sam Seller", &[Role::Seller]).await;
        let owner = test.colleague(2, "Olga Owner", &[Role::Owner]).await;
        let program = test.colleague(3, "Pia Program", &[Role::Program]).await;
        let tx = test.db.begin().await;
        let mut customer = build::account(1, "Meridian Health");
        customer.owner_id = Some(id(2));
        account::insert_all(&tx, vec![customer, build::account(2, "Prospect Corp")])
            .await
            .expect("written");
        let mut first = build::contact(1, "Ann Advocate", id(1));
        first.email = Some("ann@meridian.example".parse().expect("an address"));
        first.title = Some("CIO".to_owned());
        contact::insert_all(&tx, vec![first, build::contact(2, "Bob Backer", id(1))])
            .await
            .expect("written");
        advocate::insert_all(
            &tx,
            vec![build::advocate(1, id(1)), build::advocate(2, id(2))],
        )
        .await
        .expect("written");
        let willing = |number: u64| Willingness {
            advocate_id: id(number),
            activity: Activity::ReferenceCall,
            limit_per_year: None,
        };
        advocate::insert_willingness(&tx, vec![willing(1), willing(2)])
            .await
            .expect("written");
        consent::insert_all(&tx, vec![given(1), given(2)])
            .await
            .expect("written");
        let deal = Opportunity {
            owner_id: Some(id(1)),
            account_id: Some(id(2)),
            status: OpportunityStatus::Open,
            close_on: Some(day("2026-06-01")),
            ..build::closed(DEAL, id(1), OpportunityStatus::Open, "2026-06-01")
        };
        opportunity::insert(&tx, deal).await.expect("written");
        tx.commit().await.expect("committed");
        Self {
            test,
            seller,
            owner,
            program,
        }
    }

    fn ask(&self, advocate: u64) -> SubmitRequest {
        SubmitRequest {
            opportunity_id: Some(id(DEAL)),
            activity: Activity::ReferenceCall,
            need_by: day(NEED_BY),
            wanted: None,
            advocates: vec![id(advocate)],
            note: Some("Migration without downtime".to_owned()),
            criteria: Vec::new(),
        }
    }

    async fn submit(&self, advocate: u64) -> Result<RequestView, Error> {
        let made = submit::submit(&self.test.app, &self.seller, self.ask(advocate), None).await?;
        request::get(&self.test.app, &self.seller, made).await
    }

    async fn approve(&self, candidate: &CandidateView) -> Result<RequestView, Error> {
        owner::approve(
            &self.test.app,
            &self.owner,
            candidate.id,
            candidate.version,
            Approve::default(),
        )
        .await
    }

    /// The secret of a link as the program passes it on.
    async fn link(&self, candidate: &CandidateView) -> String {
        let issued = link::copy(
            &self.test.app,
            &self.program,
            candidate.id,
            candidate.version,
        )
        .await
        .expect("a link");
        issued.url.rsplit('/').next().expect("a secret").to_owned()
    }

    async fn answer(&self, token: &str, answer: YesNo) -> Result<answer::AnswerView, Error> {
        answer::give(
            &self.test.app,
            token,
            GiveAnswer {
                answer: Some(answer),
                ..GiveAnswer::default()
            },
        )
        .await
    }

    async fn accepted(&self) -> CandidateView {
        let asked = self
            .approve(&only(&self.submit(1).await.expect("submitted")))
            .await
            .expect("approved");
        let token = self.link(&only(&asked)).await;
        self.answer(&token, YesNo::Accept).await.expect("accepted");
        only(
            &request::get(&self.test.app, &self.seller, asked.id)
                .await
                .expect("the request"),
        )
    }
}

fn given(advocate: u64) -> Consent {
    Consent {
        id: id(advocate),
        advocate_id: id(advocate),
        kind: ConsentKind::Given,
        activity: None,
        channel: ConsentChannel::Mail,
        text_version: "1".to_owned(),
        valid_from: day("2026-01-01"),
        valid_until: None,
        recorded_by: None,
        recorded_at: NOW,
    }
}

fn only(request: &RequestView) -> CandidateView {
    assert_eq!(request.candidates.len(), 1);
    request.candidates[0].clone()
}

testkit::on_both_engines! {
    async fn a_request_goes_from_the_ask_to_the_graded_use(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        let asked = world.submit(1).await.expect("submitted");
        assert_eq!((asked.status, only(&asked).state), (RequestStatus::InProgress, CandidateState::OwnerAsked));
        assert_eq!(only(&asked).advocate.display_name, "CIO at Meridian Health", "the name is masked until the owner approves");
        assert_eq!(owner::approvals(app, &world.owner, None, None).await.expect("approvals").total, 1);

        let approved = world.approve(&only(&asked)).await.expect("approved");
        assert_eq!(only(&approved).state, CandidateState::AdvocateAsked);
        let seen = only(&request::get(app, &world.seller, asked.id).await.expect("the request"));
        assert_eq!(seen.advocate.display_name, "Ann Advocate");
        assert!(matches!(fulfil::reveal(app, &world.seller, seen.id).await, Err(Error::MoveNotAllowed(_))), "nothing is revealed before acceptance");

        let token = world.link(&only(&approved)).await;
        let question = answer::look(app, &token).await.expect("the question");
        assert_eq!((question.state, question.asked_by.as_str(), question.prospect_name.as_deref()), (AnswerState::Open, "Sam Seller", Some("Prospect Corp")));
        assert_eq!(world.answer(&token, YesNo::Accept).await.expect("accepted").state, AnswerState::Answered);
        assert!(matches!(world.answer(&token, YesNo::Decline).await, Err(Error::LinkUsed)), "a link takes one answer");

        let accepted = only(&request::get(app, &world.seller, asked.id).await.expect("the request"));
        let contact = fulfil::reveal(app, &world.seller, accepted.id).await.expect("revealed");
        assert_eq!(contact.email.as_deref(), Some("ann@meridian.example"));
        let use_ = RecordUse { used_on: day(testkit::TODAY), outcome: UseOutcome::Helpful, grade: None, comment: None };
        let done = fulfil::record_use(app, &world.seller, accepted.id, accepted.version, use_).await.expect("recorded");
        assert_eq!(done.status, RequestStatus::Fulfilled);
        let used = only(&done);
        let grade = GradeUse { grade: Grade::try_from(5).expect("a grade"), comment: None };
        fulfil::grade(app, &world.seller, used.id, used.version, grade).await.expect("graded");

        let token = world.link(&used).await;
        let debrief = GiveAnswer { grade: Some(Grade::try_from(4).expect("a grade")), ..GiveAnswer::default() };
        answer::give(app, &token, debrief).await.expect("debriefed");
        let end = only(&request::get(app, &world.seller, asked.id).await.expect("the request"));
        assert_eq!(end.state, CandidateState::Debriefed);
        let used = end.used.expect("a use");
        assert_eq!((used.grade_seller, used.grade_advocate), (Some(5), Some(4)));
        assert!(storage::log::verify(&app.store).await.expect("the log").is_empty());
    }

    async fn of_forty_requests_for_the_last_free_use_exactly_one_succeeds(db: TestDb) {
        let world = World::on(db).await;
        let tries = (0..40).map(|number| {
            let (app, seller, ask) = (world.test.app.clone(), world.seller.clone(), world.ask(1 + number % 2));
            tokio::spawn(async move { submit::submit(&app, &seller, ask, None).await })
        });
        let (mut won, mut refused) = (0, 0);
        for attempt in tries.collect::<Vec<_>>() {
            match attempt.await.expect("the task ends") {
                Ok(_) => won += 1,
                Err(Error::NoUseLeft { .. }) => refused += 1,
                Err(error) => panic!("an attempt broke: {error:?}"),
            }
        }
        assert_eq!((won, refused), (1, 39), "one call a quarter and account");
    }

    async fn a_named_advocate_without_a_use_left_is_refused_with_the_next_free_day(db: TestDb) {
        let world = World::on(db).await;
        world.submit(1).await.expect("the first takes the quarter");
        let Err(Error::NoUseLeft { next_free, .. }) = world.submit(2).await else { panic!("the cap of the account binds both advocates") };
        assert_eq!(next_free, Some(day(NEED_BY).plus_days(91)));
        let list = request::list(&world.test.app, &world.seller, request::ListRequests::default()).await.expect("the list");
        assert_eq!(list.total, 1, "a refused request leaves nothing behind");
    }

    async fn a_request_by_criteria_is_always_taken(db: TestDb) {
        let world = World::on(db).await;
        world.submit(1).await.expect("the first takes the quarter");
        let ask = SubmitRequest { advocates: Vec::new(), ..world.ask(1) };
        let id = submit::submit(&world.test.app, &world.seller, ask, None).await.expect("taken");
        let view = request::get(&world.test.app, &world.seller, id).await.expect("the request");
        assert_eq!(view.status, RequestStatus::Matching);
    }

    async fn a_reservation_is_visible_to_the_very_next_search(db: TestDb) {
        let world = World::on(db).await;
        let search = || find::for_opportunity(&world.test.app, &world.seller, "00000000-0000-0000-0000-000000000001", FindReferences { need_by: Some(day(NEED_BY)), ..FindReferences::default() });
        assert_eq!(search().await.expect("matches").total, 2);
        let asked = world.submit(1).await.expect("submitted");
        let after = search().await.expect("matches");
        assert_eq!((after.total, after.relaxations.len()), (0, 1), "both rest, and dropping availability is offered");
        let near = after.near.first().expect("a near match");
        assert_eq!(near.row.availability.state, AvailabilityState::RestsUntil);
        stop::withdraw(&world.test.app, &world.seller, asked.id, asked.version, WithdrawRequest::default()).await.expect("withdrawn");
        assert_eq!(search().await.expect("matches").total, 2, "a withdrawn request frees its reservation");
    }

    async fn a_withdrawn_consent_cancels_what_is_open_and_stops_the_link(db: TestDb) {
        let world = World::on(db).await;
        let asked = world.approve(&only(&world.submit(1).await.expect("submitted"))).await.expect("approved");
        let token = world.link(&only(&asked)).await;
        let withdrawn = app::advocate::consent::RecordConsent { kind: ConsentKind::Withdrawn, activity: None, channel: ConsentChannel::Call, text_version: "1".to_owned(), valid_until: None };
        app::advocate::consent::record(&world.test.app, &world.owner, id(1), withdrawn, None).await.expect("withdrawn");
        let view = request::get(&world.test.app, &world.seller, asked.id).await.expect("the request");
        assert_eq!((only(&view).state, view.status), (CandidateState::Declined, RequestStatus::Matching));
        assert!(matches!(world.answer(&token, YesNo::Accept).await, Err(Error::MoveNotAllowed(_))));
        assert!(matches!(world.submit(1).await, Err(Error::NoUseLeft { .. })), "without consent nobody is asked");
    }

    async fn looking_at_the_link_changes_nothing(db: TestDb) {
        let world = World::on(db).await;
        let asked = world.approve(&only(&world.submit(1).await.expect("submitted"))).await.expect("approved");
        let token = world.link(&only(&asked)).await;
        let before = storage::log::head(&world.test.app.store).await.expect("the head");
        for _ in 0..5 {
            answer::look(&world.test.app, &token).await.expect("the question");
        }
        assert_eq!(storage::log::head(&world.test.app.store).await.expect("the head"), before);
        let view = request::get(&world.test.app, &world.seller, asked.id).await.expect("the request");
        assert_eq!(only(&view).state, CandidateState::AdvocateAsked);
    }

    async fn an_old_link_has_expired_and_a_made_up_one_leads_nowhere(db: TestDb) {
        let world = World::on(db).await;
        let asked = world.approve(&only(&world.submit(1).await.expect("submitted"))).await.expect("approved");
        let token = world.link(&only(&asked)).await;
        world.test.app.clock.set(NOW.plus_days(14));
        assert!(matches!(answer::look(&world.test.app, &token).await, Err(Error::LinkExpired)));
        assert!(matches!(answer::look(&world.test.app, "made-up").await, Err(Error::NotFound)));
    }

    async fn only_the_owner_or_the_program_decides_and_never_on_an_old_version(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        let candidate = only(&world.submit(1).await.expect("submitted"));
        let other = world.test.colleague(4, "Otto Other", &[Role::Owner]).await;
        let approve = |actor: Actor, version: i64| async move { owner::approve(app, &actor, candidate.id, version, Approve::default()).await };
        assert!(matches!(approve(world.seller.clone(), candidate.version).await, Err(Error::Forbidden)));
        assert!(matches!(approve(other, candidate.version).await, Err(Error::NotFound)));
        assert!(matches!(approve(world.owner.clone(), candidate.version + 1).await, Err(Error::Stale { .. })));
        approve(world.program.clone(), candidate.version).await.expect("the program may decide for the owner");
        assert!(matches!(approve(world.owner.clone(), candidate.version).await, Err(Error::Stale { .. })), "a second approval is refused");
    }

    async fn nobody_approves_their_own_request(db: TestDb) {
        let world = World::on(db).await;
        let both = world.test.colleague(5, "Bea Both", &[Role::Program]).await;
        let id = submit::submit(&world.test.app, &both, world.ask(1), None).await.expect("submitted");
        let candidate = only(&request::get(&world.test.app, &both, id).await.expect("the request"));
        let refused = owner::approve(&world.test.app, &both, candidate.id, candidate.version, Approve::default()).await;
        assert!(matches!(refused, Err(Error::MoveNotAllowed(_))));
    }

    async fn a_decline_needs_a_reason_and_frees_the_customer(db: TestDb) {
        let world = World::on(db).await;
        let candidate = only(&world.submit(1).await.expect("submitted"));
        let decline = |reason: &str| owner::decline(&world.test.app, &world.owner, candidate.id, candidate.version, DeclineCandidate { reason: reason.to_owned() });
        assert!(matches!(decline(" ").await, Err(Error::Invalid(_))));
        let view = decline("In the middle of a renewal").await.expect("declined");
        assert_eq!(only(&view).declined.and_then(|declined| declined.reason).as_deref(), Some("In the middle of a renewal"));
        world.submit(2).await.expect("the use is free again");
    }

    async fn a_rush_waits_for_the_programs_yes_and_reserves_only_then(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        let ask = SubmitRequest { need_by: day("2026-03-04"), ..world.ask(1) };
        let made = submit::submit(app, &world.seller, ask, None).await.expect("submitted");
        let view = request::get(app, &world.seller, made).await.expect("the request");
        assert!(view.is_rush);
        let candidate = only(&view);
        assert_eq!(candidate.state, CandidateState::Proposed);
        assert!(matches!(owner::approve(app, &world.owner, candidate.id, candidate.version, Approve::default()).await, Err(Error::Forbidden)));
        let view = owner::approve(app, &world.program, candidate.id, candidate.version, Approve::default()).await.expect("the rush is allowed");
        assert_eq!(only(&view).state, CandidateState::OwnerAsked);
    }

    async fn a_locked_account_is_not_asked_and_an_override_is_kept_with_its_reason(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        let candidate = only(&world.submit(1).await.expect("submitted"));
        let account = app::account::get(app, &world.program, id(1)).await.expect("the account");
        let lock = app::account::LockAccount { reason: domain::protection::LockReason::OpenEscalation, until: None, note: None };
        app::account::lock(app, &world.program, account.id, account.version, lock).await.expect("locked");
        assert!(matches!(world.approve(&candidate).await, Err(Error::NoUseLeft { .. })));
        let with_reason = || Approve { note: None, override_reason: Some("The customer insists on it".to_owned()) };
        let by_owner = owner::approve(app, &world.owner, candidate.id, candidate.version, with_reason()).await;
        assert!(matches!(by_owner, Err(Error::Forbidden)));
        let view = owner::approve(app, &world.program, candidate.id, candidate.version, with_reason()).await.expect("overridden");
        assert_eq!(only(&view).state, CandidateState::AdvocateAsked);
    }

    async fn one_colleague_sees_nothing_of_anothers_request_or_contact(db: TestDb) {
        let world = World::on(db).await;
        let accepted = world.accepted().await;
        let stranger = world.test.colleague(6, "Stan Stranger", &[Role::Seller]).await;
        assert!(matches!(request::get(&world.test.app, &stranger, accepted.request_id).await, Err(Error::NotFound)));
        assert!(matches!(fulfil::reveal(&world.test.app, &stranger, accepted.id).await, Err(Error::NotFound)));
        let profile = app::advocate::get(&world.test.app, &stranger, AdvocateId::from(accepted.advocate.id.0)).await.expect("the profile");
        assert_eq!((profile.name_masked, profile.contact.email, profile.notes), (true, None, None));
    }

    async fn contact_details_are_hidden_again_thirty_days_after_the_close(db: TestDb) {
        let world = World::on(db).await;
        let accepted = world.accepted().await;
        let use_ = RecordUse { used_on: day(testkit::TODAY), outcome: UseOutcome::Helpful, grade: None, comment: None };
        fulfil::record_use(&world.test.app, &world.seller, accepted.id, accepted.version, use_).await.expect("recorded");
        world.test.app.clock.set(NOW.plus_days(29));
        fulfil::reveal(&world.test.app, &world.seller, accepted.id).await.expect("still open");
        world.test.app.clock.set(NOW.plus_days(30));
        assert!(matches!(fulfil::reveal(&world.test.app, &world.seller, accepted.id).await, Err(Error::MoveNotAllowed(_))));
    }

    async fn bad_input_is_named_by_field_and_changes_nothing(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        let before = storage::log::head(&app.store).await.expect("the head");
        let cases = [
            ("need_by", SubmitRequest { need_by: day("2026-03-01"), ..world.ask(1) }),
            ("wanted", SubmitRequest { wanted: Some(0), ..world.ask(1) }),
            ("advocates", SubmitRequest { advocates: vec![id(1), id(1)], ..world.ask(1) }),
            ("advocates", SubmitRequest { advocates: vec![id(99)], ..world.ask(1) }),
            ("opportunity_id", SubmitRequest { opportunity_id: Some(OpportunityId::from(uuid::Uuid::nil())), ..world.ask(1) }),
            ("opportunity_id", SubmitRequest { opportunity_id: None, ..world.ask(1) }),
        ];
        for (field, ask) in cases {
            match submit::submit(app, &world.seller, ask, None).await {
                Err(Error::Invalid(problems)) => assert_eq!(problems[0].field, field),
                other => panic!("{field}: {other:?}"),
            }
        }
        assert_eq!(storage::log::head(&app.store).await.expect("the head"), before);
    }
}

#[test]
fn the_world_starts_on_a_day_that_needs_no_rush() {
    let today: Day = day(testkit::TODAY);
    assert!(today.plus_working_days(5) <= day(NEED_BY));
    assert_ne!(id::<UserId>(1), id::<UserId>(2));
}

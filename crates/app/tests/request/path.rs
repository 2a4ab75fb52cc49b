//! The straight path of a request, and what happens at once when it leaves it.

use app::{
    Actor, Error,
    advocate::{self, reveal},
    find::{self, AvailabilityState, FindReferences},
    request::{
        self,
        answer::{self, AnswerState, GiveAnswer, YesNo},
        fulfil::{self, GradeUse, RecordUse},
        owner::{self, Approve, DeclineCandidate},
        stop::{self, WithdrawRequest},
        submit::{self, SubmitRequest},
    },
};
use domain::{
    access::Role,
    candidate::CandidateState,
    consent::{ConsentKind, ConsentSource},
    reference_use::{Grade, UseOutcome},
    request::RequestStatus,
};
use testkit::{NOW, build::id, day};

use crate::world::{NEED_BY, World, only};

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
        let use_ = RecordUse { used_on: day(testkit::TODAY), outcome: UseOutcome::Helpful, grade: None, fit: None, comment: None };
        let done = fulfil::record_use(app, &world.seller, accepted.id, accepted.version, use_).await.expect("recorded");
        assert_eq!(done.status, RequestStatus::Fulfilled);
        let used = only(&done);
        let grade = GradeUse { grade: Grade::try_from(5).expect("a grade"), fit: None, comment: None };
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
        let withdrawn = app::advocate::consent::RecordConsent { kind: ConsentKind::Withdrawn, activity: None, source: ConsentSource::Call, text_version: "1".to_owned(), valid_until: None, agrees_ahead: false, channel: None, region_id: None };
        app::advocate::consent::record(&world.test.app, &world.owner, id(1), withdrawn, None).await.expect("withdrawn");
        let view = request::get(&world.test.app, &world.seller, asked.id).await.expect("the request");
        assert_eq!((only(&view).state, view.status), (CandidateState::Declined, RequestStatus::Matching));
        assert!(matches!(world.answer(&token, YesNo::Accept).await, Err(Error::MoveNotAllowed(_))));
        assert!(matches!(world.submit(1).await, Err(Error::NoUseLeft { .. })), "without consent nobody is asked");
    }

    async fn the_advocate_reads_who_asks_for_which_company_why_them_and_how_long(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        let asked = world.approve(&only(&world.submit(1).await.expect("submitted"))).await.expect("approved");
        let token = world.link(&only(&asked)).await;
        let plain = answer::look(app, &token).await.expect("the question");
        assert_eq!((plain.company, plain.why_you, plain.minutes), (None, Vec::new(), 30), "nothing is made up");

        let program = app::setting::Program { company: "Larkspur".to_owned(), ..Default::default() };
        app::setting::write(app, &Actor::operator(), app::policy::Permission::SettingEdit, &program, 0).await.expect("written");
        let term = world.tag_both_sides().await;
        let question = answer::look(app, &token).await.expect("the question");
        assert_eq!(question.company.as_deref(), Some("Larkspur"));
        assert_eq!(question.why_you, [format!("Same industry: {term}")]);
    }

    async fn the_timeline_of_a_request_names_the_steps_it_went_through(db: TestDb) {
        let world = World::with_customers(db, 1).await;
        let app = &world.test.app;
        let asked = world.propose(&world.open_request().await, &[11]).await.expect("proposed");
        let after = world.decline(&only(&asked)).await;
        stop::withdraw(app, &world.seller, after.id, world.read(after.id).await.version, WithdrawRequest::default()).await.expect("withdrawn");
        let entries = app::audit::of_request(app, &world.seller, after.id, &app::audit::Reading::default()).await.expect("the timeline");
        let said: Vec<&str> = entries.items.iter().map(|entry| entry.summary.as_str()).collect();
        for words in ["Moved the request from submitted to looking for a match", "Moved the request from looking for a match to in progress", "Moved the request from in progress to looking for a match"] {
            assert!(said.contains(&words), "{words} in {said:?}");
        }
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

    async fn contact_details_are_hidden_again_thirty_days_after_the_close(db: TestDb) {
        let world = World::on(db).await;
        let accepted = world.accepted().await;
        let use_ = RecordUse { used_on: day(testkit::TODAY), outcome: UseOutcome::Helpful, grade: None, fit: None, comment: None };
        fulfil::record_use(&world.test.app, &world.seller, accepted.id, accepted.version, use_).await.expect("recorded");
        world.test.app.clock.set(NOW.plus_days(29));
        fulfil::reveal(&world.test.app, &world.seller, accepted.id).await.expect("still open");
        world.test.app.clock.set(NOW.plus_days(30));
        assert!(matches!(fulfil::reveal(&world.test.app, &world.seller, accepted.id).await, Err(Error::MoveNotAllowed(_))));
    }

    async fn a_profile_shows_contact_details_to_others_than_the_owner_only_by_a_logged_step(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        let accepted = world.accepted().await;
        let who = accepted.advocate.id;
        let email = |view: &advocate::AdvocateView| view.contact.email.clone();
        let stranger = world.test.colleague(77, "Una Unasked", &[Role::Seller]).await;
        let owner = advocate::get(app, &world.owner, who).await.expect("the profile");
        assert!(email(&owner).is_some() && !owner.contact.can_reveal);
        for reader in [&world.seller, &world.program] {
            let before = storage::log::head(&app.store).await.expect("the head").position;
            let profile = advocate::get(app, reader, who).await.expect("the profile");
            assert_eq!((email(&profile), profile.contact.phone.clone(), profile.contact.can_reveal), (None, None, true));
            assert_eq!(storage::log::head(&app.store).await.expect("the head").position, before);
            let shown = reveal::reveal(app, reader, who).await.expect("revealed");
            assert_eq!(shown.email, email(&owner));
            assert_eq!(storage::log::head(&app.store).await.expect("the head").position, before + 1);
        }
        let profile = advocate::get(app, &stranger, who).await.expect("the profile");
        assert_eq!((email(&profile), profile.contact.can_reveal), (None, false));
        assert!(matches!(reveal::reveal(app, &stranger, who).await, Err(Error::MoveNotAllowed(_))));
    }

    async fn a_decline_needs_a_reason_and_frees_the_customer(db: TestDb) {
        let world = World::on(db).await;
        let candidate = only(&world.submit(1).await.expect("submitted"));
        let decline = |reason: &str| owner::decline(&world.test.app, &world.owner, candidate.id, candidate.version, DeclineCandidate { reason: reason.to_owned(), instead: None });
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
}

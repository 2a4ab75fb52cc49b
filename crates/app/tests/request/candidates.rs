//! Candidates proposed by the program team, and the line that they wait in.

use app::{
    Error,
    find::AvailabilityState,
    request::{
        self,
        answer::YesNo,
        fulfil::{self, RecordUse},
        owner::{self, Approve},
        propose::{self, ProposeCandidates, RequestMatches},
        submit::{self, SubmitRequest},
    },
};
use domain::{
    candidate::{CandidateState, DeclinedBy, Holder},
    reference_use::UseOutcome,
    request::RequestStatus,
};
use storage::consent;
use testkit::{build::id, day};

use crate::world::{World, of, states};
use CandidateState::{Accepted, AdvocateAsked, Declined, OwnerAsked, Proposed, Replaced};

testkit::on_both_engines! {
    async fn a_request_by_criteria_gets_a_candidate_from_the_program_and_goes_on_like_any_other(db: TestDb) {
        let world = World::with_customers(db, 2).await;
        let app = &world.test.app;
        let open = world.open_request().await;
        assert_eq!((open.holder, open.due_on), (Holder::Program, Some(day("2026-03-03"))), "the program team has it, with a clock");
        assert!(open.can_propose);
        assert!(!request::get(app, &world.seller, open.id).await.expect("the request").can_propose);
        let found = propose::matches(app, &world.program, open.id, RequestMatches::default()).await.expect("matches");
        assert_eq!((found.total, found.need_by), (4, open.need_by));

        let asked = world.propose(&open, &[11]).await.expect("proposed");
        assert_eq!((asked.status, of(&asked, 11).state), (RequestStatus::InProgress, OwnerAsked));
        assert_eq!((asked.holder, asked.due_on), (Holder::Owner, of(&asked, 11).due_on));
        let rest = propose::matches(app, &world.program, open.id, RequestMatches::default()).await.expect("matches");
        assert!(rest.rows.iter().all(|row| row.advocate != id(11)), "who was proposed is not offered again");
        assert_eq!(rest.total, 3);
        assert!(world.approve(&of(&asked, 11)).await.is_ok(), "the owner decides as on any request");
    }

    async fn only_the_program_proposes_and_never_on_an_old_version_or_a_closed_request(db: TestDb) {
        let world = World::with_customers(db, 1).await;
        let app = &world.test.app;
        let open = world.open_request().await;
        let ask = || ProposeCandidates { advocates: vec![id(11)], override_reason: None, activity: None };
        for actor in [&world.seller, &world.owner] {
            assert!(matches!(propose::propose(app, actor, open.id, open.version, ask(), None).await, Err(Error::Forbidden)));
            assert!(matches!(propose::matches(app, actor, open.id, RequestMatches::default()).await, Err(Error::Forbidden)));
        }
        let stale = propose::propose(app, &world.program, open.id, open.version - 1, ask(), None).await;
        assert!(matches!(stale, Err(Error::Stale { .. })));
        let closed = request::stop::withdraw(app, &world.seller, open.id, open.version, request::stop::WithdrawRequest::default()).await.expect("withdrawn");
        assert!(matches!(world.propose(&closed, &[11]).await, Err(Error::MoveNotAllowed(_))));
        assert!(world.read(open.id).await.candidates.is_empty());
    }

    async fn a_proposal_that_names_nobody_twice_or_somebody_again_is_refused_whole(db: TestDb) {
        let world = World::with_customers(db, 2).await;
        let asked = world.propose(&world.open_request().await, &[11]).await.expect("proposed");
        for named in [&[][..], &[12, 12], &[11], &[12, 99]] {
            assert!(matches!(world.propose(&asked, named).await, Err(Error::Invalid(_))), "{named:?}");
        }
        let token = world.link(&of(&world.approve(&of(&asked, 11)).await.expect("approved"), 11)).await;
        world.answer(&token, YesNo::Decline).await.expect("declined");
        let declined = world.read(asked.id).await;
        assert!(matches!(world.propose(&declined, &[11]).await, Err(Error::Invalid(_))), "a customer's own no is final");
        assert_eq!(states(&declined), [Declined]);
    }

    async fn three_are_asked_at_once_and_the_next_in_line_when_an_owner_or_an_advocate_declines(db: TestDb) {
        let world = World::with_customers(db, 6).await;
        let open = world.open_request().await;
        let asked = world.propose(&open, &[11, 12, 13, 14, 15]).await.expect("proposed");
        assert_eq!(states(&asked), [OwnerAsked, OwnerAsked, OwnerAsked, Proposed, Proposed]);
        assert!(of(&asked, 14).is_in_line && of(&asked, 14).due_on.is_none());
        let sixth = world.propose(&asked, &[16]).await.expect("proposed");
        assert!(of(&sixth, 16).is_in_line, "whoever comes later waits behind the others");

        let after = world.decline(&of(&sixth, 12)).await;
        assert_eq!(states(&after), [OwnerAsked, Declined, OwnerAsked, OwnerAsked, Proposed, Proposed]);
        assert!(!of(&after, 14).is_in_line && of(&after, 14).due_on.is_some());

        let approved = world.approve(&of(&after, 11)).await.expect("approved");
        let token = world.link(&of(&approved, 11)).await;
        world.answer(&token, YesNo::Decline).await.expect("declined");
        let after = world.read(open.id).await;
        assert_eq!(of(&after, 11).declined.map(|declined| declined.by), Some(DeclinedBy::Advocate));
        assert_eq!(of(&after, 15).state, OwnerAsked);
        assert_eq!(after.status, RequestStatus::InProgress);
    }

    async fn who_waits_in_line_reserves_nothing_and_leaves_it_when_no_use_is_left(db: TestDb) {
        let world = World::with_customers(db, 5).await;
        let app = &world.test.app;
        let asked = world.propose(&world.open_request().await, &[11, 12, 13, 14, 15]).await.expect("proposed");
        let other = submit::submit(app, &world.seller, world.ask(14), None).await.expect("a use is left for another request");
        world.decline(&of(&asked, 11)).await;
        let after = world.read(asked.id).await;
        let left = of(&after, 14);
        assert_eq!((left.state, left.declined.as_ref().map(|no| no.by)), (Declined, Some(DeclinedBy::Program)));
        assert!(left.declined.and_then(|no| no.reason).expect("a reason").contains("No use is left"));
        assert_eq!(of(&after, 15).state, OwnerAsked, "the one behind is asked instead");
        assert_eq!(of(&world.read(other).await, 14).state, OwnerAsked);
    }

    async fn a_seller_may_name_more_than_three_and_the_others_wait(db: TestDb) {
        let world = World::with_customers(db, 4).await;
        let ask = SubmitRequest { advocates: [1, 11, 12, 13, 14].map(id).to_vec(), ..world.ask(1) };
        let made = submit::submit(&world.test.app, &world.seller, ask, None).await.expect("taken");
        assert_eq!(states(&world.read(made).await), [OwnerAsked, OwnerAsked, OwnerAsked, Proposed, Proposed]);
    }

    async fn a_yes_lets_the_others_go_and_their_use_is_free_again(db: TestDb) {
        let world = World::with_customers(db, 4).await;
        let app = &world.test.app;
        let asked = world.propose(&world.open_request().await, &[11, 12, 13, 14]).await.expect("proposed");
        let approved = world.approve(&of(&asked, 12)).await.expect("approved");
        let token = world.link(&of(&approved, 12)).await;
        world.answer(&token, YesNo::Accept).await.expect("accepted");
        let after = world.read(asked.id).await;
        assert_eq!(states(&after), [Replaced, Accepted, Replaced, Proposed]);
        world.submit(11).await.expect("the use is free again");
        let told = app::inbox::list(app, &world.owner, app::inbox::ListNotices::default()).await.expect("the inbox");
        assert!(told.page.items.iter().any(|notice| notice.title == "A customer is not needed any more"));

        let use_ = RecordUse { used_on: day(testkit::TODAY), outcome: UseOutcome::Helpful, grade: None, fit: None, comment: None };
        let accepted = of(&request::get(app, &world.seller, asked.id).await.expect("the request"), 12);
        let done = fulfil::record_use(app, &world.seller, accepted.id, accepted.version, use_).await.expect("recorded");
        assert_eq!(done.status, RequestStatus::Fulfilled);
        assert_eq!(of(&done, 14).state, Replaced, "nobody waits for a request that is over");
    }

    async fn a_broken_promise_asks_the_next_in_line(db: TestDb) {
        let world = World::with_customers(db, 4).await;
        let asked = world.propose(&world.open_request().await, &[11, 12, 13, 14]).await.expect("proposed");
        let approved = world.approve(&of(&asked, 11)).await.expect("approved");
        world.answer(&world.link(&of(&approved, 11)).await, YesNo::Accept).await.expect("accepted");
        let withdrawn = app::advocate::consent::RecordConsent { kind: domain::consent::ConsentKind::Withdrawn, activity: None, source: domain::consent::ConsentSource::Call, text_version: "1".to_owned(), valid_until: None, agrees_ahead: false, channel: None, region_id: None };
        app::advocate::consent::record(&world.test.app, &world.owner, id(11), withdrawn, None).await.expect("withdrawn");
        assert_eq!(states(&world.read(asked.id).await), [Declined, Replaced, Replaced, OwnerAsked]);
    }

    async fn who_has_no_use_left_is_refused_with_others_to_ask_unless_the_program_gives_a_reason(db: TestDb) {
        let world = World::with_customers(db, 1).await;
        let app = &world.test.app;
        world.submit(1).await.expect("the first takes the quarter of the account");
        let open = world.open_request().await;
        let Err(Error::NoUseLeft { next_free, alternatives, may_override, .. }) = world.propose(&open, &[2]).await else { panic!("the cap of the account binds") };
        assert_eq!((next_free, may_override), (Some(day("2026-06-15")), true));
        assert_eq!(alternatives.iter().map(|one| one.advocate_id).collect::<Vec<_>>(), [id(11)]);
        assert!(world.read(open.id).await.candidates.is_empty(), "a refused proposal leaves nothing behind");

        let with_reason = |reason: &str| ProposeCandidates { advocates: vec![id(2)], override_reason: Some(reason.to_owned()), activity: None };
        let short = propose::propose(app, &world.program, open.id, open.version, with_reason("no"), None).await;
        assert!(matches!(short, Err(Error::Invalid(_))));
        let forced = propose::propose(app, &world.program, open.id, open.version, with_reason("The customer offered it"), None).await.expect("overridden");
        assert_eq!(of(&forced, 2).state, OwnerAsked);
        let events = app::audit::list(app, &world.program, app::audit::ListEvents::default()).await.expect("events");
        let listed = events.items.iter().find(|event| event.action == domain::record::Action::Overridden).expect("it is listed for review");
        assert!(format!("{:?}", listed.changes).contains("The customer offered it"));
    }

    async fn what_a_customer_said_is_never_overridden(db: TestDb) {
        let world = World::with_customers(db, 1).await;
        let app = &world.test.app;
        let tx = world.test.db.begin().await;
        let withdrawn = consent::Consent { id: id(90), kind: domain::consent::ConsentKind::Withdrawn, ..crate::world::given(11) };
        consent::insert_all(&tx, vec![withdrawn]).await.expect("written");
        tx.commit().await.expect("committed");
        let open = world.open_request().await;
        let ask = ProposeCandidates { advocates: vec![id(11)], override_reason: Some("They would surely say yes".to_owned()), activity: None };
        let refused = propose::propose(app, &world.program, open.id, open.version, ask, None).await;
        assert!(matches!(refused, Err(Error::NoUseLeft { may_override: false, .. })), "{refused:?}");
    }

    async fn a_proposal_by_the_program_is_its_yes_to_a_rush(db: TestDb) {
        let world = World::with_customers(db, 1).await;
        let app = &world.test.app;
        let ask = SubmitRequest { need_by: day("2026-03-04"), advocates: Vec::new(), ..world.ask(1) };
        let made = submit::submit(app, &world.seller, ask, None).await.expect("submitted");
        let asked = world.propose(&world.read(made).await, &[11]).await.expect("proposed");
        assert!(asked.is_rush);
        assert_eq!(of(&asked, 11).state, OwnerAsked);
    }

    async fn two_who_decline_at_once_ask_two_others_and_nobody_twice(db: TestDb) {
        let world = World::with_customers(db, 6).await;
        let asked = world.propose(&world.open_request().await, &[11, 12, 13, 14, 15, 16]).await.expect("proposed");
        let declines = [11, 12, 13].map(|number| {
            let (app, owner, row) = (world.test.app.clone(), world.owner.clone(), of(&asked, number));
            tokio::spawn(async move {
                let ask = owner::DeclineCandidate { reason: "On leave".to_owned(), instead: None };
                owner::decline(&app, &owner, row.id, row.version, ask).await
            })
        });
        for decline in declines {
            decline.await.expect("the task ends").expect("declined");
        }
        let after = world.read(asked.id).await;
        assert_eq!(states(&after), [Declined, Declined, Declined, OwnerAsked, OwnerAsked, OwnerAsked]);
    }

    async fn a_rush_that_is_allowed_while_three_are_asked_waits_in_line(db: TestDb) {
        let world = World::with_customers(db, 4).await;
        let app = &world.test.app;
        let ask = SubmitRequest { need_by: day("2026-03-04"), advocates: [11, 12, 13, 14].map(id).to_vec(), ..world.ask(1) };
        let made = submit::submit(app, &world.seller, ask, None).await.expect("submitted");
        assert_eq!(states(&world.read(made).await), [Proposed; 4]);
        for number in [11, 12, 13, 14] {
            let row = of(&world.read(made).await, number);
            owner::approve(app, &world.program, row.id, row.version, Approve::default()).await.expect("allowed");
        }
        let after = world.read(made).await;
        assert_eq!(states(&after), [OwnerAsked, OwnerAsked, OwnerAsked, Proposed]);
        assert!(of(&after, 14).is_in_line);
        assert_eq!(of(&world.approve(&of(&after, 11)).await.expect("approved"), 11).state, AdvocateAsked);
    }

    async fn matches_for_a_request_can_show_who_is_not_free(db: TestDb) {
        let world = World::with_customers(db, 1).await;
        world.submit(1).await.expect("the first takes the quarter of the account");
        let open = world.open_request().await;
        let all = RequestMatches { only_available: Some(false), ..RequestMatches::default() };
        let found = propose::matches(&world.test.app, &world.program, open.id, all).await.expect("matches");
        let resting = found.rows.iter().find(|row| row.account == id(1)).expect("the customer who rests");
        assert_eq!(resting.availability.state, AvailabilityState::RestsUntil);
    }
}

//! Everything that must be refused on the way of a request.

use app::request::answer;
use app::{
    Actor, Error,
    contact::edit::{self as contact, EditContact},
    request::{
        self, fulfil,
        owner::{self, Approve},
        submit::{self, SubmitRequest},
    },
};
use domain::{
    access::Role,
    candidate::CandidateState,
    id::{AdvocateId, OpportunityId, UserId},
    time::Day,
};
use testkit::{NOW, build::id, day};

use crate::world::{NEED_BY, World, only, states};

/// How many ask at once: 100, or as `GOODWORD_CALLERS` says.
#[expect(
    clippy::disallowed_methods,
    reason = "long runs ask with more, and only they know"
)]
fn callers() -> u64 {
    std::env::var("GOODWORD_CALLERS").map_or(100, |text| text.parse().expect("a number"))
}

testkit::on_both_engines! {
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

    async fn of_many_requests_for_ten_scarce_customers_exactly_ten_succeed(db: TestDb) {
        let world = World::with_customers(db, 10).await;
        let callers = callers();
        let tries = (0..callers).map(|number| {
            let (app, seller, ask) = (world.test.app.clone(), world.seller.clone(), world.ask(11 + number % 10));
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
        assert_eq!((won, refused), (10, callers - 10), "one call a quarter and account");
    }

    async fn a_named_advocate_without_a_use_left_is_refused_with_the_next_free_day(db: TestDb) {
        let world = World::on(db).await;
        world.submit(1).await.expect("the first takes the quarter");
        let Err(Error::NoUseLeft { next_free, .. }) = world.submit(2).await else { panic!("the cap of the account binds both advocates") };
        assert_eq!(next_free, Some(day(NEED_BY).plus_days(91)));
        let list = request::list(&world.test.app, &world.seller, request::ListRequests::default()).await.expect("the list");
        assert_eq!(list.total, 1, "a refused request leaves nothing behind");
    }

    async fn what_is_planned_with_somebody_who_leaves_ends_and_nobody_new_asks_them(db: TestDb) {
        let world = World::on(db).await;
        let asked = world.submit(1).await.expect("submitted");
        let planned = only(&asked).planned_on;
        let leaves = async |version, left_on| {
            let change = EditContact { left_on: Some(Some(left_on)), ..EditContact::default() };
            contact::edit(&world.test.app, &world.program, id(1), version, change).await.expect("saved");
        };
        leaves(1, planned.plus_days(1)).await;
        assert_eq!(states(&world.read(asked.id).await), [CandidateState::OwnerAsked], "the use is before they leave");
        leaves(2, planned).await;
        assert_eq!(states(&world.read(asked.id).await), [CandidateState::Declined]);
        let Err(Error::NoUseLeft { why, next_free, may_override, .. }) = world.submit(1).await else { panic!("they are gone by then") };
        assert_eq!((why.as_str(), next_free, may_override), ("This advocate has left the company by the planned day.", None, false));
        world.submit(2).await.expect("a colleague still speaks for the account");
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

    async fn one_colleague_sees_nothing_of_anothers_request_or_contact(db: TestDb) {
        let world = World::on(db).await;
        let accepted = world.accepted().await;
        let stranger = world.test.colleague(6, "Stan Stranger", &[Role::Seller]).await;
        assert!(matches!(request::get(&world.test.app, &stranger, accepted.request_id).await, Err(Error::NotFound)));
        assert!(matches!(fulfil::reveal(&world.test.app, &stranger, accepted.id).await, Err(Error::NotFound)));
        let profile = app::advocate::get(&world.test.app, &stranger, AdvocateId::from(accepted.advocate.id.0)).await.expect("the profile");
        assert_eq!((profile.name_masked, profile.contact.email, profile.notes), (true, None, None));
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

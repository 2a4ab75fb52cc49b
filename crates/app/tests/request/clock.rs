//! What happens when nobody answers in time.

use app::request::{answer, clock};
use domain::{
    candidate::{CandidateState, Holder},
    request::RequestStatus,
};
use testkit::{NOW, build::id, day};

use crate::world::{World, of, only, states};
use CandidateState::{Expired, OwnerAsked, Proposed};

/// How many lines with this title stand in a colleague's inbox.
async fn told(world: &World, actor: &app::Actor, title: &str) -> usize {
    app::inbox::list(&world.test.app, actor, app::inbox::ListNotices::default())
        .await
        .expect("the inbox")
        .page
        .items
        .iter()
        .filter(|notice| notice.title == title)
        .count()
}

testkit::on_both_engines! {
    async fn the_owner_is_reminded_once_on_the_day_and_the_program_hears_once_the_day_after(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        let asked = world.submit(1).await.expect("submitted");
        assert_eq!(only(&asked).due_on, Some(day("2026-03-04")));
        assert_eq!(clock::run(app).await.expect("a round"), 0, "nothing is due yet");
        world.test.app.clock.set(NOW.plus_days(2));
        assert_eq!(clock::run(app).await.expect("a round"), 1);
        assert_eq!(clock::run(app).await.expect("a round"), 0, "once a day is enough");
        assert_eq!(told(&world, &world.owner, "An answer is due today").await, 1);
        world.test.app.clock.set(NOW.plus_days(3));
        assert_eq!(clock::run(app).await.expect("a round"), 1);
        assert_eq!(clock::run(app).await.expect("a round"), 0);
        assert_eq!((told(&world, &world.owner, "An answer is late").await, told(&world, &world.program, "An answer is late").await), (1, 1));
        let late = world.read(asked.id).await;
        assert_eq!((only(&late).state, late.overdue), (OwnerAsked, true), "a late yes still counts while nobody else is in line");
    }

    async fn a_late_answer_asks_the_next_in_line(db: TestDb) {
        let world = World::with_customers(db, 4).await;
        let asked = world.propose(&world.open_request().await, &[11, 12, 13, 14]).await.expect("proposed");
        world.test.app.clock.set(NOW.plus_days(3));
        clock::run(&world.test.app).await.expect("a round");
        let after = world.read(asked.id).await;
        assert_eq!(states(&after), [Expired, OwnerAsked, OwnerAsked, OwnerAsked]);
        assert_eq!(of(&after, 14).due_on, Some(day("2026-03-09")), "the next has a clock of its own");
        assert_eq!(told(&world, &world.seller, "No answer in time").await, 1);
    }

    async fn an_ask_ends_with_its_day_and_the_request_is_the_programs_again(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        let asked = world.approve(&only(&world.submit(1).await.expect("submitted"))).await.expect("approved");
        let token = world.link(&only(&asked)).await;
        world.test.app.clock.set(day("2026-03-17").start());
        answer::look(app, &token).await.expect_err("the link ran out with its fourteen days");
        clock::run(app).await.expect("a round");
        let after = world.read(asked.id).await;
        assert_eq!((only(&after).state, after.status, after.holder), (Expired, RequestStatus::Matching, Holder::Program));
        assert_eq!(told(&world, &world.program, "A request has nobody left to ask").await, 1);
    }

    async fn a_request_that_nobody_is_asked_on_reminds_the_program_once(db: TestDb) {
        let world = World::on(db).await;
        let open = world.open_request().await;
        world.test.app.clock.set(NOW.plus_days(1));
        assert_eq!(clock::run(&world.test.app).await.expect("a round"), 1);
        assert_eq!(clock::run(&world.test.app).await.expect("a round"), 0);
        assert_eq!(told(&world, &world.program, "A request still waits for a match").await, 1);
        assert!(world.read(open.id).await.candidates.is_empty());
    }

    async fn a_planned_day_that_is_over_asks_the_requester_once_whether_it_took_place(db: TestDb) {
        let world = World::on(db).await;
        let accepted = world.accepted().await;
        world.test.app.clock.set(day("2026-03-18").start());
        assert_eq!(clock::run(&world.test.app).await.expect("a round"), 1);
        assert_eq!(clock::run(&world.test.app).await.expect("a round"), 0);
        assert_eq!(told(&world, &world.seller, "Did it take place?").await, 1);
        assert_eq!(of(&world.read(accepted.request_id).await, 1).state, CandidateState::Accepted);
    }

    async fn a_rush_that_nobody_allows_runs_out_with_its_day(db: TestDb) {
        let world = World::on(db).await;
        let ask = app::request::submit::SubmitRequest { need_by: day("2026-03-04"), ..world.ask(1) };
        let made = app::request::submit::submit(&world.test.app, &world.seller, ask, None).await.expect("submitted");
        assert_eq!(states(&world.read(made).await), [Proposed]);
        world.test.app.clock.set(NOW.plus_days(1));
        clock::run(&world.test.app).await.expect("a round");
        assert_eq!(told(&world, &world.program, "An answer is due today").await, 1);
        world.test.app.clock.set(NOW.plus_days(3));
        clock::run(&world.test.app).await.expect("a round");
        assert_eq!(states(&world.read(made).await), [Expired]);
        assert_eq!(of(&world.read(made).await, 1).advocate.id, id(1));
    }
}

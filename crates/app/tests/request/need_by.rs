//! The day of a request moves: who is asked goes along, makes room, or keeps what they promised.

use app::{
    Actor, Error,
    request::{
        RequestView,
        answer::{self, YesNo},
        draft,
        need_by::{self, MoveNeedBy},
        stop::{self, WithdrawRequest},
        submit::{self, SubmitRequest},
    },
};
use domain::{candidate::CandidateState, time::Day};
use testkit::{TODAY, build, build::id, day};

use crate::{
    appointments::{letters, with_mail},
    world::{NEED_BY, World, of, only, states},
};
use CandidateState::{Accepted, Declined, OwnerAsked, Proposed};

impl World {
    async fn move_day(
        &self,
        actor: &Actor,
        request: &RequestView,
        to: Day,
    ) -> Result<RequestView, Error> {
        let ask = MoveNeedBy { need_by: to };
        need_by::set(&self.test.app, actor, request.id, request.version, ask).await
    }

    /// The advocate gave a use on this day, and rests around it.
    async fn used(&self, advocate: u64, on: Day) {
        let tx = self.test.db.begin().await;
        let row = build::used(advocate, id(advocate), id(advocate), on);
        storage::reference_use::insert(&tx, row)
            .await
            .expect("written");
        tx.commit().await.expect("committed");
    }
}

const MOVED: &str = "The day of a request moved";

testkit::on_both_engines! {
    async fn who_is_asked_goes_along_and_hears_of_it(db: TestDb) {
        let world = World::on(db).await;
        let asked = world.submit(1).await.expect("submitted");
        let later = day(NEED_BY).plus_days(14);
        let view = world.move_day(&world.seller, &asked, later).await.expect("moved");
        let candidate = only(&view);
        assert_eq!((view.need_by, view.is_rush), (later, false));
        assert_eq!((candidate.state, candidate.planned_on, candidate.due_on), (OwnerAsked, later, only(&asked).due_on), "the owner's clock goes on");
        assert_eq!(world.titles(&world.owner).await.iter().filter(|title| *title == MOVED).count(), 1);
        assert!(!world.titles(&world.seller).await.contains(&MOVED.to_owned()), "who moved it knows");

        let stale = world.move_day(&world.seller, &asked, later).await;
        assert!(matches!(stale, Err(Error::Stale { .. })), "{stale:?}");
        let same = world.move_day(&world.seller, &view, later).await.expect("nothing to do");
        assert_eq!(same.version, view.version);
        world.move_day(&world.program, &view, later.plus_days(1)).await.expect("moved");
        assert!(world.titles(&world.seller).await.contains(&MOVED.to_owned()));
    }

    async fn an_advocate_who_is_asked_gets_the_letter_with_the_new_day(db: TestDb) {
        let world = World::on(db).await;
        let app = &with_mail(&world).await;
        let asked = world.approve(&only(&world.submit(1).await.expect("submitted"))).await.expect("approved");
        letters(app).await;
        let later = day(NEED_BY).plus_days(14);
        need_by::set(app, &world.seller, asked.id, asked.version, MoveNeedBy { need_by: later }).await.expect("moved");
        let told = letters(app).await;
        assert!(told.iter().any(|letter| letter.to.as_str() == "ann@meridian.example" && letter.body.contains(&later.to_string())), "{told:?}");
    }

    async fn a_rush_is_the_programs_word_where_somebody_is_asked(db: TestDb) {
        let world = World::on(db).await;
        let asked = world.submit(1).await.expect("submitted");
        let soon = day(TODAY).plus_days(2);
        let refused = world.move_day(&world.seller, &asked, soon).await;
        let Err(Error::Invalid(problems)) = refused else { panic!("{refused:?}") };
        assert!(problems[0].message.contains("is the first day with the notice"), "{problems:?}");
        assert_eq!(world.read(asked.id).await.version, asked.version, "nothing is changed");
        let view = world.move_day(&world.program, &asked, soon).await.expect("moved");
        assert_eq!((view.is_rush, only(&view).planned_on), (true, soon));
        assert_eq!(only(&view).due_on.expect("a clock"), only(&asked).due_on.expect("a clock").min(soon));
        let open = world.open_request().await;
        assert!(world.move_day(&world.seller, &open, soon).await.expect("nobody is asked yet").is_rush);
    }

    async fn a_rush_that_gets_its_notice_asks_the_owner(db: TestDb) {
        let world = World::on(db).await;
        let ask = SubmitRequest { need_by: day(TODAY).plus_days(2), ..world.ask(1) };
        let made = submit::submit(&world.test.app, &world.seller, ask, None).await.expect("submitted");
        let rush = world.read(made).await;
        assert_eq!((rush.is_rush, states(&rush)), (true, vec![Proposed]));
        let view = world.move_day(&world.seller, &rush, day(NEED_BY)).await.expect("moved");
        assert_eq!((view.is_rush, states(&view)), (false, vec![OwnerAsked]));
    }

    async fn who_cannot_be_had_on_the_new_day_makes_room_for_the_next(db: TestDb) {
        let world = World::with_customers(db, 4).await;
        let later = day(NEED_BY).plus_days(60);
        world.used(11, later.plus_days(40)).await;
        let asked = world.propose(&world.open_request().await, &[11, 12, 13, 14]).await.expect("proposed");
        assert_eq!(states(&asked), [OwnerAsked, OwnerAsked, OwnerAsked, Proposed]);
        let view = world.move_day(&world.seller, &asked, later).await.expect("moved");
        assert_eq!(states(&view), [Declined, OwnerAsked, OwnerAsked, OwnerAsked]);
        assert!(view.candidates.iter().skip(1).all(|row| row.planned_on == later));
        assert!(world.titles(&world.seller).await.contains(&"A candidate cannot be had on the new day".to_owned()));
    }

    async fn a_yes_that_was_given_is_kept_on_its_day_where_the_new_one_cannot_be_had(db: TestDb) {
        let world = World::with_customers(db, 1).await;
        let app = &world.test.app;
        let later = day(NEED_BY).plus_days(60);
        world.used(11, later.plus_days(40)).await;
        let asked = world.propose(&world.open_request().await, &[11]).await.expect("proposed");
        let asked = world.approve(&of(&asked, 11)).await.expect("approved");
        let token = world.link(&of(&asked, 11)).await;
        answer::look(app, &token).await.expect("the question");
        world.answer(&token, YesNo::Accept).await.expect("a yes");
        let view = world.move_day(&world.seller, &world.read(asked.id).await, later).await.expect("moved");
        let kept = of(&view, 11);
        assert_eq!((kept.state, kept.planned_on, view.need_by), (Accepted, day(NEED_BY), later));
        let view = world.move_day(&world.seller, &view, day(NEED_BY).plus_days(5)).await.expect("moved");
        assert_eq!(of(&view, 11).planned_on, day(NEED_BY).plus_days(5), "a day that can be had is taken");
    }

    async fn there_is_no_day_to_move_where_nothing_is_asked_and_none_in_the_past(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        let kept = draft::keep(app, &world.seller, world.ask(1), None).await.expect("kept");
        let kept = world.read(kept).await;
        assert!(matches!(world.move_day(&world.program, &kept, day(NEED_BY)).await, Err(Error::MoveNotAllowed(_))));
        let asked = world.submit(1).await.expect("submitted");
        for refused in [day(TODAY).plus_days(-1), day(TODAY).plus_days(731)] {
            assert!(matches!(world.move_day(&world.seller, &asked, refused).await, Err(Error::Invalid(_))));
        }
        assert!(world.move_day(&world.owner, &asked, day(NEED_BY).plus_days(1)).await.is_err(), "it is not the owner's");
        let over = stop::withdraw(app, &world.seller, asked.id, asked.version, WithdrawRequest::default()).await.expect("withdrawn");
        assert!(matches!(world.move_day(&world.seller, &over, day(NEED_BY).plus_days(1)).await, Err(Error::MoveNotAllowed(_))));
    }
}

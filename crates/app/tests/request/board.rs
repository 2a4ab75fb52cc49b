//! The board of open requests: columns, ages, and which are likely to miss their day.

use app::request::{
    answer::YesNo,
    board::{self, Board, BoardCard, BoardStage},
};
use domain::{access::Role, request::RequestStatus};
use testkit::{NOW, build, build::id, day};

use crate::world::{NEED_BY, World, of, only};

impl World {
    async fn board(&self) -> Board {
        board::board(&self.test.app, &self.program)
            .await
            .expect("a board")
    }

    /// Twelve requests of the past, each with a yes: a day with the team, two with the owner and
    /// three with the advocate.
    async fn history(&self) {
        let tx = self.test.db.begin().await;
        for number in 100..112 {
            let made = NOW.plus_days(-60);
            let mut request = build::request(number, id(1));
            request.status = RequestStatus::Fulfilled;
            request.created_at = made;
            storage::request::insert(&tx, request)
                .await
                .expect("written");
            let mut row = build::candidate(number, id(number), id(1), id(1));
            row.state = domain::candidate::CandidateState::Debriefed;
            row.owner_asked_at = Some(made.plus_days(1));
            row.advocate_asked_at = Some(made.plus_days(3));
            row.accepted_at = Some(made.plus_days(6));
            row.planned_on = day("2025-06-01");
            storage::candidate::insert(&tx, row).await.expect("written");
        }
        tx.commit().await.expect("committed");
    }
}

fn cards(board: &Board, stage: BoardStage) -> &[BoardCard] {
    let column = board.columns.iter().find(|column| column.stage == stage);
    &column.expect("a column").cards
}

testkit::on_both_engines! {
    async fn each_request_stands_where_it_is_furthest_with_its_ages(db: TestDb) {
        let world = World::with_customers(db, 3).await;
        let looked_for = world.open_request().await;
        let app = &world.test.app;
        app.clock.set(NOW.plus_days(1));
        let asked = world.propose(&world.open_request().await, &[11, 12]).await.expect("proposed");
        world.approve(&of(&asked, 12)).await.expect("approved");
        let owner = world.propose(&world.open_request().await, &[13]).await.expect("proposed");
        app.clock.set(NOW.plus_days(3));
        let seen = world.board().await;
        assert_eq!(seen.total, 3);
        let [matching] = cards(&seen, BoardStage::Matching) else { panic!("one") };
        assert_eq!((matching.id, matching.age_days, matching.step_days), (looked_for.id, 3, 3));
        let [one] = cards(&seen, BoardStage::OwnerAsked) else { panic!("one") };
        assert_eq!((one.id, one.age_days, one.step_days), (owner.id, 2, 2));
        let [one] = cards(&seen, BoardStage::AdvocateAsked) else { panic!("one") };
        assert_eq!((one.id, one.likely_on, one.is_likely_late), (asked.id, None, false), "no history, no forecast");
        assert!(cards(&seen, BoardStage::Agreed).is_empty());

        app.clock.set(day(NEED_BY).plus_days(1).start());
        assert_eq!(world.board().await.likely_late, 3, "the day is over");
    }

    async fn the_past_says_which_are_likely_to_miss_their_day(db: TestDb) {
        let world = World::with_customers(db, 2).await;
        world.history().await;
        let app = &world.test.app;
        let open = world.open_request().await;
        let seen = world.board().await;
        let [card] = cards(&seen, BoardStage::Matching) else { panic!("one") };
        assert_eq!((card.likely_on, card.is_likely_late), (Some(NOW.plus_days(6).day()), false));
        app.clock.set(day(NEED_BY).plus_days(-4).start());
        let seen = world.board().await;
        let [card] = cards(&seen, BoardStage::Matching) else { panic!("one") };
        assert_eq!((card.likely_on, card.is_likely_late), (Some(day(NEED_BY).plus_days(1)), true), "owner and advocate take five days");
        world.propose(&open, &[11]).await.expect("proposed");
        let seen = world.board().await;
        let [card] = cards(&seen, BoardStage::OwnerAsked) else { panic!("one") };
        assert_eq!(card.likely_on, Some(day(NEED_BY).plus_days(1)));
    }

    async fn a_board_holds_what_the_reader_may_see_and_a_yes_is_late_no_more(db: TestDb) {
        let world = World::on(db).await;
        let asked = world.approve(&only(&world.submit(1).await.expect("submitted"))).await.expect("approved");
        let token = world.link(&only(&asked)).await;
        world.answer(&token, YesNo::Accept).await.expect("a yes");
        world.test.app.clock.set(day(NEED_BY).plus_days(1).start());
        let seen = world.board().await;
        let [card] = cards(&seen, BoardStage::Agreed) else { panic!("one") };
        assert_eq!((card.likely_on, card.is_likely_late), (None, false));
        let stranger = world.test.colleague(9, "Sue Seller", &[Role::Seller]).await;
        assert_eq!(board::board(&world.test.app, &stranger).await.expect("a board").total, 0);
    }
}

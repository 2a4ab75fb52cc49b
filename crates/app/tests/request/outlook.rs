//! What an ask can expect, from a past that the test knows.

use app::{
    Error,
    request::{
        outlook::{self, AskOutlook, Outlook},
        stop::{self, WithdrawRequest},
        submit::{self, SubmitRequest},
    },
};
use domain::{
    access::Role,
    activity::Activity,
    candidate::{CandidateState, Holder},
    id::OpportunityId,
    request::RequestStatus,
};
use storage::{
    candidate::{self, Candidate},
    request::{self, Request},
};
use testkit::{NOW, build, build::id, day};

use crate::world::{DEAL, NEED_BY, World};

fn ask(need_by: &str, advocate: Option<u64>) -> AskOutlook {
    AskOutlook {
        opportunity: Some(id(DEAL)),
        activity: Activity::ReferenceCall,
        need_by: day(need_by),
        advocate: advocate.map(id),
    }
}

impl World {
    async fn outlook(&self, need_by: &str, advocate: Option<u64>) -> Outlook {
        outlook::outlook(&self.test.app, &self.seller, ask(need_by, advocate))
            .await
            .expect("an outlook")
    }

    /// `count` asks of a hundred days ago: the owner answered after as many days as the place of the
    /// ask, the advocate a day later; every fifth got no answer from the advocate.
    async fn with_past(self, count: u64) -> Self {
        let tx = self.test.db.begin().await;
        for number in 1..=count {
            let asked = NOW.plus_days(-100);
            let approved = asked.plus_days(number.cast_signed());
            let accepted = approved.plus_days(1);
            let is_answered = !number.is_multiple_of(5);
            let made = Request {
                created_at: asked,
                closed_at: Some(accepted),
                status: if is_answered {
                    RequestStatus::Fulfilled
                } else {
                    RequestStatus::Unfilled
                },
                ..build::request(100 + number, id(1))
            };
            request::insert(&tx, made).await.expect("written");
            let row = Candidate {
                state: if is_answered {
                    CandidateState::Done
                } else {
                    CandidateState::Expired
                },
                owner_asked_at: Some(asked),
                advocate_asked_at: Some(approved),
                accepted_at: is_answered.then_some(accepted),
                ..build::candidate(100 + number, id(100 + number), id(2), id(1))
            };
            candidate::insert(&tx, row).await.expect("written");
        }
        tx.commit().await.expect("committed");
        self
    }
}

testkit::on_both_engines! {
    async fn the_usual_time_and_the_chance_come_from_the_programs_own_past(db: TestDb) {
        let world = World::on(db).await.with_past(20).await;
        let found = world.outlook(NEED_BY, Some(1)).await;
        let [owner, advocate] = found.decisions.as_slice() else { panic!("{:?}", found.decisions) };
        assert_eq!((owner.holder, owner.name.as_deref(), owner.cases), (Holder::Owner, Some("Olga Owner"), 20));
        assert_eq!((owner.median_hours, owner.ninetieth_hours), (Some(240.0), Some(432.0)), "10 and 18 days");
        assert_eq!((advocate.holder, advocate.cases, advocate.median_hours), (Holder::Advocate, 16, Some(24.0)));
        // Fourteen days and the need-by day itself: asks 1 to 14 were answered by then, but for 5 and 10.
        assert_eq!((found.chance.days, found.chance.asks, found.chance.in_time), (14, 20, Some(12)));
        assert!(!found.is_rush);
    }

    async fn below_ten_cases_nothing_is_said_but_how_many_there_are(db: TestDb) {
        let world = World::on(db).await.with_past(9).await;
        let found = world.outlook(NEED_BY, None).await;
        assert_eq!(found.decisions.iter().map(|decision| (decision.holder, decision.median_hours.is_some())).collect::<Vec<_>>(), [(Holder::Program, false), (Holder::Owner, false), (Holder::Advocate, false)]);
        assert_eq!((found.chance.asks, found.chance.in_time, found.cases_min), (9, None, 10));
    }

    async fn an_open_ask_for_the_same_is_noticed_and_a_withdrawn_one_is_not(db: TestDb) {
        let world = World::on(db).await;
        assert!(world.outlook(NEED_BY, Some(2)).await.same_ask.is_none());
        let made = world.submit(1).await.expect("submitted");
        let same = world.outlook(NEED_BY, Some(2)).await.same_ask.expect("noticed");
        assert_eq!((same.id, same.requester_name.as_str(), same.is_own), (Some(made.id), "Sam Seller", true));
        let others = outlook::outlook(&world.test.app, &world.program, ask(NEED_BY, None)).await.expect("an outlook").same_ask.expect("noticed");
        assert!(!others.is_own);
        let speaking = AskOutlook { activity: Activity::Speaking, need_by: day("2026-09-01"), ..ask(NEED_BY, None) };
        assert!(outlook::outlook(&world.test.app, &world.seller, speaking).await.expect("an outlook").same_ask.is_none(), "another activity is another ask");
        stop::withdraw(&world.test.app, &world.seller, made.id, made.version, WithdrawRequest::default()).await.expect("withdrawn");
        assert!(world.outlook(NEED_BY, Some(2)).await.same_ask.is_none());
    }

    async fn a_rush_is_said_with_the_first_day_that_is_none(db: TestDb) {
        let world = World::on(db).await;
        let found = world.outlook("2026-03-04", Some(1)).await;
        assert_eq!((found.is_rush, found.first_day_without_rush), (true, day("2026-03-09")));
        assert_eq!(found.decisions[0].holder, Holder::Program, "the program team decides first");
        assert!(!world.outlook("2026-03-09", Some(1)).await.is_rush);
    }

    async fn what_is_out_of_reach_or_over_is_refused_and_looking_writes_nothing(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        let stranger = world.test.colleague(8, "Una Other", &[Role::Seller]).await;
        let admin = world.test.colleague(9, "Ada Admin", &[Role::Admin]).await;
        let before = storage::log::head(&app.store).await.expect("the head");
        assert!(matches!(outlook::outlook(app, &stranger, ask(NEED_BY, None)).await, Err(Error::Invalid(_))), "not her deal");
        assert!(matches!(outlook::outlook(app, &admin, ask(NEED_BY, None)).await, Err(Error::Forbidden)));
        assert!(matches!(outlook::outlook(app, &world.seller, ask("2026-03-01", None)).await, Err(Error::Invalid(_))), "a past day");
        assert!(matches!(outlook::outlook(app, &world.seller, ask(NEED_BY, Some(99))).await, Err(Error::Invalid(_))), "nobody");
        let nowhere = AskOutlook { opportunity: Some(id::<OpportunityId>(77)), ..ask(NEED_BY, None) };
        assert!(matches!(outlook::outlook(app, &world.seller, nowhere).await, Err(Error::Invalid(_))));
        world.outlook(NEED_BY, Some(1)).await;
        assert_eq!(storage::log::head(&app.store).await.expect("the head"), before);
    }

    async fn the_rush_rate_counts_asks_below_the_notice_in_the_readers_reach_and_in_the_last_quarter(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        world.submit(1).await.expect("taken");
        let rush = SubmitRequest { need_by: day("2026-03-04"), advocates: Vec::new(), ..world.ask(1) };
        submit::submit(app, &world.seller, rush, None).await.expect("taken");
        let of = async |actor| outlook::rush_rate(app, actor).await.map(|rate| (rate.rushes, rate.requests));
        assert_eq!(of(&world.seller).await.expect("counted"), (1, 2));
        assert_eq!(of(&world.program).await.expect("counted"), (1, 2));
        let stranger = world.test.colleague(8, "Una Other", &[Role::Seller]).await;
        assert_eq!(of(&stranger).await.expect("counted"), (0, 0));
        let admin = world.test.colleague(9, "Ada Admin", &[Role::Admin]).await;
        assert!(matches!(of(&admin).await, Err(Error::Forbidden)));
        app.clock.set(NOW.plus_days(92));
        assert_eq!(of(&world.program).await.expect("counted"), (0, 0));
    }
}

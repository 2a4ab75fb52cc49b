//! "I used X on deal Y": what took place without a request is recorded, counted and told.

use app::{
    Actor, Error, opportunity,
    request::outside::{self, LogUse, LoggedUse},
};
use domain::{access::Role, activity::Activity, id::UseId, reference_use::UseChannel};
use testkit::{FIRST_PAGE, NOW, TODAY, build::id, day};

use crate::world::{DEAL, World};

fn used(on: &str) -> LogUse {
    LogUse {
        advocate_id: id(1),
        opportunity_id: Some(id(DEAL)),
        activity: Activity::ReferenceCall,
        used_on: day(on),
        grade: None,
        comment: None,
    }
}

impl World {
    async fn log(&self, actor: &Actor, ask: LogUse) -> Result<LoggedUse, Error> {
        outside::log(&self.test.app, actor, ask, None).await
    }

    async fn take_back(&self, actor: &Actor, id: UseId) -> Result<(), Error> {
        outside::take_back(&self.test.app, actor, id, 1).await
    }

    async fn is_leveraged(&self) -> bool {
        let deal = opportunity::get(&self.test.app, &self.seller, id(DEAL)).await;
        deal.expect("the deal").has_reference
    }

    async fn told(&self, actor: &Actor) -> Vec<String> {
        let ask = app::inbox::ListNotices::default();
        let told = app::inbox::list(&self.test.app, actor, ask).await;
        let told = told.expect("the inbox");
        told.page.items.into_iter().map(|row| row.body).collect()
    }
}

testkit::on_both_engines! {
    async fn a_use_outside_the_system_counts_in_caps_and_influence_from_the_moment_it_is_logged(db: TestDb) {
        let world = World::on(db).await;
        let logged = world.log(&world.seller, used(TODAY)).await.expect("logged");
        assert_eq!((logged.used.channel, logged.used.can_take_back), (UseChannel::Outside, true));
        assert_eq!(logged.used.display_name, "CIO at Meridian Health", "the name stays hidden from a seller");
        assert!(logged.went_past.is_empty(), "{:?}", logged.went_past);
        assert!(world.is_leveraged().await);
        assert!(matches!(world.submit(1).await, Err(Error::NoUseLeft { .. })), "the call of the quarter is spent");
        let listed = outside::of_opportunity(&world.test.app, &world.seller, id(DEAL), &FIRST_PAGE).await.expect("listed");
        assert_eq!(listed.items.iter().map(|row| row.id).collect::<Vec<_>>(), [logged.used.id]);
        let of_account = async |actor: &Actor| outside::of_account(&world.test.app, actor, id(1), &FIRST_PAGE).await;
        for (actor, name) in [(&world.owner, "Ann Advocate"), (&world.program, "Ann Advocate")] {
            let given = of_account(actor).await.expect("listed").items;
            assert_eq!(given.iter().map(|row| (row.id, row.display_name.as_str())).collect::<Vec<_>>(), [(logged.used.id, name)]);
        }
        assert!(matches!(of_account(&world.seller).await, Err(Error::Forbidden)), "sellers see a band");
        let other = world.test.colleague(9, "Otto Other", &[Role::Owner]).await;
        assert!(matches!(of_account(&other).await, Err(Error::Forbidden | Error::NotFound)), "the account of somebody else");
        assert_eq!(world.told(&world.owner).await, ["Meridian Health was used as a reference without a request."], "the owner hears of it");
        assert!(world.told(&world.program).await.is_empty(), "nothing stood in its way");
    }

    async fn a_use_that_went_past_a_limit_is_recorded_and_the_program_team_is_told(db: TestDb) {
        let world = World::on(db).await;
        world.log(&world.seller, used("2026-02-20")).await.expect("logged");
        let second = world.log(&world.seller, used(TODAY)).await.expect("logged all the same");
        assert_eq!(second.went_past, ["No use was left on that day.", "The advocate was resting."]);
        assert_eq!(world.told(&world.program).await, ["Meridian Health was used as a reference without a request. No use was left on that day. The advocate was resting."]);
    }

    async fn a_future_day_an_old_day_and_a_missing_deal_are_refused_and_nothing_is_written(db: TestDb) {
        let world = World::on(db).await;
        for wrong in ["2026-03-03", "2025-03-01"] {
            assert!(matches!(world.log(&world.seller, used(wrong)).await, Err(Error::Invalid(_))), "{wrong}");
        }
        let none = LogUse { opportunity_id: None, ..used(TODAY) };
        assert!(matches!(world.log(&world.seller, none.clone()).await, Err(Error::Invalid(_))), "a seller names the deal");
        let unknown = LogUse { advocate_id: id(999), ..used(TODAY) };
        assert!(matches!(world.log(&world.seller, unknown).await, Err(Error::Invalid(_))));
        let other = world.test.colleague(9, "Una Other", &[Role::Seller]).await;
        assert!(matches!(world.log(&other, used(TODAY)).await, Err(Error::Invalid(_))), "a deal of somebody else");
        let executive = world.test.colleague(10, "Eve Executive", &[Role::Executive]).await;
        assert!(matches!(world.log(&executive, used(TODAY)).await, Err(Error::Forbidden)));
        assert!(!world.is_leveraged().await);
        world.log(&world.owner, none).await.expect("the owner of the account needs no deal");
    }

    async fn the_same_use_is_recorded_once(db: TestDb) {
        let world = World::on(db).await;
        let row = world.accepted().await;
        assert!(matches!(world.log(&world.seller, used(TODAY)).await, Err(Error::Conflict(_))), "the request records it");
        drop(row);
        let bob = LogUse { advocate_id: id(2), ..used(TODAY) };
        world.log(&world.seller, bob.clone()).await.expect("logged");
        assert!(matches!(world.log(&world.seller, bob).await, Err(Error::Conflict(_))));
    }

    async fn who_logged_it_takes_it_back_within_a_day_and_the_program_later(db: TestDb) {
        let world = World::on(db).await;
        let first = world.log(&world.seller, used(TODAY)).await.expect("logged").used.id;
        let other = world.test.colleague(9, "Una Other", &[Role::Seller]).await;
        assert!(matches!(world.take_back(&other, first).await, Err(Error::NotFound)));
        world.take_back(&world.seller, first).await.expect("taken back");
        assert!(!world.is_leveraged().await);
        assert!(matches!(world.take_back(&world.seller, first).await, Err(Error::NotFound)), "once");
        world.submit(1).await.expect("the use is free again");

        let bob = LogUse { advocate_id: id(2), activity: Activity::Quote, ..used(TODAY) };
        let second = world.log(&world.seller, bob).await.expect("logged").used.id;
        world.test.app.clock.set(NOW.plus_days(2));
        assert!(matches!(world.take_back(&world.seller, second).await, Err(Error::MoveNotAllowed(_))));
        world.take_back(&world.program, second).await.expect("the program takes it back");
        assert!(storage::log::verify(&world.test.app.store).await.expect("the log").is_empty());
    }
}

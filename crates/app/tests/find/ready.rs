//! What a search that names no day asks first is there before anybody asks.

use crate::world::*;

testkit::on_both_engines! {
    async fn today_and_tomorrow_are_worked_out_before_the_first_search(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        let today = app.clock.today();
        let ready = |offset| app.index.is_ready(today.plus_days(offset));
        assert_eq!([0, 1, 2].map(ready), [false; 3]);
        app.index.get_ready(app).await.expect("ready");
        assert_eq!([0, 1, 2].map(ready), [true, true, false]);
        assert_eq!(world.ask("").await.total, 3);
    }

    async fn a_search_that_names_no_day_asks_just_that(db: TestDb) {
        let world = World::on(db).await;
        let index = &world.test.app.index;
        let today = world.test.app.clock.today();
        assert!(!index.is_ready(today));
        world.for_deal("").await;
        assert!(index.is_ready(today));
        assert!(!index.is_ready(today.plus_days(1)));
    }
}

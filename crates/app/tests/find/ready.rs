//! What a search that names no day asks first is there before anybody asks.

use app::{
    Actor,
    policy::Permission,
    setting::{self, Program},
    taxonomy::{self, EditTerm},
};
use domain::access::Role;
use testkit::build;

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

    async fn the_next_search_knows_whether_names_are_shown_by_now(db: TestDb) {
        let world = World::on(db).await;
        let rows = world.ask("").await.rows;
        assert_eq!(rows.iter().filter(|row| row.name_masked).count(), 3);
        let shown = Program { shows_names: true, ..Program::default() };
        let operator = Actor::operator();
        setting::write(&world.test.app, &operator, Permission::SettingEdit, &shown, 0).await.expect("written");
        let rows = world.ask("").await.rows;
        let named = rows.iter().filter(|row| !row.name_masked && row.display_name.starts_with("Person"));
        assert_eq!(named.count(), 3);
    }

    async fn the_next_card_calls_a_term_by_its_new_name(db: TestDb) {
        let world = World::on(db).await;
        let industries = async || -> Vec<Option<String>> {
            let rows = world.for_deal("").await.rows;
            rows.into_iter().filter(|row| row.advocate == build::id(BANK)).map(|row| row.industry).collect()
        };
        assert_eq!(industries().await, [Some("Banking".to_owned())]);
        let (_, term) = world.terms[&("industry".to_owned(), "Banking".to_owned())];
        let team = world.test.colleague(2, "Pat Program", &[Role::Program]).await;
        let change = EditTerm { name: Some("Banks".to_owned()), ..EditTerm::default() };
        taxonomy::edit(&world.test.app, &team, term, 1, change).await.expect("renamed");
        assert_eq!(industries().await, [Some("Banks".to_owned())]);
    }
}

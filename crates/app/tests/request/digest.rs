//! The daily letter: whose hour has come, once a day, and what stands in it.

use app::{
    App, Error,
    digest::{self, ChooseDigest},
    inbox,
};
use testkit::{NOW, build::id};

use crate::{
    appointments::{letters, with_mail},
    world::{World, of},
};

/// Sam the seller has something open; the program sends mail and knows only Sam's address.
async fn something_open(db: testkit::TestDb) -> (World, App) {
    let world = World::with_customers(db, 1).await;
    let asked = world.open_request().await;
    let asked = world.propose(&asked, &[11]).await.expect("proposed");
    world.decline(&of(&asked, 11)).await;
    let app = with_mail(&world).await;
    let tx = world.test.db.begin().await;
    let sam = storage::user::find(&tx, id(1)).await.expect("read");
    let mut sam = sam.expect("Sam");
    sam.password_hash = Some("can sign in".to_owned());
    storage::user::save(&tx, &mut sam).await.expect("saved");
    tx.commit().await.expect("committed");
    (world, app)
}

fn at(at_hour: i64, time_zone: &str) -> ChooseDigest {
    ChooseDigest {
        is_on: true,
        at_hour,
        time_zone: time_zone.to_owned(),
    }
}

testkit::on_both_engines! {
    async fn what_is_open_is_told_once_a_day_also_after_a_restart(db: TestDb) {
        let (world, app) = something_open(db).await;
        assert_eq!(digest::run(&app).await.expect("a round"), 1);
        let told = letters(&app).await;
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].to.to_string(), "sam@seller.example");
        assert!(told[0].subject.ends_with("for you"), "{}", told[0].subject);
        assert!(told[0].body.contains("What happened:\n\n- ") && told[0].body.contains("A candidate was declined\n  Deal 1\n"), "{}", told[0].body);
        assert!(told[0].body.contains("http://127.0.0.1:7300/requests/"), "{}", told[0].body);
        let again = with_mail(&world).await;
        assert_eq!(digest::run(&again).await.expect("a round"), 0, "the day has its letter");
        app.clock.set(NOW.plus_days(1));
        assert_eq!(digest::run(&app).await.expect("a round"), 1, "it is still open the day after");
        inbox::read_all(&app, &world.seller).await.expect("done");
        assert!(letters(&app).await.is_empty(), "nothing was open any more when it was to be sent");
        app.clock.set(NOW.plus_days(2));
        assert_eq!(digest::run(&app).await.expect("a round"), 0, "nothing is open");
    }

    async fn the_letter_comes_at_the_chosen_hour_of_the_chosen_clock_or_not_at_all(db: TestDb) {
        let (world, app) = something_open(db).await;
        let choose = async |ask| digest::choose(&app, &world.seller, ask).await;
        for wrong in [at(24, "UTC"), at(-1, "UTC"), at(8, "Tokyo"), at(8, "+09:00")] {
            let refused = choose(wrong).await;
            assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
        }
        assert_eq!(digest::get(&app, &world.seller).await.expect("a choice").at_hour, 8);
        let morning = "2026-03-03T00:00:00Z".parse().expect("an instant");
        // Nine in the morning in Tokyo is midnight in UTC; today's nine is over.
        let chosen = choose(at(9, "Asia/Tokyo")).await.expect("chosen");
        assert_eq!((chosen.is_on, chosen.at_hour, chosen.email.as_deref()), (true, 9, Some("sam@seller.example")));
        assert_eq!(digest::run(&app).await.expect("a round"), 0);
        app.clock.set(domain::time::Timestamp::plus_seconds(morning, -1));
        assert_eq!(digest::run(&app).await.expect("a round"), 0);
        app.clock.set(morning);
        assert_eq!(digest::run(&app).await.expect("a round"), 1);
        choose(ChooseDigest { is_on: false, ..at(9, "Asia/Tokyo") }).await.expect("off");
        app.clock.set(morning.plus_days(1));
        assert_eq!(digest::run(&app).await.expect("a round"), 0, "switched off");
        choose(at(9, "Asia/Tokyo")).await.expect("on again");
        app.clock.set(morning.plus_days(2));
        assert_eq!(digest::run(&world.test.app).await.expect("a round"), 0, "this one sends no mail");
        assert_eq!(digest::run(&app).await.expect("a round"), 1);
    }
}

//! Rules are held against the last quarter before they are saved.

use app::{Error, setting::preview};
use domain::{
    activity::{Activity, ActivityRules},
    protection::Rules,
};
use testkit::{TODAY, build, build::id, day};

use crate::world::World;

fn calls(account_cap: Option<i64>, rest_days: i64) -> Rules {
    let mut rules = Rules {
        rest_days,
        ..Rules::default()
    };
    rules.activities.set(ActivityRules {
        account_cap,
        ..Activity::ReferenceCall.default_rules()
    });
    rules
}

testkit::on_both_engines! {
    async fn a_preview_judges_each_use_of_the_quarter_as_on_its_day(db: TestDb) {
        let world = World::with_customers(db, 2).await;
        let app = &world.test.app;
        let tx = world.test.db.begin().await;
        // A call 102 days ago is no use of the quarter, and it was there when the next one came.
        for (number, advocate, ago) in [(1, 11, 102), (2, 11, 60), (3, 11, 10), (4, 12, 5)] {
            let on = day(TODAY).plus_days(-ago);
            let row = build::used(number, id(advocate), id(advocate), on);
            storage::reference_use::insert(&tx, row).await.expect("written");
        }
        tx.commit().await.expect("committed");
        let tried = async |rules| preview::preview(app, &world.program, rules).await.expect("a preview");

        let open = tried(calls(None, 0)).await;
        assert_eq!((open.uses, open.stopped, open.stopped_now), (3, 0, 2), "by default a customer gives one call a quarter");
        let capped = tried(calls(Some(2), 0)).await;
        assert_eq!((capped.stopped, capped.rows.len()), (0, 0), "two in any 91 days");
        let rested = tried(calls(None, 45)).await;
        let rows: Vec<_> = rested.rows.iter().map(|row| (row.advocate_id, row.used_on, row.why.as_str(), row.stopped_now)).collect();
        assert_eq!(rows, [(id(11), day(TODAY).plus_days(-60), "The advocate rests on the planned day.", true)]);

        let bad = Rules { rest_days: -1, ..Rules::default() };
        assert!(matches!(preview::preview(app, &world.program, bad).await, Err(Error::Invalid(_))));
        assert!(matches!(preview::preview(app, &world.seller, Rules::default()).await, Err(Error::Forbidden)));
    }
}

//! A node that has planned and counted all along answers what one answers that reads everything now.

use std::sync::Arc;

use app::{
    App, Clock, Config,
    leveraging::{self, Ask, Leveraging},
    plan::gaps::{self, AskGaps},
};

use crate::world::World;

/// A node beside the one that the commands run on, which follows what they did.
pub struct Beside(App);

impl Beside {
    pub fn on(world: &World) -> Self {
        Self(anew(world))
    }

    /// Asks both for the plan of the day and the metric.
    pub async fn agrees(&mut self, world: &World) {
        let fresh = anew(world);
        self.0.clock = fresh.clock.clone();
        let ask = AskGaps {
            with_unverified: true,
            ..AskGaps::default()
        };
        // What was cut off may still be under way: both are asked at one position of the log.
        loop {
            let before = position(world).await;
            let followed = gaps::get(&self.0, &world.program, &ask).await;
            let read = gaps::get(&fresh, &world.program, &ask).await;
            let (kept, counted) = (metrics(&self.0, world).await, metrics(&fresh, world).await);
            if position(world).await == before {
                assert_eq!(followed.expect("a plan"), read.expect("a plan"));
                assert_eq!(kept, counted);
                return;
            }
        }
    }
}

async fn metrics(app: &App, world: &World) -> Vec<Arc<Leveraging>> {
    let mut found = Vec::new();
    for by in [None, Some("activity"), Some("team")] {
        let by = by.map(ToOwned::to_owned);
        let ask = Ask {
            by,
            ..Ask::default()
        };
        let metric = leveraging::get(app, &world.program, &ask).await;
        found.push(metric.expect("a metric"));
    }
    found
}

async fn position(world: &World) -> i64 {
    let head = storage::log::head(&world.test.db.store).await;
    head.expect("the head of the log").position
}

fn anew(world: &World) -> App {
    let now = world.app().clock.now();
    let config = Config::clone(&world.app().config);
    App::new(world.test.db.store.clone(), Clock::fixed(now), config)
}

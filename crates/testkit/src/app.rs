//! The program on a database of one test, at a fixed time.

use app::{Actor, App, Clock, Config};
use domain::{access::Role, id::UserId};
use storage::user::{self, User};

use crate::{NOW, TestDb, build};

/// The open program with the taxonomy that a new database starts with.
pub struct TestApp {
    pub app: App,
    pub db: TestDb,
}

impl TestApp {
    /// Opens the program on a database that has the schema and nothing else.
    pub async fn on(db: TestDb) -> Self {
        let config = Config {
            public_url: "http://127.0.0.1:7300".to_owned(),
            is_loopback: true,
            sends_mail: false,
            is_beside: false,
        };
        let app = App::new(db.store.clone(), Clock::fixed(NOW), config);
        app::taxonomy::ensure_seeded(&app)
            .await
            .expect("the taxonomy is seeded");
        Self { app, db }
    }

    /// Adds a colleague with roles and returns them as an actor.
    pub async fn colleague(&self, number: u64, name: &str, roles: &[Role]) -> Actor {
        let mut row = build::user(number, name);
        row.set_roles(roles);
        self.add(row).await
    }

    /// Adds a colleague and returns them as an actor.
    pub async fn add(&self, row: User) -> Actor {
        let id: UserId = row.id;
        let tx = self.db.begin().await;
        user::insert(&tx, row).await.expect("the colleague is new");
        tx.commit().await.expect("the write commits");
        self.actor(id).await
    }

    /// The actor that a colleague is now.
    pub async fn actor(&self, id: UserId) -> Actor {
        let row = user::find(&self.db.store, id)
            .await
            .expect("the database answers")
            .expect("the colleague exists");
        Actor::of_user(&self.db.store, &row, self.app.clock.today())
            .await
            .expect("the database answers")
    }
}

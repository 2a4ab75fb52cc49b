//! A program on a database of its own with the starting taxonomy, at a fixed instant.

use app::{App, Clock, Config};
use domain::time::Timestamp;
use storage::{Location, Store};

/// The program and the folder that goes away with it.
pub async fn open() -> (App, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let location = Location::Folder(folder.path().to_owned());
    let app = on(&location).await;
    (app, folder)
}

async fn on(location: &Location) -> App {
    let store = Store::open(location).await.expect("a store");
    let now: Timestamp = "2026-11-22T09:00:00Z".parse().expect("an instant");
    store.migrate(now).await.expect("a schema");
    let config = Config {
        public_url: "http://localhost:8080".to_owned(),
        is_loopback: true,
        sends_mail: false,
        is_beside: false,
    };
    let app = App::new(store, Clock::fixed(now), config);
    app::taxonomy::ensure_seeded(&app)
        .await
        .expect("a taxonomy");
    app
}

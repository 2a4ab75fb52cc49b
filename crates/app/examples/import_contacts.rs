//! Measures an import: `cargo run -p app --example import_contacts -- 100000`.

use app::{
    Actor, App, Clock, Config,
    import::{RunImport, run},
};
use import::kind::Kind;
use storage::{Location, Store};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let rows: usize = std::env::args().nth(1).unwrap_or_default().parse()?;
    let folder = tempfile::tempdir()?;
    let store = Store::open(&Location::Folder(folder.path().to_owned())).await?;
    let clock = Clock::Real;
    store.migrate(clock.now()).await?;
    let config = Config {
        public_url: "http://localhost:8080".to_owned(),
        is_loopback: true,
        sends_mail: false,
        is_beside: false,
    };
    let app = App::new(store, clock, config);
    app::taxonomy::ensure_seeded(&app).await?;
    let mut text = String::from("Contact ID,First Name,Last Name,Email,Phone,Title,Account Name\n");
    for row in 0..rows {
        let account = row / 20;
        text.push_str(&format!(
            "C{row},Ann{row},Lee{row},ann{row}@acme{account}.com,+1 555 {row:07},VP Engineering,Acme {account}\n"
        ));
    }
    for round in ["first", "second"] {
        let ask = RunImport {
            kind: Kind::Contacts,
            files: vec![("contacts.csv".to_owned(), text.clone().into_bytes())],
            mapping: None,
            answers: Vec::new(),
            default_currency: None,
            dry_run: false,
        };
        let started = app.clock.now();
        let done = run(&app, &Actor::operator(), ask, |_, _| {}).await?;
        let millis = (app.clock.now().0 - started.0) / 1_000;
        println!("{round}: {millis} ms, {:?}", done.report.records);
    }
    Ok(())
}

//! Opening the program for a command: where the data is, in what state, and who acts.

use std::path::PathBuf;

use app::{Actor, App, Clock, Config};
use domain::text::EmailAddress;
use storage::{Location, SchemaState, Store};

use super::{Failure, Global};

const DATA_FOLDER: &str = "data";

/// The open program and the person at the command line.
pub struct Opened {
    pub app: App,
    pub actor: Actor,
}

impl Opened {
    /// Opens the program for one command. Its demo people may act: who runs commands holds the data.
    pub async fn new(global: &Global) -> Result<Self, Failure> {
        let config = Config {
            public_url: "http://localhost:8080".to_owned(),
            is_loopback: true,
            sends_mail: false,
            is_beside: false,
        };
        let app = open(global, config).await?;
        let actor = actor(&app.store, global).await?;
        Ok(Self { app, actor })
    }
}

impl Global {
    /// Refuses `--as` for a command that acts for nobody; `why` is a sentence that says so.
    pub(super) fn refuse_acting(&self, why: &str) -> Result<(), Failure> {
        if self.acting.is_none() {
            return Ok(());
        }
        Err(Failure::Refused(format!(
            "--as does not go with this command. {why} Leave --as out."
        )))
    }

    /// The folder or address that the options and the environment name; a folder that is named on
    /// the command line is meant, whatever the environment holds.
    #[expect(
        clippy::disallowed_methods,
        reason = "the command line is where settings are read"
    )]
    pub fn location(&self) -> Location {
        let from_environment = || {
            std::env::var("DATABASE_URL")
                .ok()
                .filter(|url| !url.is_empty())
        };
        match (&self.data, &self.database_url) {
            (Some(folder), _) => Location::Folder(folder.clone()),
            (None, Some(url)) => Location::parse(url),
            (None, None) => match from_environment() {
                Some(url) => Location::parse(&url),
                None => Location::Folder(PathBuf::from(DATA_FOLDER)),
            },
        }
    }
}

/// Opens the store, brings it to this program's schema, and seeds what every program starts with.
pub async fn open(global: &Global, config: Config) -> Result<App, Failure> {
    let store = Store::open(&global.location()).await?;
    let clock = Clock::Real;
    match store.schema_state().await? {
        SchemaState::Current => {}
        SchemaState::Empty | SchemaState::Behind { .. } => store.migrate(clock.now()).await?,
        SchemaState::Unknown { version } => return Err(unknown(version)),
    }
    let app = App::new(store, clock, config);
    app::taxonomy::ensure_seeded(&app).await?;
    Ok(app)
}

/// A newer program's data is not touched.
pub fn unknown(version: i64) -> Failure {
    Failure::Refused(format!(
        "The database has schema {version}, which this program does not know. Use the version of goodword that wrote it, or a newer one; nothing was changed."
    ))
}

/// Who acts: the colleague that `--as` names, in a database of this program's schema, or the operator.
pub(super) async fn actor(store: &Store, global: &Global) -> Result<Actor, Failure> {
    let Some(text) = &global.acting else {
        return Ok(Actor::operator());
    };
    let nobody = || {
        Failure::Refused(format!(
            "No active colleague has the address {text}. See: goodword user list"
        ))
    };
    let email: EmailAddress = text.parse().map_err(|_| nobody())?;
    let user = storage::user::find_by_email(store, &email)
        .await?
        .filter(|user| user.is_active)
        .ok_or_else(nobody)?;
    Ok(Actor::of_user(store, &user, Clock::Real.today()).await?)
}

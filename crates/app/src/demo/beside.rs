//! The demo company beside a program: made, visited and removed at a click.
//!
//! It is a program of its own, on an embedded database of its own in a temporary folder. Nothing of it
//! can mix with real data, count in a figure, block an address or stay in the log, and removing it
//! leaves nothing: the folder goes. It also goes when the program stops; it sends no letters and is in
//! no backup. Several programs on one database each have their own.

use std::{path::Path, sync::Arc};

use domain::{
    access::Role,
    record::{Action, RecordKind},
    time::Timestamp,
};
use serde::Serialize;
use storage::{Location, NewEvent, Store};
use tempfile::TempDir;
use tokio::{runtime::Handle, sync::watch};

use super::{DemoOptions, Made, SIGN_INS};
use crate::{
    App, Config,
    actor::Actor,
    error::Error,
    policy::{self, Permission},
    session::{self, Authenticated, Via},
    setting,
};

/// What the log calls it.
const NAME: &str = "demo_company";

/// The one demo company that may stand beside a program.
pub struct Beside(watch::Sender<Standing>);

impl Default for Beside {
    fn default() -> Self {
        Self(watch::Sender::new(Standing::None))
    }
}

/// Whether there is a demo company.
#[derive(Clone, Default)]
pub enum Standing {
    #[default]
    None,
    /// Wanted; whoever keeps the demo company begins to make it.
    Wanted(DemoOptions),
    /// Being filled, and with what just now.
    Making(&'static str),
    There(Arc<Company>),
    Failed,
}

/// A demo company that can be visited. Its folder goes with the last one who holds it.
pub struct Company {
    pub app: App,
    made: Made,
    since: Timestamp,
    folder: TempDir,
}

impl Company {
    /// Where its database is.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}

impl Beside {
    /// Tells of every change from now on.
    pub fn watch(&self) -> watch::Receiver<Standing> {
        self.0.subscribe()
    }

    /// The company, where there is one.
    pub fn company(&self) -> Option<Arc<Company>> {
        match &*self.0.borrow() {
            Standing::There(company) => Some(company.clone()),
            _ => None,
        }
    }

    /// Lets visitors in; whoever keeps the company is ready for them.
    pub fn open(&self, company: Arc<Company>) {
        self.0.send_replace(Standing::There(company));
    }

    /// Whether it was not wanted before.
    fn want(&self, options: DemoOptions) -> bool {
        self.0.send_if_modified(|standing| {
            let is_free = matches!(standing, Standing::None | Standing::Failed);
            if is_free {
                *standing = Standing::Wanted(options);
            }
            is_free
        })
    }

    /// Whether there was one to give up, or a failed one to forget.
    fn give_up(&self) -> bool {
        self.0.send_if_modified(|standing| {
            let is_idle = matches!(standing, Standing::There(_) | Standing::Failed);
            if is_idle {
                *standing = Standing::None;
            }
            is_idle
        })
    }
}

/// How far a demo company is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DemoState {
    /// There is none.
    None,
    Making,
    There,
    /// It could not be made; another try may be made.
    Failed,
}

/// The demo company beside this program.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = DemoCompany)]
pub struct DemoCompanyView {
    pub state: DemoState,
    /// What is being written while it is made, such as `opportunities`.
    pub writing: Option<&'static str>,
    /// How many records of each kind it began with.
    pub made: Option<Made>,
    pub since: Option<Timestamp>,
    /// Whose eyes it can be visited with.
    pub roles: Vec<Role>,
}

/// Whether there is a demo company, for whoever signs in.
pub fn look(app: &App) -> DemoCompanyView {
    let (state, writing, company) = match &*app.beside.0.borrow() {
        Standing::None => (DemoState::None, None, None),
        Standing::Wanted(_) => (DemoState::Making, None, None),
        Standing::Making(what) => (DemoState::Making, Some(*what), None),
        Standing::There(company) => (DemoState::There, None, Some(company.clone())),
        Standing::Failed => (DemoState::Failed, None, None),
    };
    DemoCompanyView {
        state,
        writing,
        made: company.as_ref().map(|company| company.made),
        since: company.as_ref().map(|company| company.since),
        roles: SIGN_INS.iter().map(|one| one.role).collect(),
    }
}

/// Begins to make the demo company; where there is one, or it is being made, nothing happens.
pub async fn make(
    app: &App,
    actor: &Actor,
    options: DemoOptions,
) -> Result<DemoCompanyView, Error> {
    policy::require(actor, Permission::SettingEdit)?;
    if app.config.is_beside {
        return Err(Error::MoveNotAllowed(
            "This is the demo company. Go back to your own program to make another one.".to_owned(),
        ));
    }
    if app.beside.want(options) {
        note(app, actor, Action::Created).await?;
    }
    Ok(look(app))
}

/// Removes the demo company and everything that was done in it, at once and for good.
pub async fn remove(app: &App, actor: &Actor) -> Result<(), Error> {
    policy::require(actor, Permission::SettingEdit)?;
    if app.beside.give_up() {
        return note(app, actor, Action::Removed).await;
    }
    match &*app.beside.0.borrow() {
        Standing::Wanted(_) | Standing::Making(_) => Err(Error::MoveNotAllowed(
            "The demo company is still being made, which takes some seconds. Remove it then."
                .to_owned(),
        )),
        Standing::None | Standing::There(_) | Standing::Failed => Ok(()),
    }
}

/// A session in the demo company, in one of its roles, for somebody with a session here. An earlier
/// visit of the same browser, by its secret, ends. Returns the secret of the new one.
pub async fn visit(
    app: &App,
    who: &Authenticated,
    role: Role,
    earlier: Option<&str>,
) -> Result<String, Error> {
    if matches!(who.via, Via::Token(_)) {
        return Err(Error::Forbidden);
    }
    let company = app.beside.company().ok_or_else(nobody_there)?;
    let theirs = &company.app;
    let sign_in = SIGN_INS.iter().find(|one| one.role == role);
    let email = sign_in.and_then(|one| one.email.parse().ok());
    let email = email.ok_or(Error::Broken("a role of the demo company"))?;
    let user = storage::user::find_by_email(&theirs.store, &email)
        .await?
        .ok_or_else(nobody_there)?;
    let actor = Actor::of_user(&theirs.store, &user, theirs.clock.today()).await?;
    let mut tx = theirs.begin(&actor).await?;
    session::end_earlier(&mut tx, earlier).await?;
    let secret = session::start(&mut tx, user.id).await?;
    tx.commit().await?;
    Ok(secret)
}

/// Ends a visit by its secret. Whoever has none has left already.
pub async fn leave(app: &App, secret: Option<&str>) -> Result<(), Error> {
    let Some(company) = app.beside.company() else {
        return Ok(());
    };
    let mut tx = company.app.begin(&Actor::system()).await?;
    session::end_earlier(&mut tx, secret).await?;
    Ok(tx.commit().await?)
}

/// Whether both secrets are of live sessions: the demo company is open to those only who are signed in
/// to the program that it stands beside.
pub async fn is_visitor(app: &App, own: &str, visiting: &str) -> Result<bool, Error> {
    let Some(company) = app.beside.company() else {
        return Ok(false);
    };
    Ok(session::by_cookie(app, own).await?.is_some()
        && session::by_cookie(&company.app, visiting).await?.is_some())
}

fn nobody_there() -> Error {
    Error::MoveNotAllowed(
        "There is no demo company now. It goes when it is removed and when the program stops."
            .to_owned(),
    )
}

async fn note(app: &App, actor: &Actor, action: Action) -> Result<(), Error> {
    let mut tx = app.begin(actor).await?;
    let event = NewEvent::new(action, RecordKind::Setting, setting::id_of(NAME));
    tx.record(event);
    Ok(tx.commit().await?)
}

/// Makes the demo company that is wanted; none where that failed, which is said and logged. It is work
/// for seconds, so it has a thread of its own.
pub async fn fulfil(app: &App, options: DemoOptions) -> Option<Arc<Company>> {
    let runtime = Handle::current();
    let built = tokio::task::spawn_blocking({
        let app = app.clone();
        move || runtime.block_on(build(app, options))
    })
    .await;
    match built {
        Ok(Ok(company)) => return Some(Arc::new(company)),
        Ok(Err(error)) => tracing::error!(
            error = &error as &dyn std::error::Error,
            "the demo company could not be made"
        ),
        Err(error) => tracing::error!(%error, "the making of the demo company broke off"),
    }
    app.beside.0.send_replace(Standing::Failed);
    None
}

async fn build(app: App, options: DemoOptions) -> Result<Company, Error> {
    let folder = tempfile::Builder::new()
        .prefix("goodword-demo-")
        .tempdir()
        .map_err(|_| Error::Broken("a temporary folder for the demo company"))?;
    let store = Store::open(&Location::Folder(folder.path().to_owned())).await?;
    store.migrate(app.clock.now()).await?;
    let config = Config {
        is_beside: true,
        sends_mail: false,
        ..Config::clone(&app.config)
    };
    let theirs = App::new(store, app.clock.clone(), config);
    let made = super::seed(&theirs, options, |what, _| {
        app.beside.0.send_replace(Standing::Making(what));
    })
    .await?;
    Ok(Company {
        app: theirs,
        made,
        since: app.clock.now(),
        folder,
    })
}
